package config

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/token"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// Name is the name of the file.
const Name = ".resilint.yml"

// misnamed is what it is not called.
const misnamed = ".resilint.yaml"

// Find returns the path of the configuration file of the module around dir, or "" if there is
// none. It is the first one from the module's root directory upwards, as far as the root of
// the repository, or of the file system where there is no repository.
//
// It begins at the module's root, whatever directory of the module dir is: a module has one
// configuration.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	if root := above(dir, "go.mod"); root != "" {
		dir = root
	}
	for {
		if name := filepath.Join(dir, misnamed); exists(name) {
			return "", Errors{{Pos: token.Position{Filename: name}, Msg: "the file is called " + Name + "; rename this one, or merge it into the other"}}
		}
		if name := filepath.Join(dir, Name); exists(name) {
			return name, nil
		}
		up := filepath.Dir(dir)
		if up == dir || exists(filepath.Join(dir, ".git")) { // a file, in a worktree
			return "", nil
		}
		dir = up
	}
}

// above returns the nearest directory from dir upwards that contains a file, or "".
func above(dir, file string) string {
	for {
		if info, err := os.Stat(filepath.Join(dir, file)); err == nil && !info.IsDir() {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// exists reports whether there is something of that name, even if it cannot be read.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// Hash returns a hash of all that the configuration can say of packages of the module around
// dir, or, in a workspace, of all its modules. It is "" if there is no configuration.
//
// The go command identifies cached results of a vet tool by the tool's version, which must
// differ wherever the results can. It asks for it once, in its own directory, with the
// environment it has itself.
func Hash(dir string) (string, error) {
	dirs := usedBy(workFile(dir))
	if len(dirs) == 0 {
		dirs = []string{dir}
	}
	sum := sha256.New()
	found := false
	for _, dir := range dirs {
		name, err := Find(dir)
		if err != nil {
			return "", err
		}
		var data []byte
		if name != "" {
			found = true
			if data, err = os.ReadFile(name); err != nil {
				return "", fileError(name, err)
			}
		}
		// Not the path: equal files say the same, wherever they are.
		fmt.Fprintf(sum, "%t %q\n", name != "", data)
	}
	if !found {
		return "", nil
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// workFile returns the path of the workspace's file that is in force in dir, or "".
func workFile(dir string) string {
	switch work := os.Getenv("GOWORK"); work {
	case "off":
		return ""
	case "":
		if root := above(dir, "go.work"); root != "" {
			return filepath.Join(root, "go.work")
		}
		return ""
	default:
		return work
	}
}

// usedBy returns the directories of a workspace's modules, if there is a workspace. A file that does not parse is for
// the go command to report.
func usedBy(work string) []string {
	data, err := os.ReadFile(work)
	if err != nil {
		return nil
	}
	file, err := modfile.ParseWork(work, data, nil)
	if err != nil {
		return nil
	}
	var dirs []string
	for _, use := range file.Use {
		dir := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(filepath.Dir(work), dir)
		}
		dirs = append(dirs, dir)
	}
	return dirs
}
