package fixclient

import "fmt"
import "net/http"

// Separate has two import declarations.
func Separate(url string) error {
	c := &http.Client{} // want "has no timeout"
	if _, err := c.Get(url); err != nil {
		return fmt.Errorf("separate: %w", err)
	}
	return nil
}
