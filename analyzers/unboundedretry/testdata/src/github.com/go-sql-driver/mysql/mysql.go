// Package mysql is a stub of a driver.
package mysql

type MySQLError struct {
	Number  uint16
	Message string
}

func (e *MySQLError) Error() string { return e.Message }
