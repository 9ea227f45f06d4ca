// Command poolonce opens pools for one thing each, and serves out of one that has a limit of its own.
package main

import (
	"context"
	"database/sql"
	"net/http"
	"os"

	_ "github.com/lib/pq"
)

func open() (*sql.DB, error) { return sql.Open("postgres", os.Getenv("DSN")) }

// count asks once.
func count(ctx context.Context) (n int, err error) {
	db, err := open()
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRowContext(ctx, "SELECT count(*) FROM items").Scan(&n)
	return n, err
}

// migrateAll opens it by another function.
func migrateAll(ctx context.Context) error {
	db, err := open()
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "CREATE TABLE IF NOT EXISTS items (id TEXT)")
	return err
}

// prepare asks the server for a database, by a pool that nobody else gets.
func prepare() error {
	server, err := sql.Open("postgres", os.Getenv("SERVER_DSN"))
	if err != nil {
		return err
	}
	if err := server.Ping(); err != nil {
		return err
	}
	_, err = server.Exec("CREATE DATABASE items")
	return err
}

func main() {
	if err := prepare(); err != nil {
		panic(err)
	}
	if _, err := count(context.Background()); err != nil {
		panic(err)
	}
	if err := migrateAll(context.Background()); err != nil {
		panic(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { count(r.Context()) })
	http.ListenAndServe(":8080", nil)
}
