// Command unsafetuned says how many connections are kept, and not how many there may be.
package main

import (
	"database/sql"
	"database/sql/driver"
	"net/http"
)

func tune(c driver.Connector) *sql.DB {
	db := sql.OpenDB(c)
	// Some are kept.
	db.SetMaxIdleConns(40) // want `this pool is tuned`
	return db
}

var db = tune(nil)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { db.PingContext(r.Context()) })
	http.ListenAndServe(":8080", nil)
}
