// Package deploy reads from the files of a module that are not Go how its programs are run and probed:
// Dockerfiles, manifests of Kubernetes, Compose and others. It looks at words, not at structure:
// templates are no YAML.
package deploy

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// Files is what they say.
type Files struct {
	Packaged bool // a program is run in a container, or by an orchestrator or an init system
	Probed   bool // something asks whether it is alive or ready
	ForTests bool // the README says that the module is of use in tests only, or an example that nothing runs
	// Lively are the paths of HTTP probes that ask whether it is alive.
	Lively []string
	// Harnesses are the packages of which a README beside them says that they are part of tests, and the programs of which
	// the module's says that they stand in for services of others, by their paths.
	Harnesses []string

	images []string // the files by which programs come into containers and to orchestrators, in lower case
}

// Orchestrated reports whether a program of the module is put into a container that is not for tests, or
// described to an orchestrator.
func (f *Files) Orchestrated() bool { return len(f.images) > 0 }

// Names reports whether the files that do so mention a program by its name, or build whatever there is.
func (f *Files) Names(program string) bool {
	word := regexp.MustCompile(`\b` + regexp.QuoteMeta(strings.ToLower(program)) + `\b`)
	return slices.ContainsFunc(f.images, func(text string) bool { return word.MatchString(text) || anyProgram.MatchString(text) })
}

// anyProgram is how a Dockerfile builds the program that it is told to, or all.
var anyProgram = regexp.MustCompile(`go (build|install)\b.*(\./\.\.\.|\bcmd/(\.\.\.|\*|\$))`)

const (
	maxFiles = 20000
	maxSize  = 512 << 10
)

// Read reads the files of modules, by their directories, and those that stand beside a go.mod further
// up, as far as the repository reaches.
func Read(dirs ...string) *Files {
	r := &reader{files: &Files{}}
	for _, dir := range dirs {
		r.module, r.programs = moduleOf(dir), nil
		r.tree(dir)
		r.standIns(dir)
		r.module = ""
		r.above(dir)
		r.readme(dir)
	}
	r.files.ForTests = r.files.ForTests || r.example && !r.files.Packaged
	slices.Sort(r.files.Lively)
	r.files.Lively = slices.Compact(r.files.Lively)
	return r.files
}

type reader struct {
	files   *Files
	root    string // of the tree that is read
	module  string // the path of the module whose tree that is, "" if it is another's
	example bool   // the README says that the module is an example
	seen    int

	programs []string // folders of the module's programs, as its tree has them
}

// skipped are folders of other people's files, and of examples.
var skipped = regexp.MustCompile(`^(\.git|vendor|node_modules|testdata|_?examples?|third_party|\.devcontainer)$`)

func (r *reader) tree(dir string) {
	r.root = dir
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
		if rel, err := filepath.Rel(dir, filepath.Dir(path)); err == nil && r.module != "" && d.Name() == "main.go" && rel != "." {
			r.programs = append(r.programs, filepath.ToSlash(rel))
		}
		if r.module != "" && d.Name() == "README.md" {
			r.beside(filepath.Dir(path))
		}
		return nil
	})
}

// beside notes a package of which the README beside it says that it is part of tests.
func (r *reader) beside(dir string) {
	rel, err := filepath.Rel(r.root, dir)
	if text := introduction(dir); err == nil && rel != "." && harness.MatchString(text[:min(len(text), maxParagraph)]) {
		r.files.Harnesses = append(r.files.Harnesses, path.Join(r.module, filepath.ToSlash(rel)))
	}
}

// introduction returns how the README of a folder begins, on one line and in lower case.
func introduction(dir string) string {
	data, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		return ""
	}
	text := string(data[:min(len(data), maxIntroduction)])
	return strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer("*", "", "_", "", "`", "").Replace(text)), " "))
}

// moduleOf returns the path of the module of a directory, "" if there is none.
func moduleOf(dir string) string {
	mod, _ := os.ReadFile(filepath.Join(dir, "go.mod"))
	if match := moduleLine.FindSubmatch(mod); match != nil {
		return string(match[1]) + string(match[2])
	}
	return ""
}

func isModule(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

// above reads the files beside the directories above dir, and the folders there that say how programs are
// run, up to the root of the repository.
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
		r.root = dir
		entries, _ := os.ReadDir(dir)
		for _, d := range entries {
			switch path := filepath.Join(dir, d.Name()); {
			case !d.IsDir():
				r.file(path, d)
			case operations.MatchString(d.Name()) && !isModule(path):
				r.tree(path)
			}
		}
	}
}

// operations are folders of what programs are run with; jobs are BOSH's.
var operations = regexp.MustCompile(`(?i)^(jobs|deploy(ments?)?|k8s|kubernetes|helm|charts?|kustomize|manifests|\.?docker|terraform|infra(structure)?|ops)$`)

// readme notes what the README says of the module: what nobody depends on needs no orchestrator.
func (r *reader) readme(dir string) {
	module := moduleOf(dir)
	if module == "" {
		return
	}
	text := introduction(dir)
	r.example = r.example || anExample.MatchString(text[:min(len(text), maxParagraph)])
	name := strings.ToLower(path.Base(version.ReplaceAllString(module, "")))
	for _, match := range onlyTests.FindAllStringSubmatch(text, -1) {
		if subject := match[1]; subject == name || subject == "this" {
			r.files.ForTests = true
		}
	}
}

// maxIntroduction is how much of a README says what the whole module is for.
const maxIntroduction = 3 << 10

// maxParagraph is how much of it says what it is, in a sentence or two.
const maxParagraph = 400

