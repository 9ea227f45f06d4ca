// Package calls has a database in the process, and calls a server.
package calls

import (
	"net/http"
	"time"

	_ "modernc.org/sqlite"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Post is no statement.
func Post(url string) (err error) {
	for range 10 { // want `again every 100ms`
		var resp *http.Response
		if resp, err = client.Post(url, "text/plain", nil); err == nil {
			return resp.Body.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}
