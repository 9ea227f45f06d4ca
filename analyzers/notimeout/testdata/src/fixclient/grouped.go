package fixclient

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
)

// OneLine has fields on one line, in a file whose grouped imports lack time.
func OneLine(url string, jar *cookiejar.Jar) (string, error) {
	c := &http.Client{Jar: jar} // want "has no timeout"
	resp, err := c.Get(url)
	if err != nil {
		return "", fmt.Errorf("one line: %w", err)
	}
	return resp.Status, resp.Body.Close()
}

// TwoInOneFile needs the same import as OneLine: it must be added once.
func TwoInOneFile(url string) (*http.Response, error) {
	c := http.Client{} // want "has no timeout"
	return c.Get(url)
}