var (
	moduleLine = regexp.MustCompile(`(?m)^module\s+"?(\S+?)(/v\d+)?"?\s*$`)
	version    = regexp.MustCompile(`/v\d+$`)
	onlyTests  = regexp.MustCompile(`\b(this|[\w-]+)(?: (?:project|program|server|service|tool|repository|software))? is (?:for (?:tests|testing)(?: purposes)? only|(?:intended |meant )?only for (?:tests|testing)|not (?:intended|meant|suited|suitable) for (?:use in )?production)\b`)
	// anExample is what the README of an example says of it.
	anExample = regexp.MustCompile(`\bthis (?:(?:repository|repo|project|program|module|code) )?is (?:just |only )?(?:an?|the) (?:[\w-]+ ){0,2}example (?:of|for|on|showing|that shows)\b`)
	// harness is what the README of a program says that tests are run against.
	harness = regexp.MustCompile(`\b(?:this|the) (?:[\w-]+ ){1,3}(?:is|wraps|exposes|implements|runs|serves|provides)\b[^.]* for (?:[\w-]+ )?(?:compliance|conformance|acceptance|integration|interop|interoperability|e2e|end-to-end|contract) (?:tests?|testing)\b|\bthis is an? (?:[\w-]+ ){0,3}test harness\b`)
)

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

var (
	dockerfile = regexp.MustCompile(`(?i)^(.*[._-])?(dockerfile|containerfile)([._-].*)?$`)
	compose    = regexp.MustCompile(`(?i)^(docker-)?compose.*\.ya?ml$`)
	platform   = regexp.MustCompile(`(?i)^(procfile|fly\.toml|app\.ya?ml|render\.ya?ml|chart\.ya?ml|skaffold\.ya?ml|\.ko\.ya?ml|captain-definition|.*\.nomad(\.hcl)?|.*\.service)$`)
	// A BOSH release asks by monit, and by DNS, and runs no containers of its own.
	bosh     = regexp.MustCompile(`(?i)^(spec|monit)$`)
	manifest = regexp.MustCompile(`(?i)\.(ya?ml|tpl|json|tf|hcl|toml|jsonnet|libsonnet|cue|tmpl|nix)$`)

	workload = regexp.MustCompile(`(?m)^\s*(- )?"?kind"?: *"?(Deployment|StatefulSet|DaemonSet|ReplicaSet|Pod|Rollout)\b`)
	probe    = regexp.MustCompile(`\b(liveness_?probe|readiness_?probe|startup_?probe|LivenessProbe|ReadinessProbe|livenessProbe|readinessProbe|startupProbe|HEALTHCHECK|(dns_)?health_check|healthCheck|healthCheckPath|http_checks|tcp_checks|WatchdogSec)\b|\b[Hh]ealth-?[Cc]heck-?([Pp]ath|[Tt]arget|[Tt]ype|-http-endpoint)|\bAWS::ElasticLoadBalancing|(?m:^check process )`)
	// Of Nomad and Consul: a block that says how to ask.
	check = regexp.MustCompile(`(?s)\bcheck\s*\{[^}]{0,400}?\btype\s*=\s*"(http|tcp|grpc|script)"`)
	// Of Compose, one that speaks HTTP: databases have others.
	asked    = regexp.MustCompile(`(?s)healthcheck:\s.{0,240}?(curl|wget|https?://|/health|\bnc\b|grpc[_-]health[_-]probe)`)
	liveness = regexp.MustCompile(`(?s)livenessProbe:\s.{0,200}?httpGet:\s.{0,120}?path:\s*["']?(/[^\s"'{}]*)`)
)

func (r *reader) file(path string, d fs.DirEntry) {
	name := d.Name()
	packaged := dockerfile.MatchString(name) || compose.MatchString(name) || platform.MatchString(name)
	if !packaged && !manifest.MatchString(name) && !bosh.MatchString(name) {
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
	if strings.TrimSpace(text) == "" {
		return // nobody has written yet how it is run
	}
	works := workload.MatchString(text)
	// A Compose file that builds nothing runs what a developer's program needs.
	r.files.Packaged = r.files.Packaged || packaged && (!compose.MatchString(name) || builds.MatchString(text) || asked.MatchString(text)) || works
	r.files.Probed = r.files.Probed || (packaged || !strings.HasSuffix(name, ".json")) && (probe.MatchString(text) || asked.MatchString(text) || check.MatchString(text))
	if (works || packaged && orchestrates(name, text)) && !r.isDesk(path) {
		r.files.images = append(r.files.images, strings.ToLower(text))
	}
	for _, match := range liveness.FindAllStringSubmatch(text, -1) {
		r.files.Lively = append(r.files.Lively, match[1])
	}
}

// orchestrates reports whether a file has someone look after a program who could ask how it is: an init system
// does not, and neither does Compose where it runs the databases of a developer.
func orchestrates(name, text string) bool {
	return !strings.HasSuffix(name, ".service") && !strings.EqualFold(name, "Procfile") &&
		(!compose.MatchString(name) || builds.MatchString(text))
}

var builds = regexp.MustCompile(`(?m)^\s+build:`)

// isDesk reports whether a file lies in a folder for tests, or for developers.
func (r *reader) isDesk(path string) bool {
	rel, err := filepath.Rel(r.root, path)
	return err == nil && slices.ContainsFunc(strings.Split(filepath.Dir(rel), string(filepath.Separator)), desk.MatchString)
}

var desk = regexp.MustCompile(`(?i)^(\.?ci|\.github|\.circleci|tests?|e2e|integration(-?tests?)?|dev|dev-tools|hack|tools|scripts|mocks?|bench(marks?)?)$`)
