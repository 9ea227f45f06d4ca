package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// configFile is the name of the configuration file.
const configFile = ".resilint.yml"

// unpack writes the files of an archive to a new directory.
func unpack(t *testing.T, archive *txtar.Archive) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, file := range archive.Files {
		set(t, filepath.Join(dir, filepath.FromSlash(file.Name)), string(file.Data))
	}
	return dir
}

func set(t *testing.T, path, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
}

// TestConfig: what a configuration makes appear or disappear is the same for both kinds of
// driver. Lines of the modules say what is found "with" it, "without" it, and by "standalone"
// alone. go vet has results in its cache each time but the first.
func TestConfig(t *testing.T) {
	archives, err := filepath.Glob("testdata/config/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			require.NoError(t, err)
			dir := unpack(t, archive)
			config := filepath.Join(dir, configFile)
			for _, state := range []string{"with", "without", "with"} {
				stdout, stderr, status := run(t, dir, tool, "./...")
				assert.Empty(t, stderr)
				assert.Equal(t, marked(archive, "both", state, state+" standalone"), places(stdout), stdout)
				assert.Equal(t, min(len(places(stdout)), 1), status)
				_, stderr, _ = run(t, dir, "go", "vet", "-vettool="+tool, "./...")
				assert.Equal(t, marked(archive, "both", state), places(stderr), stderr)

				if state == "with" {
					require.NoError(t, os.Rename(config, config+".off"))
				} else {
					require.NoError(t, os.Rename(config+".off", config))
				}
			}
		})
	}
}

// TestConfigFix: a fix of a user's own client compiles, and is the same by every door.
func TestConfigFix(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/config/inhouse.txtar")
	require.NoError(t, err)
	for _, command := range [][]string{{tool, "-fix", "./..."}, {"go", "fix", "-fixtool=" + tool, "./..."}} {
		dir := unpack(t, archive)
		_, stderr, _ := run(t, dir, command[0], command[1:]...)
		assert.NotContains(t, stderr, "not applied")
		main, err := os.ReadFile(filepath.Join(dir, "main.go"))
		require.NoError(t, err)
		assert.Contains(t, string(main), `made := rpc.New("stock:1")`+"\n\tmade.Timeout = 20 * time.Second")
		assert.Contains(t, string(main), `c := &rpc.Client{Addr: "stock:1", Timeout: 20 * time.Second} //`)
		assert.Contains(t, string(main), `bus := rpc.NewBus()`+"\n\tbus.SetTimeout(20 * time.Second)")
		assert.Contains(t, string(main), "slow := &rpc.Slow{} //", "a number of seconds is not for the rule to choose")
		stdout, stderr, status := run(t, dir, "go", "build", "./...")
		require.Zero(t, status, stdout+stderr)
	}
}

// modules are two of a workspace, and a client that both use.
const modules = `
-- go.work --
go 1.24

use (
	./one
	./two
)
-- one/go.mod --
module example.org/one

go 1.24
-- one/kit/kit.go --
package kit

import "context"

func Call(ctx context.Context) error { return nil }
-- one/one.go --
package one

import (
	"context"

	"example.org/one/kit"
)

func Call() error { return kit.Call(context.Background()) }

func With(ctx context.Context) error { return kit.Call(ctx) }
-- two/go.mod --
module example.org/two

go 1.24
-- two/two.go --
package two

import (
	"context"

	"example.org/one"
	"example.org/one/kit"
)

func Call() error { return kit.Call(context.Background()) }

func With() error { return one.With(context.Background()) }
`

const kitHangs = "catalog:\n  - path: example.org/one/kit\n    calls: [{name: Call, kind: query, context: 0}]\n"

// runWork is run, in a workspace.
func runWork(t *testing.T, dir, name string, args ...string) (output string, status int) {
	t.Helper()
	stdout, stderr, status := run(t, dir, "env", append([]string{"GOWORK=", name}, args...)...)
	return stdout + stderr, status
}

