package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// A command is a line of a page, and how it has to end in a module that has findings.
type command struct {
	line   string
	status int
	says   string // is among what it prints
	needs  string // a program that not everybody has, or what cannot be had here
}

// github is what no test has.
const github = "GitHub"

// commands are the lines of the pages for newcomers, as they are written there, in their order.
var commands = map[string][]command{
	"README.md": {
		{line: "go install github.com/resilint/resilint/cmd/resilint@latest"},
		{line: "resilint ./...                  # what can hang", status: 1, says: "has no timeout"},
		{line: "resilint -diff ./...            # the fixes, as a diff that git apply takes", status: 1, says: "+++ b/order/"},
		{line: "resilint -fix ./...             # make them; one that would not compile is left out, and named", status: 1, says: "fixed "},
		{line: "resilint -json ./...            # for programs: the shape of go vet -json", says: `"suggested_fixes"`},
		{line: "resilint -sarif ./...           # for code scanning; -rdjson for reviewdog", says: `"version": "2.1.0"`},
		{line: "resilint -new-from-rev=main ./... # only what stands on new lines"},
		{line: "resilint path/to/file.go        # one file", status: 2, says: "path/to/file.go"},
		{line: "resilint report ./...           # what is protected, row by row, and a map; -format=html", says: "Graceful shutdown"},
		{line: "resilint help notimeout         # the manual of a rule", says: "notimeout: report"},
		{line: "go vet -vettool=$(which resilint) ./...", status: 1},
		{line: "go fix -fixtool=$(which resilint) ./..."},
	},
	"docs/doors/go-vet.md": {
		{line: "go install github.com/resilint/resilint/cmd/resilint@latest"},
		{line: "go vet -vettool=$(which resilint) ./...", status: 1, says: "has no timeout"},
		{line: "go fix -fixtool=$(which resilint) -diff ./...", status: 1, says: "+++ "},
		{line: "go fix -fixtool=$(which resilint) ./..."},
		{line: "cp go.mod tools.mod"},
		{line: "go get -tool -modfile=tools.mod github.com/resilint/resilint/cmd/resilint@latest"},
		{line: "go tool -modfile=tools.mod resilint ./...", status: 1, says: "(notimeout/"},
		{line: "go vet -vettool=$(go tool -modfile=tools.mod -n resilint) ./...", status: 1, says: "for ever"},
	},
	"docs/doors/pre-commit.md": {
		{line: "pre-commit install", says: "pre-commit installed", needs: "pre-commit"},
		{line: "pre-commit run resilint-new", says: "resilint (lines that are new)", needs: "pre-commit"},
	},
	"docs/doors/ci.md": {
		{line: "resilint -new-from-rev=origin/main ./..."},
		{line: "resilint -baseline=.resilint-baseline.json -write-baseline ./...   # once; commit the file"},
		{line: "resilint -baseline=.resilint-baseline.json ./...                   # what is not in it"},
		{line: "resilint -sarif ./... > resilint.sarif"},
		{line: "resilint -rdjson ./... | reviewdog -f=rdjson -reporter=github-pr-review", needs: github},
	},
	"docs/doors/golangci-lint.md": {
		{line: "golangci-lint custom", needs: "golangci-lint"},
		{line: "./golangci-lint-resilint run ./...", status: 1, says: "(resilint)", needs: "golangci-lint"},
	},
	"docs/doors/nogo.md":   nil,
	"docs/doors/README.md": nil,
}

