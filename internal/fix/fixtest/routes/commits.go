package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// A commit is one at which a maintainer has not mended yet what resilint reports.
type commit struct {
	Repo   string `json:"repo"` // owner/name
	Before string `json:"before"`
	Dir    string `json:"dir"` // of the module
}

// name returns what a commit is called in the results.
func (c commit) name() string {
	return filepath.Join(strings.Replace(c.Repo, "/", "+", 1)+"@"+c.Before[:min(len(c.Before), 12)], c.Dir)
}

// readCommits reads the commits of a file, a JSON object a line, each one once.
func readCommits(file string) ([]commit, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all []commit
	seen := map[commit]bool{}
	for line := range bytes.Lines(data) {
		var c commit
		if err := json.Unmarshal(line, &c); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if c.Repo != "" && c.Before != "" && !seen[c] {
			seen[c] = true
			all = append(all, c)
		}
	}
	return all, nil
}

var errNoModule = errors.New("it is older than modules: there is no go.mod")

// layOut makes a checkout of a commit in a directory, and returns the module in it that the commit is about. Mirrors may lack large
// files: those are left out.
func (c commit) layOut(mirrors, dir string) (module string, err error) {
	mirror := filepath.Join(mirrors, strings.Replace(c.Repo, "/", "+", 1))
	if _, err := os.Stat(filepath.Join(mirror, "repo", "objects")); err == nil {
		mirror = filepath.Join(mirror, "repo")
	}
	tree, err := exec.Command("git", "-C", mirror, "ls-tree", "-rz", c.Before).Output()
	if err != nil {
		return "", fmt.Errorf("git ls-tree: %w", err)
	}
	cat := exec.Command("git", "-C", mirror, "cat-file", "--batch")
	in, err := cat.StdinPipe()
	if err != nil {
		return "", err
	}
	out, err := cat.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cat.Start(); err != nil {
		return "", err
	}
	blobs := bufio.NewReader(out)
	for entry := range strings.SplitSeq(strings.TrimSuffix(string(tree), "\x00"), "\x00") {
		meta, name, _ := strings.Cut(entry, "\t")
		if fields := strings.Fields(meta); len(fields) == 3 && fields[1] == "blob" {
			if err := write(in, blobs, fields[2], fields[0], filepath.Join(dir, name)); err != nil {
				return "", fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	in.Close()
	if err := cat.Wait(); err != nil {
		return "", fmt.Errorf("git cat-file: %w", err)
	}
	for module = filepath.Join(dir, c.Dir); ; module = filepath.Dir(module) {
		if _, err := os.Stat(filepath.Join(module, "go.mod")); err == nil {
			return module, prepare(dir, module)
		}
		if module == dir {
			return "", errNoModule
		}
	}
}

// write asks for the blob with a hash, and writes it to a file.
func write(in io.Writer, blobs *bufio.Reader, hash, mode, file string) error {
	if _, err := fmt.Fprintln(in, hash); err != nil {
		return err
	}
	head, err := blobs.ReadString('\n') // "hash blob size", or "hash missing"
	if err != nil {
		return err
	}
	fields := strings.Fields(head)
	if len(fields) != 3 {
		return nil
	}
	size, err := strconv.Atoi(fields[2])
	if err != nil {
		return err
	}
	data := make([]byte, size+1) // and a newline
	if _, err := io.ReadFull(blobs, data); err != nil {
		return err
	}
	data = data[:size]
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	perm := fs.FileMode(0o644)
	switch mode {
	case "120000":
		return os.Symlink(string(data), file)
	case "100755":
		perm = 0o755
	}
	return os.WriteFile(file, data, perm)
}

// prepare makes a checkout a repository, as pre-commit has it, and gets what its module requires.
func prepare(dir, module string) error {
	for _, args := range [][]string{
		{"git", "-C", dir, "init", "-q"},
		{"git", "-C", dir, "add", "-A", "-f"},
		{"git", "-C", dir, "-c", "user.name=routes", "-c", "user.email=routes@example.org", "commit", "-q", "-m", "before"},
		{"go", "-C", module, "mod", "download"},
	} {
		if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil && args[0] == "git" {
			return fmt.Errorf("%s: %w: %s", strings.Join(args[:4], " "), err, out)
		}
	}
	return nil
}

// commits runs the modules of commits of which the results have none yet, one after the other.
func (t *table) commits(all []commit, mirrors string) error {
	for _, c := range all {
		if t.had[c.name()] {
			continue
		}
		dir, err := os.MkdirTemp("", "routes")
		if err != nil {
			return err
		}
		module, err := c.layOut(mirrors, dir)
		if err != nil {
			t.out = append(t.out, fmt.Sprintf("%s: %v", c.name(), err))
			fmt.Printf("-\t%s\t%v\n", c.name(), err)
		} else {
			t.module(module, c.name())
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}
