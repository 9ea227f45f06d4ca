//go:build unix

// The benchmarks command measures what resilint costs beside other linters, and prints the tables of
// docs/benchmarks.md.
//
//	go run ./benchmarks -dir=/tmp/bench [-rounds=5] [-repos=oauth2-proxy,nats-server,gitea] [-rows=regexp]
//
// It fetches what it measures and what it measures with through the module proxy, into the directory, where it
// also keeps a build cache and the results. Rounds go through all rows in turn, so that what else the
// machine does falls on all of them. A row that has its result for a round is not measured again: the
// command can be stopped and started at any time, and -rounds raised.
package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
)

// A repository is one to measure on.
type repository struct {
	name, module, version string
	edit                  string // a file of a package that many import
}

var repositories = []repository{
	{"oauth2-proxy", "github.com/oauth2-proxy/oauth2-proxy/v7", "v7.15.6", "pkg/logger/logger.go"},
	{"nats-server", "github.com/nats-io/nats-server/v2", "v2.15.2", "logger/log.go"},
	{"gitea", "code.gitea.io/gitea", "v1.26.0", "modules/util/util.go"},
}

const (
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
	linters     = "noctx,gosec,bodyclose,contextcheck"
)

// A result is one measurement.
type result struct {
	Repo, Row string
	Round     int
	Wall, CPU float64 // seconds; CPU is user and system time of all processes
	Peak      float64 // MB, of the largest process
}

type bench struct {
	dir     string
	rows    *regexp.Regexp
	results []result
}

func main() {
	log.SetFlags(log.Ltime)
	dir := flag.String("dir", "", "directory for sources, tools, caches and results; about 15 GB")
	rounds := flag.Int("rounds", 5, "measurements of each row")
	coldRounds := flag.Int("cold-rounds", 3, "measurements of rows that begin with nothing cached, which take minutes")
	repos := flag.String("repos", "oauth2-proxy,nats-server,gitea", "comma-separated repositories")
	rows := flag.String("rows", "", "regular expression: measure only these rows")
	table := flag.Bool("table", false, "measure nothing, print the tables")
	flag.Parse()
	if *dir == "" {
		log.Fatal("-dir is missing")
	}
	b := &bench{dir: *dir, rows: regexp.MustCompile(*rows)}
	if err := b.main(strings.Split(*repos, ","), *rounds, *coldRounds, *table); err != nil {
		log.Fatal(err)
	}
}

func (b *bench) main(repos []string, rounds, coldRounds int, tableOnly bool) error {
	var err error
	if b.dir, err = filepath.Abs(b.dir); err != nil {
		return err
	}
	if err := b.load(); err != nil {
		return err
	}
	chosen := slices.DeleteFunc(slices.Clone(repositories), func(r repository) bool { return !slices.Contains(repos, r.name) })
	if !tableOnly {
		if err := b.prepare(chosen); err != nil {
			return err
		}
		for round := range max(rounds, coldRounds) {
			for _, repo := range chosen {
				for _, row := range b.allRows(repo) {
					if row.cold && round >= coldRounds || !row.cold && round >= rounds || !b.rows.MatchString(row.name) {
						continue
					}
					if err := b.measure(repo, row, round); err != nil {
						return err
					}
				}
			}
		}
	}
	b.print(chosen)
	return nil
}

// env is the environment of everything that is run.
func (b *bench) env(extra ...string) []string {
	return append(append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local", "GOCACHE="+b.path("gocache"),
		"STATICCHECK_CACHE="+b.path("cache/staticcheck"), "GOLANGCI_LINT_CACHE="+b.path("cache/golangci")), extra...)
}

func (b *bench) path(name string) string { return filepath.Join(b.dir, filepath.FromSlash(name)) }

func (b *bench) src(repo repository) string { return b.path("src/" + repo.name) }

// run runs a command that must succeed.
func (b *bench) run(dir, name string, args ...string) ([]byte, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = dir, b.env("GOBIN="+b.path("bin"))
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, stderr.String())
	}
	return out, nil
}

