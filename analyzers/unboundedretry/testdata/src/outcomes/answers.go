package outcomes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v4"
)

type answer struct {
	Code  int
	Name  string
	Names []string
}

func ask(url string) (*answer, error) {
	resp, err := client.Post(url, "text/plain", nil)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	a := new(answer)
	return a, json.NewDecoder(resp.Body).Decode(a)
}

// Verdict makes an error of an answer that says it has failed.
func Verdict(url string) error {
	return backoff.Retry(func() error { // want `ask fails, it is called again every 1s`
		a, err := ask(url)
		if err != nil {
			return err
		}
		if a.Code != 0 {
			return fmt.Errorf("refused: %d", a.Code)
		}
		return nil
	}, backoff.NewConstantBackOff(time.Second))
}

// Malformed makes one of an answer that is none.
func Malformed(url string) error {
	for range 10 { // want `named is called again every 1s`
		if err := named(url); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

func named(url string) error {
	a, err := ask(url)
	if err != nil {
		return err
	}
	if a.Name == "" {
		return errors.New("the response is missing a name")
	}
	return nil
}

func decoded(a *answer) (names []string, err error) {
	err = json.Unmarshal([]byte(a.Name), &names)
	return names, err
}

// Decoded reads the answer, and asks again where it cannot.
func Decoded(url string) []string {
	for range 10 { // want `ask is called again every 1s`
		a, err := ask(url)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		names, err := decoded(a)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		return names
	}
	return nil
}

// read reads all of the answer.
func read(url string) error {
	_, err := ask(url)
	return err
}

// Read is no question whether somebody is there.
func Read(url string) error {
	for range 60 { // want `read is called again every 500ms`
		if err := read(url); err == nil {
			return nil
		}
		time.Sleep(500 * time.Millisecond)
	}
	return errGaveUp
}

// Serving has started a server, and asks another one for what it needs.
func Serving(srv *http.Server, url string) (*answer, error) {
	go srv.ListenAndServe()
	for range 20 { // want `ask is called again every 100ms`
		a, err := ask(url)
		if err == nil {
			return a, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil, errGaveUp
}

// Text goes on for a text that says the server is in trouble.
func Text(url string) error {
	for range 10 { // want `read is called again every 500ms`
		err := read(url)
		if err != nil && strings.Contains(err.Error(), "connection reset by peer") {
			time.Sleep(500 * time.Millisecond)
			continue
		}
		return err
	}
	return errGaveUp
}

func isTransient(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "no such session") || strings.Contains(err.Error(), "broken pipe"))
}

// Either goes on for that, too.
func Either(url string) error {
	for range 10 { // want `read is called again every 500ms`
		err := read(url)
		if !isTransient(err) {
			return err
		}
		time.Sleep(500 * time.Millisecond)
	}
	return errGaveUp
}

// Overloaded goes on for a status by which the server says that it has too much to do.
func Overloaded(url string) error {
	for range 10 { // want `called again every 5s`
		resp, err := client.Post(url, "text/plain", nil)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusTooManyRequests {
			return nil
		}
		time.Sleep(5 * time.Second)
	}
	return errGaveUp
}

type albums interface {
	GetToken(ctx context.Context) (string, error)
	UpdateAlbum(ctx context.Context, token, name string) error
}

// Written gets something else than it writes.
func Written(ctx context.Context, all albums, name string) error {
	for range 10 { // want `albums.GetToken is called again every 200ms`
		token, err := all.GetToken(ctx)
		if err != nil {
			wait(ctx)
			continue
		}
		if err := all.UpdateAlbum(ctx, "Bearer "+token, name); err != nil {
			wait(ctx)
			continue
		}
		return nil
	}
	return errGaveUp
}

func wait(ctx context.Context) {
	select {
	case <-time.After(200 * time.Millisecond):
	case <-ctx.Done():
	}
}

// reconnect is called when the first attempt has failed.
func reconnect(url string) (*answer, error) {
	for range 60 { // want `ask is called again every 10s`
		time.Sleep(10 * time.Second)
		a, err := ask(url)
		if err == nil {
			return a, nil
		}
	}
	return nil, errGaveUp
}

// Second makes its first attempt before the loop.
func Second(url string) (*answer, error) {
	a, err := ask(url)
	for i := 0; err != nil && i < 60; i++ { // want `ask is called again every 10s`
		time.Sleep(10 * time.Second)
		a, err = ask(url)
	}
	return a, err
}

func isBroken(err error) bool {
	return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET)
}

// Broken goes on when a connection breaks, too.
func Broken(url string) (*answer, error) {
	for attempt := 0; ; attempt++ { // want `ask is called again every 100ms`
		a, err := ask(url)
		if err == nil {
			return a, nil
		}
		if attempt >= 20 || !isBroken(err) {
			return nil, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// Defaulted makes ten attempts unless somebody says otherwise.
func Defaulted(url string, attempts int) (*answer, error) {
	if attempts == 0 {
		attempts = 10
	}
	for range attempts { // want `ask is called again every 2s, however`
		a, err := ask(url)
		if err == nil {
			return a, nil
		}
		time.Sleep(2 * time.Second)
	}
	return nil, errGaveUp
}

// Between waits in a select after the first attempt.
func Between(ctx context.Context, url string) (*answer, error) {
	for { // want `ask is called again every 2s`
		a, err := ask(url)
		if err == nil {
			return a, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}
