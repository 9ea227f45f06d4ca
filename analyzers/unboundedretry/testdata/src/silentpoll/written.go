package silentpoll

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"time"
)

// The server is a program of its own, and has just been started.
func startAndWait(c *http.Client) (string, error) {
	cmd := exec.Command("server")
	if err := cmd.Start(); err != nil {
		return "", err
	}
	for range 50 {
		if _, err := version(c); err == nil {
			return "up", nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return "", errors.New("it does not start")
}

func version(c *http.Client) (string, error) {
	resp, err := c.Get("http://localhost:4001/version")
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

type job struct {
	name, phase string
	version     int
}

type store struct{ c *http.Client }

func (s store) GetJob(ctx context.Context, name string) (*job, error) {
	text, err := s.get(ctx, "http://jobs/"+name)
	return &job{name: name, phase: text}, err
}

func (s store) ReadInto(ctx context.Context, name string, j *job) error {
	text, err := s.get(ctx, "http://jobs/"+name)
	j.phase = text
	return err
}

func (s store) get(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := s.c.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return string(text), err
}

func (s store) UpdateJob(ctx context.Context, j *job) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPut, "http://jobs/"+j.name, strings.NewReader(j.phase))
	if err != nil {
		return err
	}
	resp, err := s.c.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Somebody else may have changed the job in between: it is read again, in a function of its own.
func (s store) finish(ctx context.Context, name string) error {
	var err error
	for range 20 {
		if err = s.tryFinish(ctx, name); err == nil {
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
	return err
}

func (s store) tryFinish(ctx context.Context, name string) error {
	j, err := s.GetJob(ctx, name)
	if err != nil {
		return err
	}
	j.phase = "finished"
	return s.UpdateJob(ctx, j)
}

// A beyond says that what was asked for is not there yet: this package makes it of an answer.
type beyond struct{ latest int }

func (b *beyond) Error() string { return fmt.Sprintf("latest is %d", b.latest) }

func ledger(c *http.Client, sequence int) (string, error) {
	text, err := version(c)
	if err != nil {
		return "", err
	}
	if len(text) < sequence {
		return "", &beyond{len(text)}
	}
	return text, nil
}

func awaitLedger(ctx context.Context, c *http.Client, sequence int) (string, error) {
	for {
		text, err := ledger(c, sequence)
		var b *beyond
		if err == nil || !errors.As(err, &b) {
			return text, err
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}

// Once a minute is no load, however long it goes on.
func report(c *http.Client) {
	for {
		resp, err := c.Post("http://master/disks", "text/plain", strings.NewReader("broken"))
		if err == nil {
			resp.Body.Close()
			return
		}
		time.Sleep(time.Minute)
	}
}

var _ = []any{startAndWait, store.finish, store.ReadInto, awaitLedger, report}
