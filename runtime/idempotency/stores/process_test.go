package stores

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/resilint/resilint/runtime/idempotency"
)

// childVariable tells the test's binary to be a child: what to do, and the subject's kind, name and DSN.
const childVariable = "RESILINT_STORES_CHILD"

const (
	racedKeys = 20 // by each process
	racers    = 4  // goroutines for each key
)

func racedKey(mode string, i int) string { return fmt.Sprintf("%s %d", mode, i) }

// child does what a test wants done by another process.
func child() {
	args := strings.SplitN(os.Getenv(childVariable), " ", 4)
	s, err := open(args[1], args[3], args[2])
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	switch mode := args[0]; mode {
	case "hold":
		_, err = idempotency.Once(ctx, s.store, "hold", func(ctx context.Context) (string, error) {
			hold(s.effect(ctx, "hold"))
			return "", nil
		})
	case "tx-hold":
		_, err = s.inTx(ctx, "tx-hold", func() error { hold(nil); return nil }, (*sql.Tx).Commit)
	case "race", "tx-race":
		err = race(ctx, s, mode)
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("done")
}

// hold says that the effect has happened, and waits to be killed.
func hold(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("effect")
	_, _ = os.Stdin.Read(make([]byte, 1))
}

// race does everything once that is to be done, and more often.
func race(ctx context.Context, s *subject, mode string) error {
	if err := s.tables(ctx); err != nil { // so that it is connected
		return err
	}
	fmt.Println("ready")
	_, _ = os.Stdin.Read(make([]byte, 1))
	errs := make([]error, racedKeys*racers)
	var all sync.WaitGroup
	for i := range errs {
		key := racedKey(mode, i/racers)
		all.Go(func() {
			if mode == "tx-race" {
				_, errs[i] = s.retryTx(ctx, key, fine)
				return
			}
			_, err := idempotency.Once(ctx, s.store, key, func(ctx context.Context) (string, error) {
				return "done", s.effect(ctx, key)
			})
			if !errors.Is(err, idempotency.ErrInFlight) {
				errs[i] = err
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// process is a child of the test.
type process struct {
	cmd   *exec.Cmd
	stdin *os.File
	lines *bufio.Scanner
}

func startChild(t *testing.T, s *subject, mode string) *process {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.CommandContext(t.Context(), self)}
	p.cmd.Env = append(os.Environ(), childVariable+"="+strings.Join([]string{mode, s.kind, s.name, s.dsn}, " "))
	p.cmd.Stderr = os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, stdin, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p.cmd.Stdin, p.stdin, p.lines = in, stdin, bufio.NewScanner(out)
	err = p.cmd.Start()
	in.Close()
	t.Cleanup(func() {
		stdin.Close()
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// want reads a line of the child.
func (p *process) want(t *testing.T, line string) {
	t.Helper()
	if p.lines.Scan(); p.lines.Text() != line {
		var more strings.Builder
		for p.lines.Scan() {
			more.WriteString("\n" + p.lines.Text())
		}
		t.Fatalf("the child says %q, want %q%s", p.lines.Text(), line, &more)
	}
}

// kill is kill -9.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait()
}

func raceProcesses(t *testing.T, s *subject, mode string) {
	children := []*process{startChild(t, s, mode), startChild(t, s, mode)}
	for _, c := range children {
		c.want(t, "ready")
	}
	for _, c := range children {
		_, _ = c.stdin.Write([]byte("\n"))
	}
	for _, c := range children {
		c.want(t, "done")
	}
	for i := range racedKeys {
		s.wantEffects(t, racedKey(mode, i), 1)
	}
}

func killed(t *testing.T, s *subject) {
	p := startChild(t, s, "hold")
	p.want(t, "effect")
	p.kill(t)
	again := func(ctx context.Context) (string, error) { return "again", s.effect(ctx, "hold") }
	if _, err := idempotency.Once(t.Context(), s.store, "hold", again); !errors.Is(err, idempotency.ErrInFlight) {
		t.Errorf("error %v, want ErrInFlight until the lease has run out", err)
	}
	s.wantEffects(t, "hold", 1)
	s.advanceBy(t, idempotency.DefaultLease)
	for range 2 {
		if v, err := idempotency.Once(t.Context(), s.store, "hold", again); v != "again" || err != nil {
			t.Errorf("%q, error %v", v, err)
		}
	}
	s.wantEffects(t, "hold", 2) // at least once, as documented
}

func killedInTx(t *testing.T, s *subject) {
	p := startChild(t, s, "tx-hold")
	p.want(t, "effect")
	p.kill(t)
	s.wantEffects(t, "tx-hold", 0)
	for range 2 {
		if v, err := s.retryTx(t.Context(), "tx-hold", fine); v != "done" || err != nil {
			t.Errorf("%q, error %v", v, err)
		}
	}
	s.wantEffects(t, "tx-hold", 1)
}
