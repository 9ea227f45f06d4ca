package silentpoll

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/cenkalti/backoff/v4"
)

// Finished asks a library to call again until a state is reached; that it also does so after failures
// makes no difference.
func Finished(url string) error {
	return backoff.Retry(func() error {
		e, err := get(url)
		if err != nil {
			return fmt.Errorf("get: %w", err)
		}
		switch e.State {
		case "done", "cancelled":
			return nil
		default:
			return fmt.Errorf("it is %s", e.State)
		}
	}, backoff.NewConstantBackOff(time.Second))
}

// finished says so with an error.
func finished(url string) error {
	e, err := get(url)
	if err != nil {
		return err
	}
	if !e.done() {
		return errors.New("not done")
	}
	return nil
}

// Finishes asks a function of the package, in a loop.
func Finishes(url string) error {
	for range 100 {
		if err := finished(url); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return errors.New("not in time")
}

func find(all []string, name string) (string, error) {
	for _, one := range all {
		if one == name {
			return one, nil
		}
	}
	return "", fmt.Errorf("no %s among %d", name, len(all))
}

// Listed looks for something in the answer.
func Listed(ctx context.Context, e engine, name string) (found string, err error) {
	ticker := time.NewTicker(250 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			all, err := e.List(ctx)
			if err != nil {
				continue
			}
			if found, err = find(all, name); err != nil {
				continue
			}
			return found, nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// answers reads no more of the answer than whether it is one.
func answers(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}

// Up begins when another server is up.
func Up(ctx context.Context, url string) error {
	for range 60 {
		if err := answers(ctx, url); err == nil {
			return nil
		}
		time.Sleep(500 * time.Millisecond)
	}
	return errors.New("not up")
}

// Own waits for the server that it has just started, and logs who it says it is.
func Own(srv *http.Server, url string) error {
	go func() {
		if err := srv.ListenAndServe(); err != nil {
			log.Print(err)
		}
	}()
	for range 20 {
		me, err := whoami(url)
		if err == nil {
			log.Printf("this is %s", me.URL)
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("it has not come up")
}

func whoami(url string) (*export, error) {
	resp, err := client.Post(url+"/whoami", "application/json", nil)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	e := new(export)
	return e, json.NewDecoder(resp.Body).Decode(e)
}

// Session goes on for one text, which says what is not so yet.
func Session(url string) error {
	for range 10 {
		_, err := get(url)
		if err != nil && strings.Contains(err.Error(), "failed to find session") {
			time.Sleep(500 * time.Millisecond)
			continue
		}
		return err
	}
	return errors.New("no session")
}

// Same compares the text.
func Same(url string) error {
	for range 10 {
		_, err := get(url)
		if err == nil || err.Error() != "no such session" {
			return err
		}
		time.Sleep(500 * time.Millisecond)
	}
	return errors.New("no session")
}

func isAbsent(err error) bool {
	return err != nil && (strings.Contains(err.Error(), "no such session") || errors.Is(err, errNotFound))
}

// Absent asks a function which asks for such kinds alone.
func Absent(url string) error {
	for range 10 {
		_, err := get(url)
		if !isAbsent(err) {
			return err
		}
		time.Sleep(500 * time.Millisecond)
	}
	return errors.New("no session")
}

// Refused goes on for a status that says that something else has to be gone first.
func Refused(url string) error {
	for range 10 {
		resp, err := client.Post(url, "text/plain", nil)
		if err != nil {
			return err
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusBadRequest {
			return nil
		}
		time.Sleep(5 * time.Second)
	}
	return errors.New("still in use")
}

type album struct{ Stock int }

type albums interface {
	GetAlbum(ctx context.Context, id string) (*album, error)
	UpdateAlbum(ctx context.Context, a *album) error
}

// Sold reads what another one is about to write, and writes it back.
func Sold(ctx context.Context, all albums, id string) error {
	for range 10 {
		a, err := all.GetAlbum(ctx, id)
		if err != nil {
			time.Sleep(200 * time.Millisecond)
			continue
		}
		a.Stock--
		if err := all.UpdateAlbum(ctx, a); err != nil {
			time.Sleep(200 * time.Millisecond)
			continue
		}
		return nil
	}
	return errors.New("gave up")
}

// Spawned starts the program that it talks to.
func Spawned(url string) (*export, error) {
	for range 5 {
		e, err := whoami(url)
		if err == nil {
			return e, nil
		}
		spawn()
		time.Sleep(100 * time.Millisecond)
	}
	return nil, errors.New("it has not come up")
}

func spawn() {
	if err := exec.Command("player").Start(); err != nil {
		log.Print(err)
	}
}

// Written waits before it asks at all: somebody else is about to write what it reads.
func Written(url string) (*export, error) {
	for range 60 {
		time.Sleep(10 * time.Second)
		e, err := get(url)
		if err == nil {
			return e, nil
		}
	}
	return nil, errors.New("it has not been written")
}

func isRefused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }

// Listening goes on while nobody listens.
func Listening(url string) (*export, error) {
	for attempt := 0; ; attempt++ {
		e, err := get(url)
		if err == nil {
			return e, nil
		}
		if attempt >= 20 || !isRefused(err) {
			return nil, err
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// MakeReady tells it to be.
func MakeReady(url string) error {
	for range 20 {
		resp, err := client.Post(url+"/ready", "text/plain", nil)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("not ready")
}

// Drained reads the answer to its end, and not what it says.
func Drained(url string) error {
	for range 20 {
		resp, err := client.Get(url)
		if err == nil {
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("not there")
}

// Granted does so in a select.
func Granted(ctx context.Context, url string) (*export, error) {
	over := time.After(time.Hour)
	for {
		select {
		case <-over:
			return nil, errors.New("not in time")
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(2 * time.Second):
		}
		e, err := get(url)
		if err != nil {
			continue
		}
		return e, nil
	}
}