// prepare gets sources and tools, and compiles what the sources depend on.
func (b *bench) prepare(repos []repository) error {
	root, err := os.Getwd()
	if err != nil {
		return err
	}
	for _, name := range []string{"src", "bin", "cache", "gocache"} {
		if err := os.MkdirAll(b.path(name), 0o777); err != nil {
			return err
		}
	}
	log.Print("building resilint")
	if _, err := b.run(root, "go", "build", "-o", b.path("bin/resilint"), "./cmd/resilint"); err != nil {
		return fmt.Errorf("run it in the root of the repository: %w", err)
	}
	if _, err := os.Stat(b.path("bin/staticcheck")); err != nil {
		log.Print("building staticcheck")
		if _, err := b.run(root, "go", "install", staticcheck); err != nil {
			return err
		}
	}
	if err := b.golangci(root); err != nil {
		return err
	}
	for _, repo := range repos {
		if err := b.fetch(repo); err != nil {
			return err
		}
		log.Printf("%s: compiling what it and its tests depend on", repo.name)
		if err := b.compile(repo); err != nil {
			return err
		}
	}
	return nil
}

// compile has the go command compile all that a package or a test imports.
func (b *bench) compile(repo repository) error {
	_, err := b.run(b.src(repo), "go", "list", "-test", "-deps", "-export", "./...")
	return err
}

// golangci builds golangci-lint with the plugin, from its modules.
func (b *bench) golangci(root string) error {
	log.Print("building golangci-lint with the plugin")
	from := filepath.Join(root, "internal/e2e/testdata/golangci")
	if err := os.MkdirAll(b.path("golangci"), 0o777); err != nil {
		return err
	}
	for name, to := range map[string]string{"main.go": "main.go", "go.mod.txt": "go.mod", "go.sum.txt": "go.sum"} {
		text, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if to == "go.mod" {
			text = append(text, "\nreplace github.com/resilint/resilint => "+root+"\n"...)
		}
		if err := os.WriteFile(b.path("golangci/"+to), text, 0o666); err != nil {
			return err
		}
	}
	if _, err := b.run(b.path("golangci"), "go", "build", "-o", b.path("bin/golangci-lint"), "."); err != nil {
		return err
	}
	return os.WriteFile(b.path("plugin.yml"), []byte(`version: "2"
linters:
  default: none
  enable: [resilint]
  settings: {custom: {resilint: {type: module}}}
`), 0o666)
}

// fetch copies the source of a repository from the module cache.
func (b *bench) fetch(repo repository) error {
	if _, err := os.Stat(b.src(repo)); err == nil {
		return nil
	}
	log.Printf("%s: fetching %s", repo.name, repo.version)
	out, err := b.run(b.dir, "go", "mod", "download", "-json", repo.module+"@"+repo.version)
	if err != nil {
		return err
	}
	var got struct{ Dir string }
	if err := json.Unmarshal(out, &got); err != nil {
		return err
	}
	temp := b.src(repo) + ".part"
	if err := os.RemoveAll(temp); err != nil {
		return err
	}
	if err := os.CopyFS(temp, os.DirFS(got.Dir)); err != nil {
		return err
	}
	if err := filepath.WalkDir(temp, func(path string, d os.DirEntry, err error) error {
		if err == nil {
			err = os.Chmod(path, 0o755)
		}
		return err
	}); err != nil {
		return err
	}
	return os.Rename(temp, b.src(repo))
}

// A row is a way to run a linter.
type row struct {
	name    string
	cold    bool         // begins with nothing cached but compiled dependencies
	before  func() error // not measured; may be nil
	command []string
}

