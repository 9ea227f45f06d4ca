package streams

import "net/http"

// Watch asks for changes as they come: silent.
func Watch(base string) (*http.Response, error) {
	return http.Get(base + "/api/v1/pods?watch=true")
}
