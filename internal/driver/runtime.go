package driver

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/resilint/resilint/internal/fix"
)

// provide sees to it that the module around dir requires what fixes of the runtime style import,
// before anything is loaded. Without -get it says what is missing.
func (r *runner) provide(dir string) error {
	if !r.opts.fix && !r.opts.diff || r.opts.style != fix.Runtime || fix.Requires(dir, fix.RuntimeModule) {
		return nil
	}
	if !r.opts.get {
		return fmt.Errorf("fixes of the runtime style import %s, which go.mod does not require: use -fix -get, or run 'go get %[1]s' first", fix.RuntimeModule)
	}
	goMod := fix.GoMod(dir)
	if goMod == "" {
		return nil // loading says so
	}
	root := filepath.Dir(goMod)
	if info, err := os.Stat(filepath.Join(root, "vendor", "modules.txt")); err == nil && info.Mode().IsRegular() {
		return fmt.Errorf("-get: the module has its dependencies in vendor: run 'go get %s' and 'go mod vendor' first", fix.RuntimeModule)
	}
	version := r.opts.runtimeVersion
	if version == "" {
		if version = released(); version == "" {
			return errors.New("-get: this is a development build, to which no release of the runtime belongs: add -runtime-version")
		}
	}
	cmd := exec.Command("go", "get", fix.RuntimeModule+"@"+version)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("-get: go get %s@%s: %s", fix.RuntimeModule, version, lastLine(stderr.String(), err))
	}
	r.note("%s now requires %s %s", r.rel(goMod), fix.RuntimeModule, version)
	return nil
}

// lastLine returns the last line that a command has written, or else why it failed.
func lastLine(stderr string, err error) string {
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	if last := strings.TrimSpace(lines[len(lines)-1]); last != "" {
		return last
	}
	return err.Error()
}

// released returns the version of the command, "" if it is none that was released.
func released() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || !semver.IsValid(info.Main.Version) || module.IsPseudoVersion(info.Main.Version) || strings.Contains(info.Main.Version, "+") {
		return ""
	}
	return info.Main.Version
}
