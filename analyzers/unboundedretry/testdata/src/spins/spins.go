// Package spins works on after failures, without a break.
package spins

import (
	"context"
	"database/sql"
	"log"
	"net"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second}

func Worker(ctx context.Context, db *sql.DB) {
	for ctx.Err() == nil { // want `while sql.DB.ExecContext fails, this loop goes round as fast as it can fail: it burns the CPU, floods the log`
		if _, err := db.ExecContext(ctx, "DELETE FROM outbox WHERE sent"); err != nil {
			log.Print(err)
			continue
		}
		time.Sleep(time.Minute)
	}
}

func Paced(ctx context.Context, db *sql.DB) {
	for ctx.Err() == nil {
		if _, err := db.ExecContext(ctx, "DELETE FROM outbox WHERE sent"); err != nil {
			log.Print(err)
		}
		time.Sleep(time.Minute)
	}
}

func Ticked(ctx context.Context, db *sql.DB) {
	for range time.Tick(time.Minute) {
		if _, err := db.ExecContext(ctx, "DELETE FROM outbox WHERE sent"); err != nil {
			log.Print(err)
			continue
		}
		log.Print("done")
	}
}

// Accepts is at the pace of those who connect.
func Accepts(l net.Listener, backend string) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		up, err := net.DialTimeout("tcp", backend, time.Second)
		if err != nil {
			conn.Close()
			continue
		}
		go pipe(conn, up)
	}
}

func pipe(net.Conn, net.Conn) {}

// Walk is over when the list is.
func Walk(urls []string) {
	for range urls {
		if _, err := client.Get("https://example.org"); err != nil {
			log.Print(err)
			continue
		}
		log.Print("done")
	}
}

// Ends gives up at the first failure.
func Ends(ctx context.Context, db *sql.DB) error {
	for {
		if _, err := db.ExecContext(ctx, "DELETE FROM outbox WHERE sent"); err != nil {
			return err
		}
		time.Sleep(time.Minute)
	}
}

func submit(url string) (*http.Response, error) { return client.Get(url) }

// Pages goes on to the next page after a success; a failure that stays one ends it.
func Pages(url string, pages int) error {
	for {
		var (
			resp *http.Response
			err  error
		)
		for range 5 { // want `submit is called again at once, up to 4 times`
			resp, err = submit(url)
			if temporary, ok := err.(net.Error); ok && temporary.Timeout() {
				continue
			}
			break
		}
		if err != nil {
			return err
		}
		resp.Body.Close()
		if pages--; pages == 0 {
			return nil
		}
	}
}

// A liner reads what somebody types.
type liner interface {
	Prompt(prompt string) (string, error)
}

// Shell goes on when somebody has typed something.
func Shell(line liner) error {
	for {
		input, err := line.Prompt("> ")
		if err != nil {
			return err
		}
		switch input {
		case "nodes":
			err = show("http://node/nodes")
		case "status":
			err = show("http://node/status")
		}
		if err != nil {
			log.Print(err)
		}
	}
}

func show(url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
