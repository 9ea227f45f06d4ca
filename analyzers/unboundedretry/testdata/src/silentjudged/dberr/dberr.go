// Package dberr tells errors of databases from each other.
package dberr

import (
	"errors"
	"net"

	"github.com/go-sql-driver/mysql"
)

// ShouldRetry says what is worth another attempt.
func ShouldRetry(err error) bool {
	var network net.Error
	if errors.As(err, &network) {
		return false
	}
	return code(err) || wraps(err)
}

func code(err error) bool {
	var e *mysql.MySQLError
	if !errors.As(err, &e) {
		return false
	}
	switch e.Number {
	case 1213, 8022, 9007:
		return true
	}
	return false
}

func wraps(err error) bool { return errors.Unwrap(err) != nil && code(errors.Unwrap(err)) }

// IsTransient says of an error of the network that it may pass.
func IsTransient(err error) bool {
	var network net.Error
	return errors.As(err, &network) && network.Timeout()
}
