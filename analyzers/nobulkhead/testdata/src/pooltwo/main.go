// Command pooltwo has two pools, and limits one of them.
package main

import (
	"database/sql"
	"net/http"
	"os"
	"time"

	_ "github.com/lib/pq"
)

func open(dsn string) (*sql.DB, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(20)
	return db, nil
}

// run closes its pool when it has served.
func run() error {
	orders, err := open(os.Getenv("ORDERS"))
	if err != nil {
		return err
	}
	defer orders.Close()
	stock, err := sql.Open("postgres", os.Getenv("STOCK")) // want `this pool opens a connection`
	if err != nil {
		return err
	}
	defer stock.Close()
	http.HandleFunc("/orders", func(w http.ResponseWriter, r *http.Request) { orders.PingContext(r.Context()) })
	http.HandleFunc("/stock", func(w http.ResponseWriter, r *http.Request) { stock.PingContext(r.Context()) })
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	return srv.ListenAndServe()
}

func main() {
	if err := run(); err != nil {
		panic(err)
	}
}
