// Package store keeps its things elsewhere.
package store

import "net/http"

type Store struct{ Client *http.Client }

func (s *Store) Ping() error {
	resp, err := s.Client.Get("http://store/ping")
	if err == nil {
		resp.Body.Close()
	}
	return err
}
