// Package serviceonly has a method beside those of its service: what it does, no RPC waits for.
package serviceonly

import (
	"context"
	"net/http"
	"time"
)

// What generated code has.
type (
	MailServer interface {
		Send(ctx context.Context, to string) error
		mustEmbedUnimplementedMailServer()
	}
	UnsafeMailServer interface{ mustEmbedUnimplementedMailServer() }
)

type server struct {
	UnsafeMailServer
	hc    *http.Client
	rates *http.Client
	queue chan string
}

func newServer() *server {
	return &server{
		hc:    &http.Client{Timeout: time.Second},
		rates: &http.Client{Timeout: time.Second}, // want `nothing gives up on what is at rates.example.org`
		queue: make(chan string, 8),
	}
}

func (s *server) Send(ctx context.Context, to string) error {
	resp, err := s.rates.Get("https://rates.example.org/")
	if err != nil {
		return err
	}
	s.queue <- to
	return resp.Body.Close()
}

// Start is called by main, which then serves.
func (s *server) Start() {
	for to := range s.queue {
		if resp, err := s.hc.Get("https://mail.example.org/?to=" + to); err == nil {
			resp.Body.Close()
		}
	}
}
