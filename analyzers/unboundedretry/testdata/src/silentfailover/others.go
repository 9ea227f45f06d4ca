package silentfailover

import (
	"errors"
	"net/http"
	"net/url"
	"time"
)

type provider string

const (
	first  provider = "first"
	second provider = "second"
)

func askFirst() error {
	resp, err := client.Get("https://first.example.org")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func askSecond() error {
	resp, err := client.Get("https://second.example.org")
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Switched asks each of several services once.
func Switched() (provider, error) {
	for _, p := range []provider{first, second} {
		var err error
		switch p {
		case first:
			err = askFirst()
		case second:
			err = askSecond()
		}
		if err == nil {
			return p, nil
		}
	}
	return "", errNone
}

type iterator interface {
	Peek(*url.URL) (bool, error)
	Next()
}

// Filled has an iterator write the next address into a variable.
func Filled(it iterator) (resp *http.Response, err error) {
	var u url.URL
	for {
		ok, err := it.Peek(&u)
		if err != nil || !ok {
			return nil, errors.Join(errNone, err)
		}
		if resp, err = client.Do(&http.Request{Method: http.MethodGet, URL: &u}); err == nil {
			return resp, nil
		}
		it.Next()
	}
}

func (p *pool) getServer() string {
	p.current = (p.current + 1) % len(p.servers)
	return p.servers[p.current]
}

func get(server string) error {
	var err error
	for attempt := range 3 {
		var resp *http.Response
		if resp, err = client.Get(server); err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << attempt)
	}
	return err
}

// Turns takes the next server as many times as there are.
func (p *pool) Turns() error {
	var err error
	for range p.servers {
		if err = get(p.getServer()); err == nil {
			return nil
		}
	}
	return err
}
