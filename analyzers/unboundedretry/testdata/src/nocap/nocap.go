// Package nocap never gives up.
package nocap

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"net/http"
	"time"

	"google.golang.org/grpc"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Backoff does all but end.
func Backoff(url string) (*http.Response, error) {
	delay := time.Second
	for { // want `nothing ends this retry: while http.Client.Get fails, it is called again, for ever; limit the attempts, or the time for them`
		resp, err := client.Get(url)
		if err == nil {
			return resp, nil
		}
		time.Sleep(delay/2 + rand.N(delay/2))
		delay = min(2*delay, time.Minute)
	}
}

// Spinning neither ends nor waits.
func Spinning(url string) *http.Response {
	for { // want `nothing ends or slows this retry: .* limit the attempts, or the time for them; wait longer each time, with jitter$`
		if resp, err := client.Get(url); err == nil {
			return resp
		}
	}
}

// Uncounted counts, and never looks.
func Uncounted(url string) *http.Response {
	for i := 0; ; i++ { // want `nothing ends this retry: .* every 1s, for ever`
		resp, err := client.Get(url)
		if err == nil {
			return resp
		}
		if i%10 == 0 {
			println("attempt", i)
		}
		time.Sleep(time.Second)
	}
}

// Given has a context, which ends the attempt and not the loop.
func Given(ctx context.Context, db *sql.DB, id string) error {
	for { // want `nothing ends this retry: while sql.DB.ExecContext fails, it is called again every 1s, for ever; besides, time.Sleep does not listen to ctx; limit the attempts, or end them with ctx; .*; wait in a select with ctx.Done\(\)`
		if _, err := db.ExecContext(ctx, "DELETE FROM albums WHERE id = $1", id); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}

// Gated gives up on some errors, and never on the others.
func Gated(url string) (*http.Response, error) {
	for { // want `nothing ends this retry`
		resp, err := client.Get(url)
		if err != nil {
			return nil, err
		}
		switch resp.StatusCode {
		case http.StatusOK, http.StatusNotFound:
			return resp, nil
		case http.StatusTooManyRequests:
			resp.Body.Close()
			time.Sleep(time.Second)
		default:
			return resp, nil
		}
	}
}

// Scattered waits for any time up to a minute: nothing ends it, but nobody comes at the same time as others.
func Scattered(url string) *http.Response {
	for { // want `nothing ends this retry: while http.Client.Get fails, it is called again, for ever; besides, its delay does not grow; limit the attempts, or the time for them; wait longer each time$`
		if resp, err := client.Get(url); err == nil {
			return resp
		}
		time.Sleep(max(time.Duration(rand.Float64()*float64(time.Minute)), time.Second))
	}
}

// Even waits for as long as all others.
func Even(url string) *http.Response {
	for { // want `nothing ends this retry: .*; wait longer each time, with jitter$`
		if resp, err := client.Get(url); err == nil {
			return resp
		}
		time.Sleep(max(2*time.Second, time.Second))
	}
}

// Connected waits for the connection that it asks for.
func Connected(addr string) *grpc.ClientConn {
	for { // want `nothing ends this retry: while grpc.Dial fails, it is called again every 3s, for ever`
		conn, err := grpc.Dial(addr, grpc.WithInsecure(), grpc.WithBlock())
		if err == nil {
			return conn
		}
		time.Sleep(3 * time.Second)
	}
}
