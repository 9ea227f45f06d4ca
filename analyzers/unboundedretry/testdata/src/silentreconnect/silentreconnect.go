// Package silentreconnect comes back, later each time.
package silentreconnect

import (
	"context"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

var client = &http.Client{}

// Run reads until the connection is lost, and connects again.
func Run(ctx context.Context, addr string) error {
	delay := time.Second
	for {
		err := session(ctx, addr)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		log.Print(err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(delay/2 + rand.N(delay/2)):
		}
		delay = min(2*delay, time.Minute)
	}
}

func session(ctx context.Context, addr string) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	p := make([]byte, 512)
	for {
		n, err := conn.Read(p)
		if err != nil {
			return err
		}
		log.Printf("%s", p[:n])
	}
}

// Dial connects, and goes on as long as it is wanted.
func Dial(ctx context.Context, addr string) (net.Conn, error) {
	delay := 100 * time.Millisecond
	for {
		conn, err := net.DialTimeout("tcp", addr, time.Second)
		if err == nil {
			return conn, nil
		}
		timer := time.NewTimer(rand.N(delay))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		case <-timer.C:
		}
		if delay *= 2; delay > 30*time.Second {
			delay = 30 * time.Second
		}
	}
}

// Watch begins again where the stream ends.
func Watch(ctx context.Context, url string, lines chan<- string) {
	for ctx.Err() == nil {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return
		}
		resp, err := client.Do(req)
		if err != nil {
			log.Print(err)
			select {
			case <-ctx.Done():
			case <-time.After(5 * time.Second):
			}
			continue
		}
		lines <- resp.Status
		resp.Body.Close()
	}
}
