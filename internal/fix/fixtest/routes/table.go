package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/fix/fixtest"
)

// A table is what became of all modules.
type table struct {
	tools  *fixtest.Tools
	routes []fixtest.Route
	list   bool
	json   *json.Encoder

	had     map[string]bool // modules whose results are there already
	out     []string        // modules that cannot be had, with the reason
	partly  []string        // modules of which some packages do not compile
	sums    map[fixtest.Route]*sum
	rules   map[string]*share
	modules int
}

// A sum is what became of all modules by one route.
type sum struct {
	Modules, Findings, Files, Builds, Again, Left int
	Errors                                        int
}

// A share is how many findings of a rule have a fix.
type share struct{ Findings, Safe, Unsafe int }

// module runs one module and prints a line for each route, under a name.
func (t *table) module(dir, name string) {
	m, err := t.tools.Open(dir)
	if err != nil {
		t.out = append(t.out, fmt.Sprintf("%s: %v", name, err))
		fmt.Printf("-\t%s\t%v\n", name, err)
		return
	}
	t.modules++
	if n := len(m.Broken()); n > 0 {
		first := slices.Sorted(maps.Keys(m.Broken()))[0]
		t.partly = append(t.partly, fmt.Sprintf("%s: %d packages, as %s: %s", name, n, first, m.Broken()[first]))
	}
	t.count(m.Findings())
	for _, route := range t.routes {
		r, err := m.Run(route)
		if err != nil {
			t.sum(route).Errors++
			fmt.Printf("%s\t%s\terror\t%v\n", route, name, err)
			continue
		}
		r.Module = name
		t.add(r)
		if t.json != nil {
			if err := t.json.Encode(r); err != nil {
				fmt.Println("\t", err)
			}
		}
	}
}

func (t *table) count(findings []fixtest.Finding) {
	if t.rules == nil {
		t.rules = map[string]*share{}
	}
	for _, f := range findings {
		s := t.rules[f.Rule]
		if s == nil {
			s = &share{}
			t.rules[f.Rule] = s
		}
		s.Findings++
		switch {
		case f.Safe():
			s.Safe++
		case f.Fix != "":
			s.Unsafe++
		}
		if t.list {
			fmt.Printf("finding\t%s\t%s\t%s\n", f.Rule+"/"+f.Code, f, f.Fix)
		}
	}
}

// load adds the results of an earlier run, and notes whose they are.
func (t *table) load(file string) error {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	t.had = map[string]bool{}
	for line := range bytes.Lines(data) {
		var r fixtest.Result
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		t.add(&r)
		if !t.had[r.Module] {
			t.had[r.Module] = true
			t.modules++
			t.count(r.Findings)
		}
	}
	return nil
}

func (t *table) sum(route fixtest.Route) *sum {
	if t.sums == nil {
		t.sums = map[fixtest.Route]*sum{}
	}
	if t.sums[route] == nil {
		t.sums[route] = &sum{}
	}
	return t.sums[route]
}

// add adds a result, and prints it.
func (t *table) add(r *fixtest.Result) {
	s := t.sum(r.Route)
	s.Modules++
	s.Findings += len(r.Fixed)
	s.Files += len(r.Files)
	s.Again += len(r.Again)
	state := "builds"
	if len(r.Broken) > 0 {
		state = "BROKEN"
	} else {
		s.Builds++
	}
	if r.Route != fixtest.Standalone && r.Route != fixtest.PreCommit {
		r.Left = nil // it does not see them
	}
	s.Left += len(r.Left)
	fmt.Printf("%s\t%s\t%s\tfindings %d, with a fix %d, files %d, again %d, left %d\n",
		r.Route, r.Module, state, len(r.Findings), len(r.Fixed), len(r.Files), len(r.Again), len(r.Left))
	show := func(what string, lines []string) {
		for _, line := range lines {
			fmt.Printf("\t%s: %s\n", what, line)
		}
	}
	show("broken", r.Broken)
	show("tests fail", r.Failed)
	show("not formatted", r.Odd)
	text := func(list []fixtest.Finding) (lines []string) {
		for _, f := range list {
			lines = append(lines, f.String())
		}
		return lines
	}
	show("again", text(r.Again))
	show("left", text(r.Left))
	for line := range strings.Lines(r.Output) {
		if strings.Contains(line, "fix not applied") || strings.Contains(line, "applied ") || strings.Contains(line, "skipped") {
			fmt.Printf("\t%s", line)
		}
	}
}

// print prints the tables of docs/fixes.md.
func (t *table) print() {
	fmt.Printf("\n| route | modules | findings with a safe fix | files changed | modules that build | found again there | fixes left elsewhere |\n|---|---|---|---|---|---|---|\n")
	for _, route := range t.routes {
		s := t.sum(route)
		fmt.Printf("| %s | %d | %d | %d | %d | %d | %d |\n", route, s.Modules, s.Findings, s.Files, s.Builds, s.Again, s.Left)
		if s.Errors > 0 {
			fmt.Printf("\n%d modules failed by %s\n", s.Errors, route)
		}
	}
	fmt.Printf("\n| rule | findings | with a safe fix | with -unsafe-fixes |\n|---|---|---|---|\n")
	for _, rule := range slices.Sorted(maps.Keys(t.rules)) {
		s := t.rules[rule]
		fmt.Printf("| %s | %d | %d (%d %%) | %d |\n", rule, s.Findings, s.Safe, 100*s.Safe/s.Findings, s.Unsafe)
	}
	for title, list := range map[string][]string{"not analyzed": t.out, "packages that do not compile": t.partly} {
		if len(list) > 0 {
			fmt.Printf("\n%s:\n", title)
		}
		for _, line := range list {
			fmt.Printf("- %s\n", filepath.ToSlash(line))
		}
	}
}
