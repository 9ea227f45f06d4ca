// Package client holds the plain shapes: construction and call in one function.
package client

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// A call in a package variable's initialiser hangs the program before main.
var motd, errMotd = http.Get("http://intranet.example/motd") // want "has no timeout"

// Status uses the package function: nothing is constructed, so the call is the place.
func Status(url string) (int, error) {
	resp, err := http.Get(url) // want "has no timeout"
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, nil
}

// Reachable blocks as long as Get does, although no body is read.
func Reachable(url string) bool {
	resp, err := http.Head(url) // want "has no timeout"
	return err == nil && resp.StatusCode < 400
}

// Notify sends a body.
func Notify(url, text string) error {
	_, err := http.Post(url, "text/plain", strings.NewReader(text)) // want "has no timeout"
	return err
}

// Login sends a form.
func Login(base, user string) (*http.Response, error) {
	return http.PostForm(base+"/login", url.Values{"user": {user}}) // want "has no timeout"
}

// Version calls a method of the shared default client.
func Version(base string) (*http.Response, error) {
	return http.DefaultClient.Get(base + "/version") // want "has no timeout"
}

// Delete builds the request itself; nothing gives it a deadline.
func Delete(url string) error {
	req, err := http.NewRequest(http.MethodDelete, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req) // want "has no timeout"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Warm makes its calls in goroutines: each call is its own place, because nothing is constructed.
func Warm(urls []string) {
	for _, u := range urls {
		go func() {
			if resp, err := http.Get(u); err == nil { // want "has no timeout"
				resp.Body.Close()
			}
		}()
	}
}

// Farewell calls from a deferred function.
func Farewell(url string) {
	defer http.Post(url, "text/plain", nil) // want "has no timeout"
	fmt.Println("bye")
}
