// Package fixtimetaken declares time itself, so that no file of it can import a package under that name.
package fixtimetaken

import "net/http"

func time() int64 { return 1 }

// Empty needs the package time under another name.
func Empty(url string) (*http.Response, error) {
	c := &http.Client{} // want "has no timeout"
	if time() == 0 {
		return nil, http.ErrNotSupported
	}
	return c.Get(url)
}
