// Command poollimited limits its pool.
package main

import (
	"database/sql"
	"net/http"
	"os"

	_ "github.com/lib/pq"
)

func open(limit int) (*sql.DB, error) {
	db, err := sql.Open("postgres", os.Getenv("DSN"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(limit)
	return db, nil
}

func main() {
	db, err := open(20)
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { db.PingContext(r.Context()) })
	http.ListenAndServe(":8080", nil)
}
