// Command poolunlimited serves requests out of pools without a limit.
package main

import (
	"database/sql"
	"net/http"
	"os"
	"time"

	"github.com/jmoiron/sqlx"
	_ "github.com/lib/pq"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type server struct {
	db   *sql.DB
	ext  *sqlx.DB
	gorm *gorm.DB
}

func open() (*server, error) {
	db, err := sql.Open("postgres", os.Getenv("DSN")) // want `this pool opens a connection for each query that finds none idle`
	if err != nil {
		return nil, err
	}
	db.SetMaxIdleConns(4)
	ext, err := sqlx.Connect("postgres", os.Getenv("DSN")) // want `this pool opens a connection`
	if err != nil {
		return nil, err
	}
	orm, err := gorm.Open(postgres.Open(os.Getenv("DSN")), &gorm.Config{}) // want `this pool opens a connection`
	return &server{db, ext, orm}, err
}

// inner keeps what is inside of the pool that it opens.
func inner() *sql.DB {
	ext, err := sqlx.Connect("postgres", os.Getenv("DSN")) // want `this pool opens a connection`
	if err != nil {
		return nil
	}
	return ext.DB
}

// migrate has a pool of its own, for a while.
func migrate() error {
	db, err := sql.Open("postgres", os.Getenv("DSN"))
	if err != nil {
		return err
	}
	_, err = db.Exec("CREATE TABLE IF NOT EXISTS items (id TEXT)")
	return err
}

// once closes its pool.
func once() error {
	db, err := sql.Open("postgres", os.Getenv("DSN"))
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Ping()
}

// file is a database that nobody else connects to.
func file() (*sql.DB, error) { return sql.Open("sqlite3", "items.db") }

// chosen may be one.
func chosen(driver string) (*sql.DB, error) { return sql.Open(driver, os.Getenv("DSN")) }

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := s.db.PingContext(r.Context()); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}

func main() {
	s, err := open()
	if err != nil {
		panic(err)
	}
	s.db = inner()
	migrate()
	once()
	file()
	chosen("mysql")
	srv := &http.Server{Addr: ":8080", Handler: s, ReadHeaderTimeout: time.Second}
	srv.ListenAndServe()
}
