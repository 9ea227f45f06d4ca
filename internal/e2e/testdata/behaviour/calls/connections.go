package main

import (
	"context"
	"crypto/tls"
	"database/sql"
	"net"
	"time"

	_ "github.com/lib/pq"
)

func init() {
	kinds["dial"] = dial
	kinds["dial TLS"] = dialTLS
	kinds["query"] = onDB(query)
	kinds["query without context"] = onDB(ping)
	kinds["query in a loop"] = onDB(each)
	kinds["query with the context at hand"] = onDB(func(db *sql.DB) error {
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer cancel()
		return given(ctx, db)
	})
}

func dial(addr string) (string, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	return conn.RemoteAddr().Network(), nil
}

func dialTLS(addr string) (string, error) {
	conn, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true})
	if err != nil {
		return "", err
	}
	defer conn.Close()
	return conn.RemoteAddr().Network(), nil
}

func onDB(do func(*sql.DB) error) func(addr string) (string, error) {
	return func(addr string) (string, error) {
		db, err := sql.Open("postgres", addr)
		if err != nil {
			return "", err
		}
		defer db.Close()
		if err := do(db); err != nil {
			return "", err
		}
		return "done", nil
	}
}

func query(db *sql.DB) error {
	_, err := db.ExecContext(context.Background(), "UPDATE stock")
	return err
}

func ping(db *sql.DB) error { return db.Ping() }

func each(db *sql.DB) error {
	for _, table := range []string{"stock", "orders"} {
		_, err := db.ExecContext(context.Background(), "TRUNCATE "+table)
		if err != nil {
			return err
		}
	}
	return nil
}

func given(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(context.Background(), "UPDATE stock")
	return err
}
