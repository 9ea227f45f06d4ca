// Package baseline leaves out findings that were there before: those in a file that a team has
// written once, to look at what is new first.
package baseline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/resilint/resilint/internal/report"
)

// version is that of the file's format.
const version = 1

// A Baseline is a list of findings. Findings are told from each other as [report.Fingerprints] does, so
// that an entry stays good when its line moves, and is stale when the line changes.
type Baseline struct {
	Version  int     `json:"version"`
	Findings []Entry `json:"findings"`
}

// An Entry is a finding. The fingerprint alone counts; the rest is for who reads the file.
type Entry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	File        string `json:"file"` // as seen from the folder of the baseline
	Line        int    `json:"line"`
	Message     string `json:"message"`
}

// Read reads a baseline.
func Read(name string) (*Baseline, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: no such file: write it with -write-baseline", name)
	} else if err != nil {
		return nil, err
	}
	b := new(Baseline)
	if err := json.Unmarshal(data, b); err != nil {
		return nil, fmt.Errorf("%s: not a baseline: %w", name, err)
	}
	if b.Version != version {
		return nil, fmt.Errorf("%s: version %d of the format, want %d: write it anew with -write-baseline", name, b.Version, version)
	}
	return b, nil
}

// Of makes a baseline of findings, which are sorted, for a file of that name.
func Of(name string, findings []report.Finding) *Baseline {
	b := &Baseline{Version: version, Findings: []Entry{}}
	root := filepath.Dir(name)
	for i, fingerprint := range report.Fingerprints(root, findings) {
		f := findings[i]
		b.Findings = append(b.Findings, Entry{
			fingerprint, f.Rule + "/" + f.Code, filepath.ToSlash(report.Rel(root, f.Pos.Filename)), f.Pos.Line, f.Message,
		})
	}
	return b
}

// Write writes the baseline to a file: as a whole, or not at all.
func (b *Baseline) Write(name string) error {
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".resilint-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name()) // fails once it is renamed, as it should
	_, err = temp.Write(append(data, '\n'))
	if err := errors.Join(err, temp.Chmod(0o644), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), name)
}

// New returns the findings that are not in the baseline, which is the file of that name, and the entries
// that are no more among the findings.
func (b *Baseline) New(name string, findings []report.Finding) (fresh []report.Finding, stale []Entry) {
	known := map[string]bool{}
	for _, e := range b.Findings {
		known[e.Fingerprint] = true
	}
	found := map[string]bool{}
	for i, fingerprint := range report.Fingerprints(filepath.Dir(name), findings) {
		found[fingerprint] = true
		if !known[fingerprint] {
			fresh = append(fresh, findings[i])
		}
	}
	stale = slices.DeleteFunc(slices.Clone(b.Findings), func(e Entry) bool { return found[e.Fingerprint] })
	return fresh, stale
}
