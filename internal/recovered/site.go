package recovered

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
)

// Site returns where the panic being recovered happened, as " at function (file:line)". It is
// to be called by the deferred function that recovers.
func Site() string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	panicking := false
	for {
		frame, more := frames.Next()
		switch {
		case strings.HasPrefix(frame.Function, "runtime."):
			panicking = true
		case panicking:
			return fmt.Sprintf(" at %s (%s:%d)", frame.Function, filepath.Base(frame.File), frame.Line)
		}
		if !more {
			return ""
		}
	}
}