// TestConfigVetCache: the go command answers nothing from its cache that a change of the
// configuration has made wrong, whatever directory it runs in, and answers from it where nothing
// has changed.
func TestConfigVetCache(t *testing.T) {
	dir := unpack(t, txtar.Parse([]byte(modules)))
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	vet := func(in string, patterns ...string) []string {
		t.Helper()
		output, _ := runWork(t, in, "go", append([]string{"vet", "-vettool=" + tool}, patterns...)...)
		assert.NotContains(t, output, "failed")
		return places(output)
	}
	assert.Empty(t, vet(one, "./..."))
	set(t, filepath.Join(one, configFile), kitHangs)
	assert.Equal(t, []string{"one.go:9"}, vet(one, "./..."))
	assert.Equal(t, []string{"../one.go:9"}, vet(filepath.Join(one, "kit"), ".."), "from a package")
	output, _ := runWork(t, two, "go", "-C", one, "vet", "-vettool="+tool, "./...")
	assert.Equal(t, []string{"one.go:9"}, places(output), "with -C")
	set(t, filepath.Join(one, configFile), kitHangs+"rules: {notimeout: false}\n")
	assert.Empty(t, vet(one, "./..."))

	// The second module has no configuration, then one of its own. The go command runs in the
	// first. What the first says of its functions, the second does not understand at the start.
	// (The comment is for the go command, which, asked for the findings of a package, can answer
	// with those that it has of it as a dependency: none. It does so if nothing else differs.)
	set(t, filepath.Join(one, configFile), "# again\n"+kitHangs)
	assert.Empty(t, vet(one, "example.org/two"))
	set(t, filepath.Join(two, configFile), kitHangs)
	assert.Equal(t, []string{"../two/two.go:10", "../two/two.go:12"}, vet(one, "example.org/two"))
	assert.Equal(t, []string{"two/two.go:10", "two/two.go:12"}, vet(dir, "./two"), "from a directory of no module")
	require.NoError(t, os.Remove(filepath.Join(two, configFile)))
	assert.Empty(t, vet(one, "example.org/two"))

	// One for both.
	require.NoError(t, os.Remove(filepath.Join(one, configFile)))
	set(t, filepath.Join(dir, configFile), kitHangs)
	assert.Equal(t, []string{"one/one.go:9", "two/two.go:10", "two/two.go:12"}, vet(dir, "./one", "./two"))

	set(t, filepath.Join(dir, configFile), "rules: {notimeout: false}\n")
	assert.Empty(t, vet(one, "./..."))
	output, _ = runWork(t, one, "go", "vet", "-x", "-vettool="+tool, "./...")
	assert.NotContains(t, output, "vet.cfg", "nothing has changed, and it was analyzed again")
}

// TestConfigWorkspace: the standalone command has one configuration, and says where it is not
// the one of the packages it reports on.
func TestConfigWorkspace(t *testing.T) {
	dir := unpack(t, txtar.Parse([]byte(modules)))
	set(t, filepath.Join(dir, "one", configFile), kitHangs)
	output, status := runWork(t, filepath.Join(dir, "one"), tool, "./...")
	assert.Equal(t, 1, status)
	assert.NotContains(t, output, "workspace")
	assert.Equal(t, []string{"one.go:9"}, places(output))
	output, _ = runWork(t, dir, tool, "./one", "./two")
	assert.Empty(t, places(output))
	assert.Equal(t, 1, strings.Count(output, "in this workspace, the configuration of module example.org/one is another one, which is not used here: run resilint in one\n"), output)
}

// TestConfigMistake: a mistake is said once, and not for each package.
func TestConfigMistake(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/config/inhouse.txtar")
	require.NoError(t, err)
	dir := unpack(t, archive)
	set(t, filepath.Join(dir, configFile), "catalogue: []\n")
	const want = `resilint: .resilint.yml:1:1: unknown key "catalogue": did you mean catalog?` + "\n"
	stdout, stderr, status := run(t, dir, tool, "./...")
	assert.Equal(t, 2, status)
	assert.Empty(t, stdout)
	assert.Equal(t, want, stderr)
	for _, command := range []string{"vet", "fix"} {
		_, stderr, status = run(t, dir, "go", command, "-"+command+"tool="+tool, "./...")
		assert.Equal(t, 1, status)
		assert.Equal(t, 1, strings.Count(stderr, want), stderr)
		assert.Equal(t, 1, strings.Count(stderr, configFile), stderr)
	}
}
