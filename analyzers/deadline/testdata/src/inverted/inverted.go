// Package inverted derives contexts with a deadline after that of their parent.
package inverted

import (
	"context"
	"net/http"
	"time"
)

var client = &http.Client{}

const patience = 2 * time.Second

func send(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Reused takes the short-lived context for what was to take longer.
func Reused(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := send(ctx, "http://stock.internal/ping"); err != nil {
		return err
	}
	ctx, cancel = context.WithTimeout(ctx, 30*time.Second) // want `this timeout of 30s never passes: the context that it is set on ends after 2s; derive it from one that lives longer, or make it less`
	defer cancel()
	return send(ctx, "http://stock.internal/export")
}

// Through values and cancellation between the two changes nothing.
func Through(ctx context.Context, key, value any) error {
	short, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	tagged := context.WithValue(short, key, value)
	group, stop := context.WithCancel(tagged)
	defer stop()
	long, done := context.WithDeadline(group, time.Now().Add(90*time.Second)) // want `this timeout of 1m30s never passes: the context that it is set on ends after 1m`
	defer done()
	return send(long, "http://stock.internal/")
}

// Both callers of report have less time than it sets.
func Morning(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return report(ctx)
}

func Evening(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 8*time.Second)
	defer cancel()
	return report(ctx)
}

func report(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second) // want `ends after 8s`
	defer cancel()
	return send(ctx, "http://stock.internal/report")
}
