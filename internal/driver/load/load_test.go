package load

import (
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What needs the go command is tested by the scripts of package driver.

func TestOneLine(t *testing.T) {
	tests := []struct{ name, msg, want string }{
		{"plain", "no Go files in /x", "no Go files in /x"},
		{"prefix of the go command", "go: errors parsing go.mod:\n/x/go.mod:3: unknown directive: y\n", "errors parsing go.mod: /x/go.mod:3: unknown directive: y"},
		{"of go/packages", "err: exit status 1: stderr: go: no such tool\n", "no such tool"},
		{"advice", "no required module provides package x; to add it:\n\tgo get x", "no required module provides package x; to add it: go get x"},
		{"compiler output", "# example.com/c\nc.go:3: a\nc.go:4: b\nc.go:5: c\n", "c.go:3: a c.go:4: b"},
		{"downloads", "go: downloading x v1\ngo: downloading y v1\nx: not found", "x: not found"},
		{"empty", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, oneLine(test.msg))
		})
	}
}

func TestParsePosition(t *testing.T) {
	tests := []struct {
		s    string
		want token.Position
	}{
		{"", token.Position{}},
		{"-", token.Position{}},
		{"a.go", token.Position{Filename: "a.go"}},
		{"a.go:3", token.Position{Filename: "a.go", Line: 3}},
		{"a.go:3:7", token.Position{Filename: "a.go", Line: 3, Column: 7}},
		{`C:\a.go:3:7`, token.Position{Filename: `C:\a.go`, Line: 3, Column: 7}},
		{"12:3:7", token.Position{Filename: "12", Line: 3, Column: 7}},
	}
	for _, test := range tests {
		t.Run(test.s, func(t *testing.T) {
			assert.Equal(t, test.want, parsePosition(test.s))
		})
	}
}

func TestProblemFormat(t *testing.T) {
	base := filepath.Base
	at := token.Position{Filename: "/x/a.go", Line: 3, Column: 7}
	tests := []struct {
		name    string
		problem Problem
		want    string
	}{
		{"argument", Problem{Msg: "./x: not found"}, "./x: not found"},
		{"package", Problem{Msg: "import cycle", Package: "p"}, "import cycle (package p not analyzed)"},
		{"position", Problem{Pos: at, Msg: "undefined: x", Package: "p"}, "a.go:3:7: undefined: x (package p not analyzed)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, test.problem.Format(base))
		})
	}
}

func TestParseArgs(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.go", "sub/b.go", "dir.go/c.go"} {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, nil, 0o666))
	}
	abs := filepath.Join(dir, "a.go")
	tests := []struct {
		name     string
		args     []string
		patterns []string
		dirs     []string
		err      string
	}{
		{name: "default", patterns: []string{"."}},
		{name: "packages", args: []string{"./...", "all", "example.com/x"}, patterns: []string{"./...", "all", "example.com/x"}},
		{name: "files", args: []string{"a.go", "sub/b.go"}, dirs: []string{".", "./sub"}},
		{name: "files of one package", args: []string{"a.go", "./a.go"}, dirs: []string{"."}},
		{name: "absolute file", args: []string{abs}, dirs: []string{filepath.Dir(abs)}},
		{name: "parent directory", args: []string{"../" + filepath.Base(dir) + "/a.go"}, dirs: []string{"../" + filepath.Base(dir)}},
		{name: "mixed", args: []string{"a.go", "./sub"}, patterns: []string{"./sub"}, dirs: []string{"."}},
		{name: "directory that looks like a file", args: []string{"./dir.go"}, patterns: []string{"./dir.go"}},
		{name: "package that looks like a file", args: []string{"github.com/nats-io/nats.go"}, patterns: []string{"github.com/nats-io/nats.go"}},
		{name: "missing file", args: []string{"nats.go"}, err: "nats.go: no such file or directory"},
		{name: "missing file in a directory", args: []string{"sub/nats.go"}, err: "sub/nats.go: no such file or directory"},
		{name: "missing file with a dot", args: []string{"./nats.go"}, err: "./nats.go: no such file or directory"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args, err := parseArgs(dir, test.args)
			if test.err != "" {
				assert.EqualError(t, err, test.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, test.patterns, args.patterns)
			assert.Equal(t, test.dirs, args.dirs())
		})
	}
}

func TestEverything(t *testing.T) {
	tests := []struct{ version, want string }{
		{"go1.26.8", "work"},
		{"go1.25", "work"},
		{"devel go1.27-abcdef", "work"},
		{"go1.24.3", filepath.FromSlash("/m/...")},
	}
	for _, test := range tests {
		t.Run(test.version, func(t *testing.T) {
			env := &environment{GOMOD: filepath.FromSlash("/m/go.mod"), GOVERSION: test.version}
			assert.Equal(t, test.want, env.everything())
		})
	}
}
