// Command poolrequest opens a pool for each request, and one to look whether the database is there.
package main

import (
	"database/sql"
	"net/http"
	"os"
	"time"

	_ "github.com/lib/pq"
)

type session struct{ conn *sql.DB }

// Begin is for one request.
func (s *session) Begin() (err error) {
	s.conn, err = connect()
	return err
}

func (s *session) Close() error { return s.conn.Close() }

func connect() (*sql.DB, error) {
	conn, err := sql.Open("postgres", os.Getenv("DSN"))
	if err != nil {
		return nil, err
	}
	return conn, conn.Ping()
}

type api struct{ session *session }

func (a *api) items(w http.ResponseWriter, r *http.Request) {
	a.session = &session{}
	if err := a.session.Begin(); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	defer a.session.Close()
	a.session.conn.ExecContext(r.Context(), "UPDATE items SET seen = now()")
}

func main() {
	var probe session
	if err := probe.Begin(); err != nil {
		panic(err)
	}
	probe.Close()

	http.HandleFunc("/items", (&api{}).items)
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	srv.ListenAndServe()
}
