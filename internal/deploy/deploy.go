// Package deploy reads from the files of a module that are not Go how its programs are run and probed:
// Dockerfiles, manifests of Kubernetes, Compose and others. It looks at words, not at structure:
// templates are no YAML.
package deploy

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Files is what they say.
type Files struct {
	Packaged bool // a program is run in a container, or by an orchestrator or an init system
	Probed   bool // something asks whether it is alive or ready
	// Lively are the paths of HTTP probes that ask whether it is alive.
	Lively []string
}

const (
	maxFiles = 20000
	maxSize  = 512 << 10
)

// Read reads the files of modules, by their directories, and those that stand beside a go.mod further
// up, as far as the repository reaches.
func Read(dirs ...string) *Files {
	r := &reader{files: &Files{}}
	for _, dir := range dirs {
		r.tree(dir)
		r.above(dir)
	}
	slices.Sort(r.files.Lively)
	r.files.Lively = slices.Compact(r.files.Lively)
	return r.files
}

type reader struct {
	files *Files
	seen  int
}

// skipped are folders of other people's files, and of examples.
var skipped = regexp.MustCompile(`^(\.git|vendor|node_modules|testdata|_?examples?|third_party|\.devcontainer)$`)

func (r *reader) tree(dir string) {
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if r.seen++; r.seen > maxFiles {
			return fs.SkipAll
		}
		if err != nil {
			return nil // what cannot be read says nothing
		}
		if d.IsDir() {
			if path != dir && (skipped.MatchString(d.Name()) || isModule(path)) {
				return fs.SkipDir
			}
			return nil
		}
		r.file(path, d)
		return nil
	})
}

func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// above reads the files beside the directories above dir, up to the root of the repository.
func (r *reader) above(dir string) {
	root := dir
	for !exists(filepath.Join(root, ".git")) {
		parent := filepath.Dir(root)
		if parent == root {
			return // no repository
		}
		root = parent
	}
	for dir != root {
		dir = filepath.Dir(dir)
		entries, _ := os.ReadDir(dir)
		for _, d := range entries {
			if !d.IsDir() {
				r.file(filepath.Join(dir, d.Name()), d)
			}
		}
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

var (
	dockerfile = regexp.MustCompile(`(?i)^(.*[._-])?(dockerfile|containerfile)([._-].*)?$`)
	compose    = regexp.MustCompile(`(?i)^(docker-)?compose.*\.ya?ml$`)
	platform   = regexp.MustCompile(`(?i)^(procfile|fly\.toml|app\.ya?ml|render\.ya?ml|chart\.ya?ml|skaffold\.ya?ml|\.ko\.ya?ml|captain-definition|.*\.nomad(\.hcl)?|.*\.service)$`)
	manifest   = regexp.MustCompile(`(?i)\.(ya?ml|tpl|json|tf|hcl|toml|jsonnet|libsonnet|cue|tmpl|nix)$`)

	workload = regexp.MustCompile(`(?m)^\s*(- )?"?kind"?: *"?(Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Rollout)\b`)
	probe    = regexp.MustCompile(`\b(liveness_?probe|readiness_?probe|startup_?probe|LivenessProbe|ReadinessProbe|livenessProbe|readinessProbe|startupProbe|HEALTHCHECK|health_check|healthCheck|healthCheckPath|http_checks|tcp_checks|WatchdogSec)\b`)
	// Of Compose, one that speaks HTTP: databases have others.
	asked    = regexp.MustCompile(`(?s)healthcheck:\s.{0,240}?(curl|wget|https?://|/health)`)
	liveness = regexp.MustCompile(`(?s)livenessProbe:\s.{0,200}?httpGet:\s.{0,120}?path:\s*["']?(/[^\s"'{}]*)`)
)

func (r *reader) file(path string, d fs.DirEntry) {
	name := d.Name()
	packaged := dockerfile.MatchString(name) || compose.MatchString(name) || platform.MatchString(name)
	if !packaged && !manifest.MatchString(name) {
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
	text := string(data)
	r.files.Packaged = r.files.Packaged || packaged || workload.MatchString(text)
	r.files.Probed = r.files.Probed || (packaged || !strings.HasSuffix(name, ".json")) && (probe.MatchString(text) || asked.MatchString(text))
	for _, match := range liveness.FindAllStringSubmatch(text, -1) {
		r.files.Lively = append(r.files.Lively, match[1])
	}
}
