package compare

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// callbacksRow is the number of the row that is observed in a process of its own: a library may
// hang there in a lock, which no fake clock ends, or bring the process down.
const callbacksRow = 41

const (
	childEnv = "RESILINT_COMPARE_CALLBACKS"
	// hangs is the time after which a child hangs, that needs a tenth of a second.
	hangs = 3 * time.Second
)

func TestMain(m *testing.M) {
	if name := os.Getenv(childEnv); name != "" {
		callbacksChild(name)
	}
	os.Exit(m.Run())
}

func callbacks(t *testing.T, l *library) error {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+l.name)
	out, err := cmd.CombinedOutput()
	if err != nil {
		first, _, _ := strings.Cut(string(out), "\n")
		return fmt.Errorf("%s (%w)", first, err)
	}
	return nil
}

func callbacksChild(name string) {
	i := slices.IndexFunc(libraries, func(l *library) bool { return l.name == name })
	time.AfterFunc(hangs, func() {
		fmt.Println("hangs")
		os.Exit(1)
	})
	if err := errors.Join(callsBack(libraries[i]), callbackPanics(libraries[i])); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

// throughAllStates opens a breaker and closes it again.
func throughAllStates(b *circuit, openFor time.Duration) {
	ctx := context.Background()
	for range 7 {
		_ = b.do(ctx, func(context.Context) error { return errBoom })
	}
	time.Sleep(2 * openFor)
	for range 2 {
		_ = b.do(ctx, func(context.Context) error { return nil })
	}
}

func callsBack(l *library) error {
	c := breakerConfig{failures: 5, openFor: 20 * time.Millisecond, probes: 1}
	var b *circuit
	var got []string
	c.onChange = func(from, to string) {
		_ = b.state()
		got = append(got, from+" to "+to)
	}
	b = l.breaker(c)
	throughAllStates(b, c.openFor)
	want := []string{"closed to open", "open to half-open", "half-open to closed"}
	if !slices.Equal(got, want) {
		return fmt.Errorf("told of %q", got)
	}
	return nil
}

func callbackPanics(l *library) error {
	c := breakerConfig{failures: 5, openFor: 20 * time.Millisecond, probes: 1}
	c.onChange = func(string, string) { panic("ouch") }
	b := l.breaker(c)
	caught := func() (v any) {
		defer func() { v = recover() }()
		throughAllStates(b, c.openFor)
		return nil
	}()
	if caught != nil {
		return fmt.Errorf("the panic of a callback goes to a caller: %v", caught)
	}
	return nil
}
