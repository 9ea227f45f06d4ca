// Package fixbody has requests whose body the first attempt sends, and the others do not.
package fixbody

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Order knows its body.
func Order(url string, order []byte) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodPut, url, bytes.NewReader(order))
	if err != nil {
		return nil, err
	}
	var resp *http.Response
	for range 3 {
		resp, err = client.Do(req) // want "body"
		if err == nil {
			return resp, nil
		}
		time.Sleep(rand.N(time.Second))
	}
	return nil, err
}

// Test sends it in the header of an if statement.
func Test(url, order string) error {
	req, err := http.NewRequest(http.MethodPut, url, strings.NewReader(order))
	if err != nil {
		return err
	}
	for range 3 {
		if resp, err := client.Do(req); err == nil { // want "body"
			return resp.Body.Close()
		}
		time.Sleep(rand.N(time.Second))
	}
	return io.ErrUnexpectedEOF
}

// File has a body that cannot be had again: no edit.
func File(url, name string) (*http.Response, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	req, err := http.NewRequest(http.MethodPut, url, file)
	if err != nil {
		return nil, err
	}
	var resp *http.Response
	for range 3 {
		resp, err = client.Do(req) // want "body"
		if err == nil {
			return resp, nil
		}
		time.Sleep(rand.N(time.Second))
	}
	return nil, err
}

// Silent has no error to return: no edit.
func Silent(url string, order []byte) bool {
	req, err := http.NewRequest(http.MethodPut, url, bytes.NewReader(order))
	if err != nil {
		return false
	}
	for range 3 {
		resp, err := client.Do(req) // want "body"
		if err == nil {
			resp.Body.Close()
			return true
		}
		time.Sleep(rand.N(time.Second))
	}
	return false
}
