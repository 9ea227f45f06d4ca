// Command chaos puts MusicCorp through the failures that it will meet: as it
// is, after the fixes of resilint, and with musiccorp.patch on top. The
// experiments are a module of their own, so that MusicCorp itself depends on
// nothing that they need; this command runs them.
//
//	go run -C testdata/musiccorp ./cmd/chaos -h
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	here, err := filepath.Abs(filepath.Join("..", "chaos"))
	if err == nil {
		_, err = os.Stat(filepath.Join(here, "go.mod"))
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "chaos: run it in testdata/musiccorp of resilint's repository, which has the experiments in testdata/chaos: %v\n", err)
		os.Exit(2)
	}
	// The experiments get the signals, too, and tidy up.
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	cmd := exec.Command("go", append([]string{"run", "-C", here, "."}, os.Args[1:]...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		os.Exit(exit.ExitCode())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(2)
	}
}
