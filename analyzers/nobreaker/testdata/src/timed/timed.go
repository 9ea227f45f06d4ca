// Package timed sends what requests have counted when a timer says so.
package timed

import (
	"net/http"
	"sync"
	"time"
)

type stats struct {
	hc    *http.Client
	mu    sync.Mutex
	timer *time.Timer
	count int
}

func newStats() *stats { return &stats{hc: &http.Client{Timeout: time.Second}} }

func (s *stats) flush() {
	s.mu.Lock()
	s.timer, s.count = nil, 0
	s.mu.Unlock()
	if resp, err := s.hc.Post("https://stats.example.org/", "text/plain", nil); err == nil {
		resp.Body.Close()
	}
}

func (s *stats) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	if s.timer == nil {
		s.timer = time.AfterFunc(time.Minute, s.flush)
	}
	s.count++
	s.mu.Unlock()
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		w.Write(nil)
	}()
	wg.Wait()
}