// TestAction runs the steps of the GitHub action as a runner does: with their inputs in the environment.
func TestAction(t *testing.T) {
	if testing.Short() {
		t.Skip("builds resilint as a newcomer does")
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash not found")
	}
	newcomer(t)
	t.Setenv("GOPATH", filepath.Dir(os.Getenv("GOBIN"))) // where the action looks for it
	text, err := os.ReadFile("../../action.yml")
	require.NoError(t, err)
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct {
			Steps []struct {
				Name, If, Run    string
				Env              map[string]string
				WorkingDirectory string `yaml:"working-directory"`
			}
		}
	}
	require.NoError(t, yaml.Unmarshal(text, &action))
	require.Len(t, action.Runs.Steps, 3)
	for _, test := range []struct {
		name   string
		inputs map[string]string
		status int
		sarif  bool
	}{
		{"defaults", nil, 1, false},
		{"one package that has nothing to report", map[string]string{"args": "./internal/id"}, 0, false},
		{"findings are no failure", map[string]string{"fail-on": "never"}, 0, false},
		{"new lines only", map[string]string{"new-from-rev": "HEAD"}, 0, false},
		{"code scanning", map[string]string{"sarif": "resilint.sarif"}, 1, true},
		{"a wrong flag", map[string]string{"args": "-nosuchflag ./...", "fail-on": "never"}, 2, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := clone(t, "docs/doors/ci.md")
			t.Setenv("GITHUB_WORKSPACE", dir)
			value := func(name string) string {
				if v, ok := test.inputs[name]; ok {
					return v
				}
				return action.Inputs[name].Default
			}
			status := 0
			for _, step := range action.Runs.Steps {
				if step.If != "" && value("sarif") == "" { // inputs.sarif != ''
					continue
				}
				for name, v := range step.Env {
					input := actionInput.FindStringSubmatch(v)
					require.NotNil(t, input, v)
					t.Setenv(name, value(input[1]))
				}
				out, stderr, exit := run(t, dir, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.Run)
				if status = exit; status != 0 {
					t.Logf("%s: %s%s", step.Name, out, stderr)
					break
				}
			}
			assert.Equal(t, test.status, status)
			_, err := os.Stat(filepath.Join(dir, "resilint.sarif"))
			assert.Equal(t, test.sarif, err == nil)
		})
	}
}

var actionInput = regexp.MustCompile(`^\$\{\{ inputs\.([a-z-]+) \}\}$`)

// TestPages runs what the pages for newcomers say, as it is written there, in a module that has findings, with a
// module proxy and a git repository that have this code as their latest version.
func TestPages(t *testing.T) {
	if testing.Short() {
		t.Skip("builds resilint as a newcomer does")
	}
	newcomer(t)
	for page, want := range commands {
		t.Run(strings.TrimSuffix(filepath.Base(page), ".md"), func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../..", page))
			require.NoError(t, err)
			var lines []string
			for _, c := range want {
				lines = append(lines, c.line)
			}
			written := commandLines(string(text))
			if page == "README.md" { // what is run in this repository is for TestMusiccorp and the like
				written = after(written, lines[0])
			}
			assert.ElementsMatch(t, written, lines, "the page has other commands than the test")
			dir := clone(t, page)
			for _, c := range want {
				if _, err := exec.LookPath(c.needs); c.needs != "" && err != nil {
					t.Logf("not run, for want of %s: %s", c.needs, c.line)
					continue
				}
				if strings.HasPrefix(c.line, "go install ") {
					continue // newcomer has run it
				}
				stdout, stderr, status := run(t, dir, "sh", "-c", c.line)
				assert.Equal(t, c.status, status, "%s\n%s%s", c.line, stdout, stderr)
				assert.Contains(t, stdout+stderr, c.says, c.line)
				if strings.Contains(c.line, "fix") { // the next ones are to find what it has mended
					run(t, dir, "git", "checkout", "-q", ".")
				}
			}
		})
	}
}

// newcomer sets up a machine that has nothing of resilint, but a module proxy and a git repository that have
// this code as its latest version, and installs it.
func newcomer(t *testing.T) {
	t.Helper()
	const version = "v0.1.0"
	published := t.TempDir()
	publish(t, published, "github.com/resilint/resilint", version, "../..")
	publish(t, published, "github.com/resilint/resilint/runtime", version, "../../runtime")
	env, err := exec.Command("go", "env", "GOMODCACHE", "GOPROXY").Output()
	require.NoError(t, err)
	has, proxies, _ := strings.Cut(strings.TrimSpace(string(env)), "\n")
	bin := filepath.Join(t.TempDir(), "bin")
	// What the machine has is a proxy, too. A module cache of its own, since the version is another one each time.
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(published)+",file://"+filepath.ToSlash(filepath.Join(has, "cache", "download"))+","+proxies)
	t.Setenv("GOMODCACHE", t.TempDir())
	t.Cleanup(func() { run(t, ".", "go", "clean", "-modcache") }) // it is read-only
	t.Setenv("GONOSUMDB", "github.com/resilint/*")
	t.Setenv("GOTOOLCHAIN", "local")
	t.Setenv("GOBIN", bin)
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv("PRE_COMMIT_HOME", t.TempDir())
	code, lint := repository(t, version), golangciLint(t)
	// As variables, since pre-commit drops those that name a file.
	t.Setenv("GIT_CONFIG_COUNT", "3")
	t.Setenv("GIT_CONFIG_KEY_0", "url."+code+".insteadOf")
	t.Setenv("GIT_CONFIG_VALUE_0", "https://github.com/resilint/resilint")
	t.Setenv("GIT_CONFIG_KEY_1", "safe.directory")
	t.Setenv("GIT_CONFIG_VALUE_1", "*")
	t.Setenv("GIT_CONFIG_KEY_2", "url."+lint+".insteadOf")
	t.Setenv("GIT_CONFIG_VALUE_2", "https://github.com/golangci/golangci-lint.git")

	// What is compiled so does not depend on where modules lie, and the next run has it. (Not for
	// go fix, which failed so: it looked for files of another copy of the system.)
	t.Setenv("E2E_GOFLAGS", "-trimpath")
	out, stderr, status := run(t, ".", "go", "install", "github.com/resilint/resilint/cmd/resilint@latest")
	require.Zero(t, status, out+stderr)
	t.Setenv("E2E_GOFLAGS", "")
}

