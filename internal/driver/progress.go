package driver

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"
)

// patience is how long work may take before it shows.
const patience = time.Second

// showProgress says on w, if that is a terminal and it takes long, that work
// is going on. The function that it returns erases this.
func showProgress(w io.Writer, what string) (stop func()) {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func() {}
	}
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() {
		tick := time.NewTicker(patience)
		defer tick.Stop()
		shown := false
		for start := time.Now(); ; {
			select {
			case <-done:
				if shown {
					fmt.Fprint(f, "\r\x1b[K") // erase the line
				}
				return
			case <-tick.C:
				shown = true
				fmt.Fprintf(f, "\rresilint: %s (%.0fs)", what, time.Since(start).Seconds())
			}
		}
	})
	return func() {
		close(done)
		wg.Wait()
	}
}
