package helperpkg

import "net/http"

// Listen is in a file that does not import testing; the package does.
func Listen(h http.Handler) error { return http.ListenAndServe("localhost:0", h) }