// repository makes a git repository that has this code under a tag.
func repository(t *testing.T, tag string) string {
	t.Helper()
	dir := t.TempDir()
	out, err := exec.Command("git", "-C", "../..", "ls-files", "-co", "--exclude-standard").Output()
	if err != nil {
		t.Skip("not in a clone of the repository")
	}
	for _, name := range strings.Fields(string(out)) {
		text, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			continue // deleted, and git has not been told
		}
		to := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(to), 0o777))
		require.NoError(t, os.WriteFile(to, text, 0o666))
	}
	commit(t, dir)
	git(t, dir, "tag", tag)
	return dir
}

// golangciLint makes a git repository of golangci-lint's module, of the version that the page builds one of: the
// command clones it.
func golangciLint(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("golangci-lint"); err != nil {
		return "/nowhere"
	}
	text, err := os.ReadFile("../../docs/doors/golangci-lint.md")
	require.NoError(t, err)
	version := regexp.MustCompile(`(?m)^version: (v2\S+)$`).FindSubmatch(text)
	require.NotNil(t, version)
	out, stderr, status := run(t, t.TempDir(), "go", "mod", "download", "-json", "github.com/golangci/golangci-lint/v2@"+string(version[1]))
	require.Zero(t, status, stderr)
	var module struct{ Dir string }
	require.NoError(t, json.Unmarshal([]byte(out), &module))
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(module.Dir)))
	commit(t, dir)
	git(t, dir, "tag", string(version[1]))
	return dir
}

func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	out, stderr, status := run(t, dir, "git", args...)
	require.Zero(t, status, "git %s: %s%s", args, out, stderr)
}

// commit makes a git repository of a folder.
func commit(t *testing.T, dir string) {
	t.Helper()
	git(t, dir, "init", "-q", "-b", "main")
	git(t, dir, "add", "-A")
	git(t, dir, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first")
}

// clone returns a clone of a repository with the example system, and with the files that a page shows.
func clone(t *testing.T, page string) string {
	t.Helper()
	origin := copyMusiccorp(t)
	text, err := os.ReadFile(filepath.Join("../..", page))
	require.NoError(t, err)
	for _, file := range shownFile.FindAllStringSubmatch(string(text), -1) {
		require.NoError(t, os.WriteFile(filepath.Join(origin, file[1]), []byte(file[2]), 0o666))
	}
	commit(t, origin)
	dir := filepath.Join(t.TempDir(), "musiccorp")
	git(t, origin, "clone", "-q", origin, dir)
	return dir
}

var (
	shownFile  = regexp.MustCompile("(?ms)^```yaml\n# (\\.[a-z-]+\\.ya?ml)\n(.*?)^```$")
	shellBlock = regexp.MustCompile("(?ms)^```sh\n(.*?)^```$")
)

// commandLines returns the lines of the shell blocks of a page.
func commandLines(text string) []string {
	var lines []string
	for _, block := range shellBlock.FindAllStringSubmatch(text, -1) {
		for line := range strings.Lines(block[1]) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "$") && !strings.HasPrefix(line, "#") {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// after returns the lines from one on.
func after(lines []string, first string) []string {
	for i, line := range lines {
		if line == first {
			return lines[i:]
		}
	}
	return nil
}
