package fixgetbounded

import (
	"net/http"
	"time"
)

// quick is bounded.
var quick = &http.Client{Timeout: 3 * time.Second}

// Check calls past it in its own file.
func Check(url string) error {
	resp, err := http.Get(url) // want "has no timeout"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
