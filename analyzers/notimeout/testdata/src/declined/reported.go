package declined

import (
	"crypto/tls"
	"net"
	"net/http"
)

func otherLinter(h http.Handler) error {
	return http.ListenAndServe(":8080", h) //nolint:errcheck // want "slowly"
}

func otherRule(l net.Listener, h http.Handler) error {
	return http.Serve(l, h) // #nosec G104 // want "slowly"
}

func otherLine(h http.Handler) error {
	//nolint:gosec // for developers

	return http.ListenAndServe(":8080", h) // want "slowly"
}

func otherStatement(h http.Handler) error {
	http.Handle("/", h)                      // #nosec -- for developers
	return http.ListenAndServe(":8080", nil) // want "slowly"
}

func mentioned(h http.Handler) error {
	// Without it there would have to be a #nosec here.
	return http.ListenAndServe(":8080", h) // want "slowly"
}

func lastLine(h http.Handler) error {
	srv := &http.Server{ // want "slowly"
		Addr:    ":8080",
		Handler: h,
	} //nolint:gosec // for developers
	return srv.ListenAndServe()
}

// gosec does not find these, so that whoever writes so means something else.
func notFound(h http.Handler) error {
	srv := new(http.Server) /* want "slowly" */ //nolint:gosec // for developers
	srv.Handler = h
	return srv.ListenAndServe()
}

func certificates(h http.Handler) error {
	srv := &http.Server{Addr: ":8443", Handler: h, TLSConfig: &tls.Config{InsecureSkipVerify: true}} /* want "slowly" */ //nolint:gosec // self-signed
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

func certificatesNosec(h http.Handler) error {
	srv := &http.Server{ // want "slowly"
		Addr:      ":8443",
		Handler:   h,
		TLSConfig: &tls.Config{InsecureSkipVerify: true}, // #nosec -- self-signed
	}
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

func certificatesAbove(h http.Handler) error {
	//nolint:gosec // self-signed
	srv := &http.Server{Addr: ":8443", Handler: h, TLSConfig: &tls.Config{InsecureSkipVerify: true}} // want "slowly"
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

// A client's comment is about the URL (G107).
func request(url string) (*http.Response, error) {
	return http.Get(url) /* want "has no timeout" */ //nolint:gosec // from a constant
}

func requestNosec(url string) (*http.Response, error) {
	return http.Get(url) // #nosec G107 // want "has no timeout"
}

// What is written down as zero is not what gosec found.
func zero(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h, ReadHeaderTimeout: 0} /* want "0 means no timeout" */ //nolint:gosec // for developers
	return srv.ListenAndServe()
}

func certificatesBelow(h http.Handler) error {
	//nolint:gosec // the proxy in front is as old
	srv := &http.Server{ // want "slowly"
		Addr:      ":8443",
		Handler:   h,
		TLSConfig: &tls.Config{MinVersion: tls.VersionTLS10},
	}
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

func certificatesWithin(h http.Handler) error {
	srv := &http.Server{ // want "slowly"
		Addr:    ":8443",
		Handler: h,
		TLSConfig: &tls.Config{
			InsecureSkipVerify: true, // #nosec -- self-signed
		},
	}
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

// A handler inside has a comment of its own.
func within(h http.Handler) error {
	srv := &http.Server{ // want "slowly"
		Addr: ":8080",
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Write([]byte(r.URL.Path)) // #nosec -- for developers
		}),
	}
	return srv.ListenAndServe()
}

// A directive without a reason says nothing about the server.
func bareAbove(h http.Handler) error {
	//nolint:gosec
	srv := &http.Server{Addr: ":8080", Handler: h} // want "slowly"
	return srv.ListenAndServe()
}

func bareNosec(h http.Handler) error {
	// #nosec
	return http.ListenAndServe(":8080", h) // want "slowly"
}
