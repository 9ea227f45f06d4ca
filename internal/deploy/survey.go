package deploy

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// A Survey is what the files of modules that are no Go programs say of how these are run, by structure and with
// the places where they say it: what a report goes by.
type Survey struct {
	Workloads   []*Workload
	Experiments []*Experiment // of chaos, in manifests
	FaultTests  []Place       // tests that inject faults
	UniqueKeys  []Place       // of SQL, in migrations

	pipelines []string // what continuous integration runs
}

// A Place is a line of a file.
type Place struct {
	File string // absolute
	Line int
	Text string // what stands there, or what is made of it
}

// An Experiment is a manifest by which an orchestrator injects a fault.
type Experiment struct {
	Place
	Runs bool // continuous integration applies it
}

// Look reads the files of modules, by their directories, and the folders further up in their repositories that say
// how programs are run.
func Look(dirs ...string) *Survey {
	s := &Survey{}
	seen := map[string]bool{}
	for _, dir := range dirs {
		s.tree(dir, seen)
		for _, folder := range beside(dir) {
			s.tree(folder, seen)
		}
	}
	for _, x := range s.Experiments {
		x.Runs = slices.ContainsFunc(s.pipelines, func(text string) bool { return mentions(text, x.File) })
	}
	return s
}

// mentions reports whether a pipeline names a manifest: its file, the folder that it lies in, or what runs such.
func mentions(pipeline, file string) bool {
	return strings.Contains(pipeline, filepath.Base(file)) ||
		regexp.MustCompile(`\b`+regexp.QuoteMeta(filepath.Base(filepath.Dir(file)))+`/`).MatchString(pipeline) && applies.MatchString(pipeline)
}

var applies = regexp.MustCompile(`\b(kubectl|litmusctl|chaosctl|helm|kustomize)\b`)

// beside returns the folders between a module and the root of its repository that say how programs are run, and
// those of continuous integration.
func beside(dir string) []string {
	var folders []string
	for {
		entries, _ := os.ReadDir(dir)
		for _, d := range entries {
			path := filepath.Join(dir, d.Name())
			if d.IsDir() && (operations.MatchString(d.Name()) || pipelineFolder.MatchString(d.Name())) && !isModule(path) {
				folders = append(folders, path)
			} else if pipelineFile.MatchString(d.Name()) {
				folders = append(folders, path)
			}
		}
		parent := filepath.Dir(dir)
		if exists(filepath.Join(dir, ".git")) || parent == dir {
			break
		}
		dir = parent
	}
	return folders
}

var (
	pipelineFolder = regexp.MustCompile(`^\.(github|circleci|woodpecker|buildkite|tekton|drone)$`)
	pipelineFile   = regexp.MustCompile(`^(\.gitlab-ci\.ya?ml|\.drone\.ya?ml|\.travis\.ya?ml|Jenkinsfile|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml)$`)
)

func (s *Survey) tree(root string, seen map[string]bool) {
	n := 0
	_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if n++; n > maxFiles {
			return fs.SkipAll
		}
		switch {
		case err != nil:
			return nil // what cannot be read says nothing
		case d.IsDir():
			if path != root && (skipped.MatchString(d.Name()) || isModule(path)) {
				return fs.SkipDir
			}
		case !seen[path]:
			seen[path] = true
			s.file(path, d)
		}
		return nil
	})
}

func (s *Survey) file(path string, d fs.DirEntry) {
	name := d.Name()
	yaml := strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
	test := strings.HasSuffix(name, "_test.go")
	pipeline := pipelineFile.MatchString(name) || yaml && slices.ContainsFunc(strings.Split(filepath.Dir(path), string(filepath.Separator)), pipelineFolder.MatchString)
	if !yaml && !test && !pipeline && !strings.HasSuffix(name, ".sql") {
		return
	}
	info, err := d.Info()
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxSize {
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return
	}
	switch {
	case pipeline:
		s.pipelines = append(s.pipelines, string(data))
	case test:
		if place, ok := faultIn(path, data); ok {
			s.FaultTests = append(s.FaultTests, place)
		}
	case yaml:
		s.manifest(path, data)
	default:
		s.migration(path, data)
	}
}

// unique begins a key of SQL by which a second row of the same is refused. Those on an id that the database counts
// up say nothing of what comes twice.
var unique = regexp.MustCompile(`(?i)\bUNIQUE\b`)

func (s *Survey) migration(path string, data []byte) {
	for i, line := range bytes.Split(data, []byte("\n")) {
		if text := bytes.TrimSpace(line); unique.Match(text) && !bytes.HasPrefix(text, []byte("--")) {
			s.UniqueKeys = append(s.UniqueKeys, Place{path, i + 1, string(text)})
		}
	}
}
