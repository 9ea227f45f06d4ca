// Package acrossbody has clients whose responses another package receives.
package acrossbody

import (
	"encoding/json"
	"io"
	"net/http"

	"acrossbody/fetch"
)

type job struct {
	r      io.Reader
	status int
}

func open(url string) (*job, error) {
	r, err := fetch.Open(&http.Client{}, url) // want `set Timeout, to more than the longest download takes`
	if err != nil {
		return nil, err
	}
	return &job{r: r}, nil
}

func sent(url string) (io.Reader, error) {
	resp, err := fetch.Send(&http.Client{}, url) // want `set Timeout, to more than the longest download takes`
	if err != nil {
		return nil, err
	}
	return resp.Body, nil
}

func decoded(url string, v any) error {
	resp, err := fetch.Send(&http.Client{}, url) // want `set Timeout$`
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}

func checked(j *job, url string) error {
	status, err := fetch.Status(&http.Client{}, url) // want `set Timeout$`
	j.status = status
	return err
}
