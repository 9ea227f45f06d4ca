// Command routes applies the fixes of resilint to checkouts of repositories by the ways that users
// have, and prints what became of each module: one line for each and way, and the table of
// docs/fixes.md.
//
//	go run ./internal/fix/fixtest/routes [flags] CHECKOUT...
//
// The checkouts are left as they were.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/resilint/resilint/internal/fix/fixtest"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "routes:", err)
		os.Exit(2)
	}
}

func run() error {
	var tools fixtest.Tools
	routes := flag.String("routes", "standalone", "the `routes`, separated by commas: standalone, go vet, go fix, golangci, pre-commit")
	flag.StringVar(&tools.Resilint, "resilint", "", "the command; built from this repository if not given")
	flag.StringVar(&tools.Golangci, "golangci", "", "a golangci-lint with the plugin")
	flag.StringVar(&tools.Repository, "repository", "", "a clone of resilint for pre-commit")
	flag.StringVar(&tools.Settings, "settings", "", "settings of the plugin, as YAML in one line")
	flags := flag.String("flags", "", "flags for the command, separated by spaces")
	vet := flag.String("vetflags", "", "the same for go vet and go fix")
	flag.BoolVar(&tools.Tests, "tests", false, "compile test files, too")
	flag.BoolVar(&tools.RunTests, "run", false, "run the tests of changed packages")
	flag.DurationVar(&tools.Timeout, "timeout", 10*time.Minute, "of each command")
	modules := flag.Bool("modules", false, "the arguments are modules, not repositories with modules")
	list := flag.Bool("findings", false, "print each finding, and what its fix says")
	keep := flag.String("json", "", "add the results to `file`, one JSON object a line; with -commits, modules whose results it has are not run again")
	before := flag.String("commits", "", "run at commits, too: a `file` with a JSON object a line that has repo, before and dir")
	mirrors := flag.String("mirrors", ".", "the `directory` with their repositories, bare: owner+name or owner+name/repo")
	flag.Parse()
	tools.Flags, tools.Vet = strings.Fields(*flags), strings.Fields(*vet)
	if tools.Resilint == "" {
		dir, err := os.MkdirTemp("", "routes")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		tools.Resilint = filepath.Join(dir, "resilint")
		if out, err := exec.Command("go", "build", "-o", tools.Resilint, "github.com/resilint/resilint/cmd/resilint").CombinedOutput(); err != nil {
			return fmt.Errorf("building resilint: %s", out)
		}
	}
	dirs, err := find(flag.Args(), *modules)
	if err != nil {
		return err
	}
	t := &table{tools: &tools, list: *list}
	for _, route := range strings.Split(*routes, ",") {
		t.routes = append(t.routes, fixtest.Route(route))
		if !slices.Contains(fixtest.Routes(), fixtest.Route(route)) {
			return fmt.Errorf("no route %q", route)
		}
	}
	if *keep != "" {
		if *before != "" {
			if err := t.load(*keep); err != nil {
				return err
			}
		}
		f, err := os.OpenFile(*keep, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
		if err != nil {
			return err
		}
		defer f.Close()
		t.json = json.NewEncoder(f)
	}
	for _, dir := range dirs {
		t.module(dir, dir)
	}
	if *before != "" {
		all, err := readCommits(*before)
		if err != nil {
			return err
		}
		if err := t.commits(all, *mirrors); err != nil {
			return err
		}
	}
	t.print()
	return nil
}

// find returns the modules below checkouts, but for those that hold code for others' tests.
func find(args []string, modules bool) ([]string, error) {
	var dirs []string
	for _, arg := range args {
		root, err := filepath.Abs(arg)
		if err != nil {
			return nil, err
		}
		if modules {
			dirs = append(dirs, root)
			continue
		}
		err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			base := entry.Name()
			if entry.IsDir() && name != root && (base == "vendor" || base == "testdata" || base == "node_modules" || base[0] == '.' || base[0] == '_') {
				return filepath.SkipDir
			}
			if base == "go.mod" {
				dirs = append(dirs, filepath.Dir(name))
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return dirs, nil
}
