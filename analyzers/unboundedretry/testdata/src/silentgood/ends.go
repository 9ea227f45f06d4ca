package silentgood

import (
	"context"
	"database/sql/driver"
	"errors"
	"log"
	"math/rand/v2"
	"net/http"
	"os"
	"time"
)

// A logger is one of many.
type logger interface {
	Fatalf(format string, args ...any)
}

// Fatal ends the process in the end.
func Fatal(l logger, url string) *http.Response {
	wait := base
	for i := 0; ; i++ {
		resp, err := client.Get(url)
		if err == nil {
			return resp
		}
		if i > 5 {
			l.Fatalf("gave up: %v", err)
		}
		time.Sleep(rand.N(wait))
		wait = min(2*wait, longest)
	}
}

// Exits does, too.
func Exits(url string) *http.Response {
	wait := base
	for i := 0; ; i++ {
		resp, err := client.Get(url)
		if err == nil {
			return resp
		}
		if i > 5 {
			log.Print(err)
			os.Exit(1)
		}
		time.Sleep(rand.N(wait))
		wait = min(2*wait, longest)
	}
}

// FirstError ends at the first one.
func FirstError(l logger, url string) *http.Response {
	for {
		resp, err := client.Get(url)
		if err != nil {
			l.Fatalf("failed: %v", err)
		} else {
			return resp
		}
	}
}

func send(ctx context.Context) error {
	resp, err := client.Get("http://catalog/")
	if err != nil {
		return driver.ErrBadConn
	}
	return resp.Body.Close()
}

// Stale takes another connection where the first was closed meanwhile.
func Stale(ctx context.Context) error {
	var err error
	for range 2 {
		if err = send(ctx); !errors.Is(err, driver.ErrBadConn) {
			return err
		}
	}
	return err
}

var errTokenExpired = errors.New("token has expired")

// Expired has a new token for the second attempt.
func (s *session) Expired(ctx context.Context) error {
	for range 2 {
		err := s.call(ctx)
		if errors.Is(err, errTokenExpired) {
			if err := s.login(ctx); err != nil {
				return err
			}
			continue
		}
		return err
	}
	return errTokenExpired
}

func (s *session) call(ctx context.Context) error {
	if s.token == "" {
		return errTokenExpired
	}
	return send(ctx)
}
