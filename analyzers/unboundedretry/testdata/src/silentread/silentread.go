// Package silentread reads until there is no more.
package silentread

import (
	"bufio"
	"database/sql"
	"errors"
	"io"
	"log"
	"net"
	"time"
)

// Copy reads a connection.
func Copy(conn net.Conn, w io.Writer) error {
	p := make([]byte, 4096)
	for {
		n, err := conn.Read(p)
		if n > 0 {
			if _, err := w.Write(p[:n]); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Deadline goes on after a timeout of its own.
func Deadline(conn net.Conn, p []byte) (int, error) {
	for {
		if err := conn.SetReadDeadline(time.Now().Add(time.Second)); err != nil {
			return 0, err
		}
		n, err := conn.Read(p)
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			continue
		}
		return n, err
	}
}

// Lines scans.
func Lines(conn net.Conn) error {
	scanner := bufio.NewScanner(conn)
	for scanner.Scan() {
		log.Print(scanner.Text())
	}
	return scanner.Err()
}

// Rows goes through the result of a query.
func Rows(db *sql.DB) error {
	rows, err := db.Query("SELECT name FROM albums")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			continue
		}
		log.Print(name)
	}
	return rows.Err()
}