func (b *bench) allRows(repo repository) []row {
	self, golangci := b.path("bin/resilint"), b.path("bin/golangci-lint")
	standalone := []string{self, "./..."}
	vetTool := []string{"go", "vet", "-vettool=" + b.path("bin/resilint-vettool"), "./..."}
	lint := func(args ...string) []string {
		return append(append([]string{golangci, "run"}, args...), "./...")
	}
	few, one := lint("--no-config", "--enable-only="+linters), lint("--no-config", "--enable-only=noctx")
	plugin := lint("--config=" + b.path("plugin.yml"))
	forget := func(cache string) func() error {
		return func() error { return os.RemoveAll(b.path("cache/" + cache)) }
	}
	// The flags of a vet are part of what the go command keeps its results by.
	vet := func(id string) []string {
		return []string{"go", "vet", "-unusedresult.funcs=fmt.Sprint," + id, "./..."}
	}
	id := "a." + rand.Text()
	return []row{
		{"resilint, nothing analyzed yet", false, nil, standalone},
		{"resilint, after an edit", false, func() error { return b.edit(repo) }, standalone},
		{"resilint, unchanged", false, nil, standalone},
		{"go vet -vettool=resilint, cold", true, func() error { return errors.Join(b.compile(repo), b.newTool()) }, vetTool},
		{"go vet -vettool=resilint, warm", false, func() error { return b.once(repo, vetTool) }, vetTool},
		{"go vet, cold", true, func() error { return b.compile(repo) }, vet(id)},
		{"go vet, warm", false, func() error { return b.once(repo, vet("a.b")) }, vet("a.b")},
		{"staticcheck, cold", true, forget("staticcheck"), []string{b.path("bin/staticcheck"), "./..."}},
		{"staticcheck, warm", false, func() error { return b.once(repo, []string{b.path("bin/staticcheck"), "./..."}) }, []string{b.path("bin/staticcheck"), "./..."}},
		{"golangci-lint, noctx, cold", true, forget("golangci"), one},
		{"golangci-lint, noctx, warm", false, func() error { return b.once(repo, one) }, one},
		{"golangci-lint, " + linters + ", cold", true, forget("golangci"), few},
		{"golangci-lint, " + linters + ", warm", false, func() error { return b.once(repo, few) }, few},
		{"golangci-lint with resilint, cold", true, forget("golangci"), plugin},
		{"golangci-lint with resilint, warm", false, func() error { return b.once(repo, plugin) }, plugin},
	}
}

// newTool makes resilint another vet tool to the go command, which knows it by its bytes.
func (b *bench) newTool() error {
	data, err := os.ReadFile(b.path("bin/resilint"))
	if err != nil {
		return err
	}
	return os.WriteFile(b.path("bin/resilint-vettool"), append(data, rand.Text()...), 0o755)
}

// once runs a command before it is measured with what it has cached.
func (b *bench) once(repo repository, command []string) error {
	if _, err := os.Stat(b.path("bin/resilint-vettool")); err != nil {
		if err := b.newTool(); err != nil {
			return err
		}
	}
	_, err := b.time(repo, command)
	return err
}

// edit adds a variable to a package that many import, in place of the last one.
func (b *bench) edit(repo repository) error {
	name := filepath.Join(b.src(repo), filepath.FromSlash(repo.edit))
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, _, _ := strings.Cut(string(text), "\n\nvar benchmark")
	return os.WriteFile(name, []byte(strings.TrimRight(before, "\n")+"\n\nvar benchmark"+rand.Text()+" int\n"), 0o666)
}

// time runs a command. That it finds something is no failure.
func (b *bench) time(repo repository, command []string) (result, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Env = b.src(repo), b.env()
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return result{}, err
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return result{
		Wall: wall.Seconds(),
		CPU:  (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(),
		Peak: float64(usage.Maxrss) / 1024, // of kB, as Linux counts
	}, nil
}

// measure measures a row unless it was.
func (b *bench) measure(repo repository, row row, round int) error {
	if slices.ContainsFunc(b.results, func(r result) bool { return r.Repo == repo.name && r.Row == row.name && r.Round == round }) {
		return nil
	}
	if row.before != nil {
		if err := row.before(); err != nil {
			return err
		}
	}
	r, err := b.time(repo, row.command)
	if err != nil {
		return err
	}
	r.Repo, r.Row, r.Round = repo.name, row.name, round
	log.Printf("%s, round %d: %s: %.1f s, %.1f s, %.0f MB", repo.name, round+1, row.name, r.Wall, r.CPU, r.Peak)
	return b.save(r)
}

func (b *bench) load() error {
	data, err := os.ReadFile(b.path("results.json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		var r result
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			return fmt.Errorf("results.json: %w", err)
		}
		b.results = append(b.results, r)
	}
	return nil
}

func (b *bench) save(r result) error {
	b.results = append(b.results, r)
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(b.path("results.json"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Close())
}
