// Package fixbody hands response bodies on, as streams: a Timeout would cut them off, so there is
// no fix, and the message says how long it has to be.
package fixbody

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"os"
)

// Open returns the body.
func Open(url string) (io.ReadCloser, error) {
	resp, err := http.Get(url) // want `use an http.Client that sets Timeout, to more than the longest download takes`
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// Unpacked returns a reader of it.
func Unpacked(url string) (io.Reader, error) {
	resp, err := http.Get(url) // want `longest download`
	if err != nil {
		return nil, err
	}
	return gzip.NewReader(bufio.NewReader(resp.Body))
}

// Named returns it by name.
func Named(url string) (body io.ReadCloser, err error) {
	defer func() {
		if err != nil && body != nil {
			body.Close()
		}
	}()
	c := &http.Client{} // want `set Timeout, to more than the longest download takes`
	resp, err := c.Get(url)
	if err != nil {
		return nil, err
	}
	body = resp.Body
	return body, nil
}

// A Download is read later.
type Download struct {
	Size int64
	Body io.ReadCloser
}

// Start stores it in what it returns.
func Start(url string) (*Download, error) {
	resp, err := http.Get(url) // want `longest download`
	if err != nil {
		return nil, err
	}
	return &Download{Size: resp.ContentLength, Body: resp.Body}, nil
}

// Background reads it in a goroutine.
func Background(url string, lines chan<- string) error {
	resp, err := http.Get(url) // want `longest download`
	if err != nil {
		return err
	}
	go read(resp.Body, lines)
	return nil
}

// Literal does so, too.
func Literal(url string, lines chan<- string) error {
	resp, err := http.Get(url) // want `longest download`
	if err != nil {
		return err
	}
	go func() {
		defer resp.Body.Close()
		read(resp.Body, lines)
	}()
	return nil
}

// Watched closes it in a goroutine, and decodes it here.
func Watched(done <-chan struct{}, url string, v any) error {
	resp, err := http.Get(url) // want `sets Timeout$`
	if err != nil {
		return err
	}
	go func() {
		<-done
		resp.Body.Close()
	}()
	return json.NewDecoder(resp.Body).Decode(v)
}

func read(r io.Reader, lines chan<- string) {
	s := bufio.NewScanner(r)
	for s.Scan() {
		lines <- s.Text()
	}
	close(lines)
}

// Copied is copied to a file by another function.
func Copied(url, name string) error {
	resp, err := http.Get(url) // want `longest download`
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return save(resp.Body, name)
}

func save(r io.Reader, name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, bufio.NewReader(r))
	return err
}

// Received gives it to whoever wants it.
func Received(url string, receive func(io.Reader) error) error {
	resp, err := http.Get(url) // want `longest download`
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return receive(resp.Body)
}

// A Store keeps what it is given.
type Store interface {
	Put(name string, r io.Reader) error
}

// Stored gives it to one.
func Stored(url string, s Store) error {
	resp, err := http.Get(url) // want `longest download`
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return s.Put("a", resp.Body)
}

// send returns the response, of which Fetch returns the body.
func send(url string) (*http.Response, error) {
	return http.Get(url) // want `longest download`
}

// Fetch does so.
func Fetch(url string) (io.ReadCloser, error) {
	resp, err := send(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// with is given its client, so that Client has to know what happens to the body.
func with(c *http.Client, url string) (io.ReadCloser, error) {
	resp, err := c.Get(url)
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

// Client makes it.
func Client(url string) (io.ReadCloser, error) {
	return with(&http.Client{}, url) // want `longest download`
}

// Decode has read the body when it returns: that one gets its fix.
func Decode(url string, v any) error {
	resp, err := http.Get(url) // want `use an http.Client that sets Timeout$`
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(v)
}

// Checked reads it in a function of the package.
func Checked(url string, v any) error {
	resp, err := http.Get(url) // want `sets Timeout$`
	if err != nil {
		return err
	}
	defer func() { resp.Body.Close() }()
	return decode(resp, v)
}

func decode(resp *http.Response, v any) error { return json.NewDecoder(resp.Body).Decode(v) }

// All returns what it has read.
func All(url string) ([]byte, error) {
	resp, err := get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	resp.Body = http.MaxBytesReader(nil, resp.Body, 1<<20)
	return io.ReadAll(resp.Body)
}

// Deferred throws away what it gets.
func Deferred(url string) {
	defer get(url)
	go get(url)
}

func get(url string) (*http.Response, error) {
	return http.Get(url) // want `sets Timeout$`
}

// Response returns all of it, and its caller knows what it asked for.
func Response(url string) (*http.Response, error) {
	return http.Get(url) // want `sets Timeout$`
}
