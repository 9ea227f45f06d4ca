// Package changed asks git which lines of a work tree are new.
package changed

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// Lines are the new lines of files, by absolute name.
type Lines map[string][]span

// A span is lines, both ends included.
type span struct{ first, last int }

// Has reports whether one of the lines first to last of a file is new.
func (l Lines) Has(name string, first, last int) bool {
	for _, s := range l[name] {
		if s.first <= last && first <= s.last {
			return true
		}
	}
	return false
}

// Since returns the lines of Go files in the work tree around dir that are not as they were at a
// revision: changed or added since, whether committed or not, and all lines of files that git does not
// know yet.
func Since(dir, revision string) (Lines, error) {
	if strings.HasPrefix(revision, "-") {
		return nil, fmt.Errorf("%q is no revision", revision)
	}
	up, err := git(dir, "rev-parse", "--show-cdup") // the absolute path would be another one below a symbolic link
	if err != nil {
		return nil, err
	}
	root := filepath.Join(dir, strings.TrimSuffix(string(up), "\n"))
	if _, err := git(dir, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}"); err != nil {
		return nil, fmt.Errorf("git knows no revision %q", revision)
	}
	diff, err := git(root, "-c", "core.quotePath=false", "diff", "--no-ext-diff", "--no-color", "--no-textconv", "--unified=0",
		"--src-prefix=a/", "--dst-prefix=b/", "--find-renames", revision, "--", "*.go")
	if err != nil {
		return nil, err
	}
	lines, err := parse(diff)
	if err != nil {
		return nil, err
	}
	absolute := Lines{}
	for name, spans := range lines {
		absolute[filepath.Join(root, filepath.FromSlash(name))] = spans
	}
	others, err := git(root, "ls-files", "-z", "--others", "--exclude-standard", "--", "*.go")
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(string(others), "\x00") {
		if name != "" {
			absolute[filepath.Join(root, filepath.FromSlash(name))] = []span{{1, 1 << 30}}
		}
	}
	return absolute, nil
}

// parse returns the lines that a diff without context adds, by the names of files in it.
func parse(diff []byte) (Lines, error) {
	lines := Lines{}
	name := ""
	in := bufio.NewScanner(bytes.NewReader(diff))
	in.Buffer(nil, 1<<28)
	body := 0 // lines of the hunk to come
	for in.Scan() {
		line := in.Text()
		switch {
		case body > 0 && line != "" && (line[0] == '+' || line[0] == '-'):
			body--
		case strings.HasPrefix(line, "+++ "):
			name = ""
			file := strings.TrimSuffix(line[len("+++ "):], "\t")
			if quoted, err := strconv.Unquote(file); err == nil {
				file = quoted
			}
			if rest, ok := strings.CutPrefix(file, "b/"); ok {
				name = rest
			}
		case strings.HasPrefix(line, "@@ "):
			removed, added, err := hunk(line)
			if err != nil {
				return nil, err
			}
			body = removed.count + added.count
			if name != "" && added.count > 0 {
				lines[name] = append(lines[name], span{added.first, added.first + added.count - 1})
			}
		}
	}
	return lines, in.Err()
}

type extent struct{ first, count int }

// hunk reads the header of a hunk: "@@ -1,2 +3,4 @@".
func hunk(line string) (removed, added extent, err error) {
	fields := strings.Fields(line)
	if len(fields) < 4 || fields[3] != "@@" {
		return removed, added, fmt.Errorf("git diff: no header of a hunk: %q", line)
	}
	removed, err = extentOf(fields[1], "-")
	if err == nil {
		added, err = extentOf(fields[2], "+")
	}
	return removed, added, err
}

func extentOf(field, sign string) (extent, error) {
	first, count, many := strings.Cut(strings.TrimPrefix(field, sign), ",")
	e := extent{count: 1}
	var err1, err2 error
	e.first, err1 = strconv.Atoi(first)
	if many {
		e.count, err2 = strconv.Atoi(count)
	}
	if !strings.HasPrefix(field, sign) || errors.Join(err1, err2) != nil || e.first < 0 || e.count < 0 {
		return e, fmt.Errorf("git diff: %q in the header of a hunk", field)
	}
	return e, nil
}

func git(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		first, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return nil, fmt.Errorf("git %s: %s", args[0], first)
	} else if err != nil {
		return nil, fmt.Errorf("cannot run git: %w", err)
	}
	return out, nil
}
