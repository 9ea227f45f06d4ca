package fault

import (
	"net/http"
	"slices"
	"strings"
)

// A Match says which requests a [Rule] is about. It may be called by several goroutines at once.
// A closure over a variable switches a rule on and off in the middle of a test:
//
//	fault.Reset().When(func(*http.Request) bool { return down.Load() })
type Match func(*http.Request) bool

// Path matches requests to that path and to all below it: "/albums" is also "/albums/7", and is
// not "/albumsold".
func Path(path string) Match {
	below := strings.TrimSuffix(path, "/") + "/"
	return func(r *http.Request) bool {
		return r.URL.Path == path || strings.HasPrefix(r.URL.Path, below)
	}
}

// Method matches requests with one of those methods. They are upper case, as http.MethodGet is.
func Method(methods ...string) Match {
	return func(r *http.Request) bool {
		method := r.Method
		if method == "" { // as http.Request has it
			method = http.MethodGet
		}
		return slices.Contains(methods, method)
	}
}

// Host matches requests to that host, which is "catalog.internal", for any port, or
// "catalog.internal:8080".
func Host(host string) Match {
	return func(r *http.Request) bool {
		return strings.EqualFold(r.URL.Host, host) || strings.EqualFold(r.URL.Hostname(), host)
	}
}
