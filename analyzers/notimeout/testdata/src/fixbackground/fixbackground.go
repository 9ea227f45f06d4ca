// Package fixbackground has fixes that must not disturb what runs beside them.
package fixbackground

import (
	"context"
	"io"
	"log"
	"net/http"
)

// Two serves twice from one block: two variables.
func Two(mux http.Handler) {
	go http.ListenAndServe(":6060", nil)         // want "slowly"
	log.Fatal(http.ListenAndServe(":8080", mux)) // want "slowly"
}

// Later sends after the caller has gone: its context may be over by then.
func Later(ctx context.Context, url string) {
	go func() {
		req, err := http.NewRequest(http.MethodPost, url, nil)
		if err != nil {
			return
		}
		if resp, err := http.DefaultClient.Do(req); err == nil { // want "has no timeout"
			resp.Body.Close()
		}
	}()
}

// Save copies what it gets to a file: how long may that take? Nobody here knows, so no fix.
func Save(w io.Writer, url string) error {
	resp, err := http.Get(url) // want "has no timeout"
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(w, resp.Body)
	return err
}
