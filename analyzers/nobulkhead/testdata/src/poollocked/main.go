// Command poollocked serves one request at a time out of one of its pools.
package main

import (
	"database/sql"
	"net/http"
	"os"
	"sync"
	"time"

	_ "github.com/lib/pq"
)

type orders struct{ db *sql.DB }

func openOrders() (*orders, error) {
	db, err := sql.Open("postgres", os.Getenv("ORDERS"))
	if err != nil {
		return nil, err
	}
	return &orders{db: db}, nil
}

func (o *orders) add(id string) error {
	_, err := o.db.Exec("INSERT INTO orders (id) VALUES ($1) ON CONFLICT DO NOTHING", id)
	return err
}

func (o *orders) count() error { return o.db.QueryRow("SELECT count(*) FROM orders").Scan(new(int)) }

// prices are looked up by whoever comes.
type prices struct{ db *sql.DB }

func openPrices() (*prices, error) {
	db, err := sql.Open("postgres", os.Getenv("PRICES")) // want `this pool opens a connection`
	if err != nil {
		return nil, err
	}
	return &prices{db: db}, nil
}

func (p *prices) of(id string) error {
	return p.db.QueryRow("SELECT price FROM prices WHERE id = $1", id).Scan(new(int))
}

// carts are locked one by one.
type carts struct{ db *sql.DB }

func openCarts() (*carts, error) {
	db, err := sql.Open("postgres", os.Getenv("CARTS")) // want `this pool opens a connection`
	if err != nil {
		return nil, err
	}
	return &carts{db: db}, nil
}

func (c *carts) save(id string) error {
	_, err := c.db.Exec("UPDATE carts SET saved = now() WHERE id = $1", id)
	return err
}

type cart struct {
	mu sync.Mutex
	id string
}

func (c *cart) save(in *carts) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return in.save(c.id)
}

type desk struct {
	mu     sync.Mutex
	orders *orders
	prices *prices
	carts  *carts
}

func (d *desk) add(w http.ResponseWriter, r *http.Request) {
	id := r.FormValue("id")
	if err := d.prices.of(id); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.orders.add(id)
}

func (d *desk) count(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	err := d.orders.count()
	d.mu.Unlock()
	if err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
	}
}

func (d *desk) save(w http.ResponseWriter, r *http.Request) {
	c := &cart{id: r.FormValue("id")}
	c.save(d.carts)
}

func main() {
	orders, err := openOrders()
	if err != nil {
		panic(err)
	}
	prices, err := openPrices()
	if err != nil {
		panic(err)
	}
	carts, err := openCarts()
	if err != nil {
		panic(err)
	}
	d := &desk{orders: orders, prices: prices, carts: carts}
	http.HandleFunc("/add", d.add)
	http.HandleFunc("/count", d.count)
	http.HandleFunc("/save", d.save)
	srv := &http.Server{Addr: ":8080", ReadHeaderTimeout: time.Second}
	srv.ListenAndServe()
}
