package apply

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// rename is replaced by tests.
var rename = os.Rename

// Write writes the changes: all of them, or, if it returns an error, none.
//
// New contents are first written beside the files. Then they are renamed,
// which cannot fail half-way for a single file; if it fails for a later one,
// the files before it get back their old contents in the same way.
func Write(changes []Change) (err error) {
	staged := make([]string, 0, len(changes))
	defer func() {
		for _, name := range staged {
			os.Remove(name) // fails for those renamed, as it should
		}
	}()
	targets := make([]string, len(changes))
	for i, c := range changes {
		// A symbolic link is kept, and what it points to is replaced.
		if targets[i], err = filepath.EvalSymlinks(c.Filename); err != nil {
			return err
		}
		temp, err := stage(targets[i], c.Old, c.New)
		if temp != "" {
			staged = append(staged, temp)
		}
		if err != nil {
			return err
		}
	}
	for i := range changes {
		if err := rename(staged[i], targets[i]); err != nil {
			return errors.Join(err, restore(changes[:i], targets))
		}
	}
	return nil
}

// restore undoes changes that were written.
func restore(changes []Change, targets []string) error {
	var errs []error
	for i, c := range changes {
		temp, err := stage(targets[i], c.New, c.Old)
		if err == nil {
			err = rename(temp, targets[i])
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("cannot restore: %w", err))
		}
	}
	return errors.Join(errs...)
}

// stage writes a temporary file to replace the given one, in the same
// directory and with the same mode. It returns its name, possibly with an
// error too. The file must be writable, though only its directory needs to
// be, and still have the contents that the change is based on.
func stage(name string, old, new []byte) (temp string, err error) {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return "", err
	}
	defer f.Close()
	if now, err := io.ReadAll(f); err != nil {
		return "", err
	} else if !bytes.Equal(now, old) {
		return "", fmt.Errorf("%s was changed during the analysis", name)
	}
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	t, err := os.CreateTemp(filepath.Dir(name), ".resilint-*")
	if err != nil {
		return "", err
	}
	_, err = t.Write(new)
	return t.Name(), errors.Join(err, t.Chmod(info.Mode().Perm()), t.Close())
}
