// Command unsafepool serves out of pools without a limit.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
)

type server struct {
	db  *sql.DB
	ext *sqlx.DB
}

// open checks the error of one right away, and has no place for the other's limit.
func (s *server) open() (*sql.DB, error) {
	db, err := sql.Open("postgres", os.Getenv("DSN")) // want `this pool opens a connection`
	if err != nil {
		return nil, err
	}
	// The second one is for reports.
	s.db, err = sql.Open("postgres", os.Getenv("REPORTS")) // want `this pool opens a connection`
	if err != nil {
		log.Fatal(err)
	}
	s.ext = sqlx.MustConnect("postgres", os.Getenv("DSN")) // want `this pool opens a connection`
	return db, nil
}

// direct returns it, and late does something else first: there is no place for an edit.
func direct() (*sql.DB, error) {
	return sql.Open("postgres", os.Getenv("DSN")) // want `this pool opens a connection`
}

func late() *sql.DB {
	db, err := sql.Open("postgres", os.Getenv("DSN")) // want `this pool opens a connection`
	log.Print("opened")
	if err != nil {
		return nil
	}
	return db
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.db.PingContext(r.Context()) }

func main() {
	s := &server{}
	s.open()
	direct()
	late()
	http.ListenAndServe(":8080", s)
}
