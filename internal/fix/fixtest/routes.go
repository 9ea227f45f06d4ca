package fixtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// apply applies the fixes by a route and returns what it printed.
func (m *Module) apply(route Route) (string, error) {
	var out, errs string
	var status int
	var err error
	switch route {
	case Standalone:
		out, errs, status, err = m.command(m.tools.Resilint, m.flags("-fix", "./...")...)
	case GoVet:
		out, errs, _, err = m.command("go", m.vetFlags("vet", "-vettool="+m.tools.Resilint, "-fix", "./...")...)
	case GoFix:
		out, errs, _, err = m.command("go", m.vetFlags("fix", "-fixtool="+m.tools.Resilint, "./...")...)
	case Golangci:
		out, errs, status, err = m.golangci("--fix")
	case PreCommit:
		out, errs, err = m.preCommit()
	default:
		return "", fmt.Errorf("no route %q", route)
	}
	if err == nil && status > m.status && status > 1 {
		err = fmt.Errorf("%s: exit status %d: %s", route, status, lastLines(out+errs, 3))
	}
	return out + errs, err
}

func (m *Module) flags(first string, rest ...string) []string {
	return append(append([]string{first}, m.tools.Flags...), rest...)
}

func (m *Module) vetFlags(verb, tool string, rest ...string) []string {
	return append(append([]string{verb, tool}, m.tools.Vet...), rest...)
}

// offered returns what a route reports with a safe fix.
func (m *Module) offered(route Route) ([]Finding, error) {
	found := m.findings
	switch route {
	case GoVet, GoFix, Golangci: // golangci-lint does not print its edits; go vet finds the same
		out, errs, _, err := m.command("go", m.vetFlags("vet", "-vettool="+m.tools.Resilint, "-json", "./...")...)
		if err != nil {
			return nil, err
		}
		if found, err = decode(out + errs); err != nil {
			return nil, fmt.Errorf("go vet -json: %w: %s", err, lastLines(errs, 2))
		}
	}
	var safe []Finding
	for _, f := range found {
		// The go command may also print what it has kept of a package beside the module that is in its place by a replace
		// directive: its keys do not tell whether a package was asked for.
		if _, own := m.files[f.File]; own && f.Safe() && !strings.HasSuffix(f.File, "_test.go") {
			safe = append(safe, f)
		}
	}
	return safe, nil
}

// golangci runs golangci-lint with the plugin alone.
func (m *Module) golangci(args ...string) (stdout, stderr string, status int, err error) {
	dir, err := os.MkdirTemp("", "fixtest")
	if err != nil {
		return "", "", 0, err
	}
	defer os.RemoveAll(dir)
	config := filepath.Join(dir, "golangci.yml")
	settings := m.tools.Settings
	if settings == "" {
		settings = "{}"
	}
	err = os.WriteFile(config, []byte(`version: "2"
linters:
  default: none
  enable: [resilint]
  settings:
    custom:
      resilint:
        type: module
        settings: `+settings+`
  exclusions:
    generated: strict
run:
  allow-parallel-runners: true
  tests: false
issues:
  max-issues-per-linter: 0
  max-same-issues: 0
  uniq-by-line: false
`), 0o666)
	if err != nil {
		return "", "", 0, err
	}
	all := append([]string{"run", "-c", config, "--show-stats=false"}, args...)
	return m.command(m.tools.Golangci, append(all, "./...")...)
}

// preCommit runs the hook from a clone of resilint on the repository around the module.
func (m *Module) preCommit() (stdout, stderr string, err error) {
	root, _, status, err := m.command("git", "rev-parse", "--show-toplevel")
	if err != nil || status != 0 {
		return "", "", fmt.Errorf("%s is in no git repository", m.Dir)
	}
	dir, err := filepath.Rel(strings.TrimSpace(root), m.Dir)
	if err != nil {
		return "", "", err
	}
	config, err := os.CreateTemp("", "pre-commit-*.yaml")
	if err != nil {
		return "", "", err
	}
	defer os.Remove(config.Name())
	head, _, _, err := m.command("git", "-C", m.tools.Repository, "rev-parse", "HEAD")
	if err != nil {
		return "", "", err
	}
	args := strings.Join(m.flags("-C", append([]string{dir}, "./...")...), ", ")
	if len(m.tools.Flags) > 0 {
		args = strings.Join(append([]string{"-C", dir}, append(m.tools.Flags, "./...")...), ", ")
	}
	fmt.Fprintf(config, "repos:\n  - repo: %s\n    rev: %s\n    hooks:\n      - id: resilint-fix\n        args: [%s]\n",
		m.tools.Repository, strings.TrimSpace(head), args)
	if err := config.Close(); err != nil {
		return "", "", err
	}
	stdout, stderr, status, err = m.command("pre-commit", "run", "--config", config.Name(), "--all-files", "--verbose")
	if err == nil && status != 0 && !strings.Contains(stdout, "resilint") {
		err = fmt.Errorf("pre-commit: %s", lastLines(stdout+stderr, 3))
	}
	return stdout, stderr, err
}
