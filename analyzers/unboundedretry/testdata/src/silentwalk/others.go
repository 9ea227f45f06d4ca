package silentwalk

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"log"
	"net/http"
	"time"
)

// A console is where somebody types.
type console interface {
	Prompt(question string) string
}

// Login asks for another password each time.
func Login(c console, url string) error {
	for {
		password := c.Prompt("Password: ")
		resp, err := client.Post(url, "text/plain", bytes.NewBufferString(password))
		if err != nil {
			log.Print(err)
			continue
		}
		return resp.Body.Close()
	}
}

// Typed reads what it asks for.
func Typed(in *bufio.Scanner) (*page, error) {
	for in.Scan() {
		p, err := get("http://catalog/" + in.Text())
		if err != nil {
			log.Print(err)
			continue
		}
		return p, nil
	}
	return nil, in.Err()
}

// Resume asks for the rest.
func Resume(url string, size int) ([]byte, error) {
	var data []byte
	failures := 0
	for len(data) < size {
		part, err := part(url, len(data))
		if err != nil {
			if failures++; failures > 5 {
				return nil, err
			}
			time.Sleep(time.Second)
			continue
		}
		data = append(data, part...)
	}
	return data, nil
}

func part(url string, from int) ([]byte, error) {
	resp, err := client.Get(fmt.Sprintf("%s?from=%d", url, from))
	if err != nil {
		return nil, err
	}
	return []byte(resp.Status), resp.Body.Close()
}

// Smaller asks for less where it is too much.
func Smaller(url string) (*page, error) {
	for limit := 1000; limit > 0; limit /= 2 {
		p, err := get(fmt.Sprintf("%s?limit=%d", url, limit))
		if err != nil {
			continue
		}
		return p, nil
	}
	return nil, errors.New("not even one")
}

// Schemes tries the safe one first.
func Schemes(host string) (*page, error) {
	for _, scheme := range [2]string{"https", "http"} {
		if p, err := get(scheme + "://" + host); err == nil {
			return p, nil
		}
	}
	return nil, errors.New("neither")
}

// A request is one of several.
type request struct{ url string }

func (r *request) send() error {
	resp, err := client.Get(r.url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Pending goes round until all are done.
func Pending(pending map[string]*request) {
	for len(pending) > 0 {
		for id, r := range pending {
			if err := r.send(); err == nil {
				delete(pending, id)
			}
		}
		time.Sleep(time.Second)
	}
}

// Shortened takes the first that works off a list.
func Shortened(requests []*request) error {
	for len(requests) > 0 {
		if err := requests[0].send(); err == nil {
			return nil
		}
		requests = requests[1:]
	}
	return errors.New("none")
}

// Linked goes along a list.
type node struct {
	request
	next *node
}

// Linked goes along.
func Linked(n *node) error {
	for ; n != nil; n = n.next {
		if err := n.send(); err == nil {
			return nil
		}
	}
	return errors.New("none")
}

// Variants changes the request it has.
func Variants(base string, accept []string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, base, nil)
	if err != nil {
		return nil, err
	}
	for _, kind := range accept {
		req.Header.Set("Accept", kind)
		resp, err := client.Do(req)
		if err != nil {
			continue
		}
		return resp, nil
	}
	return nil, errors.New("none")
}

// Addresses changes the host of the request it has.
func Addresses(req *http.Request, hosts []string) (*http.Response, error) {
	for _, host := range hosts {
		req.URL.Host = host
		resp, err := client.Do(req)
		if err == nil {
			return resp, nil
		}
	}
	return nil, errors.New("none")
}

// Ports takes the next port where one is taken.
func Ports(settings map[string]int, url string) error {
	port := settings["port"]
	for range 10 {
		settings["port"] = port
		if err := create(url, settings); err == nil {
			return nil
		}
		port++
	}
	return errors.New("none")
}

func create(url string, settings map[string]int) error {
	resp, err := client.Post(fmt.Sprint(url, settings), "text/plain", nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type settings struct{ host, name string }

func (s settings) create() error { return create("http://"+s.host+"/"+s.name, nil) }

// Names takes another name where one is taken.
func Names(s settings, suffixes []string) error {
	name := s.name
	for _, suffix := range suffixes {
		s.name = name + suffix
		if err := s.create(); err == nil {
			return nil
		}
	}
	return errors.New("none")
}
