package ops

import (
	"net/http"
	"os"

	"github.com/avast/retry-go/v4"
)

func local() error { return os.Remove("file") }

func fetch() error {
	_, err := http.Get("https://example.org/")
	return err
}

// Nothing here leaves the process.
func nothing() {
	retry.Do(local)
	retry.Do(func() error { return local() })
}

func literal() {
	retry.Do(func() error { // want `delay=100ms op=http.Get$`
		_, err := http.Get("https://example.org/")
		return err
	})
}

func named() {
	retry.Do(fetch)                           // want `delay=100ms op=http.Get$`
	retry.Do(func() error { return fetch() }) // want `delay=100ms op=fetch$`
}

func notSeen(f func() error) { retry.Do(f) } // want `delay=100ms$`

var opts = []retry.Option{retry.Attempts(2)} // want `attempts=2 .* op=http.Get op=fetch$`

func shared() {
	retry.Do(fetch, opts...)
	retry.Do(func() error { return fetch() }, opts...)
}
