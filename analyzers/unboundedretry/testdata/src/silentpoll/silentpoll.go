// Package silentpoll asks until something has come about.
package silentpoll

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

type export struct{ State, URL string }

func (e *export) done() bool { return e.State == "done" }

func get(url string) (*export, error) {
	resp, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	e := new(export)
	return e, json.NewDecoder(resp.Body).Decode(e)
}

// State returns errors, and asks again for what is not done.
func State(url string) (*export, error) {
	for {
		e, err := get(url)
		if err != nil {
			return nil, err
		}
		if e.State == "done" {
			return e, nil
		}
		time.Sleep(2 * time.Second)
	}
}

// Tolerant asks again after errors, too.
func Tolerant(ctx context.Context, url string) (*export, error) {
	for {
		if e, err := get(url); err == nil && e.State == "done" {
			return e, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}

// Method asks what it was told by a method.
func Method(url string) (*export, error) {
	for {
		e, err := get(url)
		if err == nil && e.done() {
			return e, nil
		}
		time.Sleep(2 * time.Second)
	}
}

// Switch has a state for failure.
func Switch(url string) (*export, error) {
	for range 100 {
		e, err := get(url)
		if err != nil {
			time.Sleep(time.Second)
			continue
		}
		switch e.State {
		case "done":
			return e, nil
		case "failed":
			return nil, errors.New("failed")
		}
		time.Sleep(2 * time.Second)
	}
	return nil, errors.New("not in time")
}

// waitForServer waits for a server that starts.
func waitForServer(url string) error {
	for range 50 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("not there")
}

// Start waits for the port.
func Start(addr string) error {
	for range 50 {
		conn, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			return conn.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("nobody listens on %s", addr)
}

// Open waits for a database.
func Open(dsn string) (*sql.DB, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	for range 30 {
		if err = db.Ping(); err == nil {
			return db, nil
		}
		time.Sleep(time.Second)
	}
	return nil, err
}

// Created waits for what has been made elsewhere to be seen.
func Created(db *sql.DB, id string) (name string, err error) {
	for range 10 {
		err = db.QueryRow("SELECT name FROM albums WHERE id = $1", id).Scan(&name)
		if err == nil {
			return name, nil
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return "", err
		}
		time.Sleep(time.Second)
	}
	return "", err
}

// Accepted asks for the status that says that it is there.
func Accepted(url string) (*http.Response, error) {
	for {
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		if resp.StatusCode != http.StatusAccepted {
			return resp, nil
		}
		resp.Body.Close()
		time.Sleep(time.Second)
	}
}

type engine interface {
	List(ctx context.Context) ([]string, error)
}

// Answers sees whether a server answers: what it says is of no interest.
func Answers(ctx context.Context, e engine) {
	for {
		if _, err := e.List(ctx); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}

var errBehind = errors.New("behind")

func compare(ctx context.Context, e engine, want int) error {
	got, err := e.List(ctx)
	if err != nil {
		return err
	}
	if len(got) < want {
		return errBehind
	}
	return nil
}

// CatchesUp goes on for one error alone, which says what is not so yet.
func CatchesUp(ctx context.Context, e engine, want int) error {
	for ctx.Err() == nil {
		err := compare(ctx, e, want)
		if errors.Is(err, errBehind) {
			time.Sleep(time.Second)
			continue
		}
		return err
	}
	return ctx.Err()
}
