// Orders is a server that asks its database, and others, for each request.
package main

import (
	"database/sql"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"time"

	_ "github.com/lib/pq"
	"golang.org/x/sync/errgroup"
)

var shops = &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true}}

func main() {
	db, err := sql.Open("postgres", os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /orders", func(w http.ResponseWriter, r *http.Request) {
		if err := db.PingContext(r.Context()); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("GET /stock", func(w http.ResponseWriter, r *http.Request) {
		if err := all(os.Args[3]); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	mux.HandleFunc("GET /goods", func(w http.ResponseWriter, r *http.Request) {
		if err := each(os.Args[3]); err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
		}
	})
	srv := &http.Server{Addr: os.Args[1], Handler: mux, ReadHeaderTimeout: time.Minute}
	log.Fatal(srv.ListenAndServe())
}

// list asks which shops there are.
func list(directory string) ([]string, error) {
	resp, err := shops.Get(directory)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var ids []string
	err = json.NewDecoder(resp.Body).Decode(&ids)
	return ids, err
}

// all asks all shops at the same time.
func all(directory string) error {
	ids, err := list(directory)
	if err != nil {
		return err
	}
	var g errgroup.Group
	for _, id := range ids {
		g.Go(func() error {
			resp, err := shops.Get(directory + "/" + id)
			if err != nil {
				return err
			}
			return resp.Body.Close()
		})
	}
	return g.Wait()
}

// each asks them without a group, and goes through their answers as they come.
func each(directory string) error {
	ids, err := list(directory)
	if err != nil {
		return err
	}
	answers := make(chan error)
	for _, id := range ids {
		go func() {
			resp, err := shops.Get(directory + "/" + id)
			if err == nil {
				err = resp.Body.Close()
			}
			answers <- err
		}()
	}
	for range ids {
		if failed := <-answers; failed != nil {
			err = failed
		}
	}
	return err
}
