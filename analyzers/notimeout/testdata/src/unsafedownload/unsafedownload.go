// Package unsafedownload has fixes that need to be told how long something may take.
package unsafedownload

import (
	"context"
	"database/sql"
	"io"
	"net/http"

	_ "github.com/lib/pq"
)

// Save has a client for the download.
func Save(w io.Writer, url string) error {
	client := &http.Client{} // want "more than the longest download takes"
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(w, resp.Body)
	return err
}

// Get has none: no edit.
func Get(w io.Writer, url string) error {
	resp, err := http.Get(url) // want "has no timeout"
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(w, resp.Body)
	return err
}

func remove(ctx context.Context, db *sql.DB, id string) error {
	if _, err := db.ExecContext(ctx, "DELETE FROM lines WHERE id = $1", id); err != nil {
		return err
	}
	_, err := db.ExecContext(ctx, "DELETE FROM orders WHERE id = $1", id)
	return err
}

// Remove asks twice.
func Remove(db *sql.DB) error {
	return remove(context.Background(), db, "1") // want "context.Background.. has no deadline"
}
