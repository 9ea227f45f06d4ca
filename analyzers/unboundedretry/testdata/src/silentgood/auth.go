package silentgood

import (
	"context"
	"net/http"
)

type session struct{ token string }

func (s *session) login(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "https://accounts/login", nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	s.token = resp.Header.Get("X-Token")
	return resp.Body.Close()
}

// Fresh gets a new token where the old one has expired, and tries once more.
func (s *session) Fresh(ctx context.Context, url string) (*http.Response, error) {
	for attempt := 0; ; attempt++ {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", s.token)
		resp, err := client.Do(req)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode == http.StatusUnauthorized && attempt == 0 {
			resp.Body.Close()
			if err := s.login(ctx); err != nil {
				return nil, err
			}
			continue
		}
		return resp, nil
	}
}

// Redirected goes where the server says.
func Redirected(url string) (*http.Response, error) {
	for range 10 {
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode < 300 || resp.StatusCode >= 400 {
			return resp, nil
		}
		resp.Body.Close()
		url = resp.Header.Get("Location")
	}
	return nil, http.ErrUseLastResponse
}
