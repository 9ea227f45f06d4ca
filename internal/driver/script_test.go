package driver_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/driver"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"resilint": func() {
			if driver.IsVetTool(os.Args[1:]) {
				os.Exit(driver.VetTool(os.Args[1:], os.Stdout, os.Stderr, toys))
			}
			os.Exit(driver.Main(os.Args[1:], os.Stdout, os.Stderr, func(bool) []*analysis.Analyzer { return toys }))
		},
	})
}

func TestScripts(t *testing.T) {
	// The scripts use the build cache of the tests, in which the standard
	// library is compiled already.
	out, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			tool, err := exec.LookPath("resilint")
			if err != nil {
				return err
			}
			env.Setenv("RESILINT", tool)
			env.Setenv("GOCACHE", strings.TrimSpace(string(out)))
			env.Setenv("GOPATH", filepath.Join(env.WorkDir, "gopath"))
			env.Setenv("GOFLAGS", "-mod=mod")
			env.Setenv("GOPROXY", "off")
			env.Setenv("GOTOOLCHAIN", "local")
			env.Setenv("GIT_CONFIG_NOSYSTEM", "1")
			env.Setenv("GORACE", "atexit_sleep_ms=0") // or every command takes a second
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Getuid() == 0, nil // may write anywhere
			case "cgo":
				out, err := exec.Command("go", "env", "CGO_ENABLED").Output()
				return err == nil && strings.TrimSpace(string(out)) == "1", nil
			}
			return false, errors.New("unknown condition")
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a command that must have the exit status given first.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status command [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}
