// Package declined has servers whose maintainers were told by gosec, and declined: silent, unless
// the comment is about something else.
package declined

import (
	"crypto/tls"
	"net"
	"net/http"
)

func nolintBehind(h http.Handler) error {
	return http.ListenAndServe(":8080", h) //nolint:gosec // the proxy in front has timeouts
}

func nolintAbove(h http.Handler) error {
	//nolint:gosec // the proxy in front has timeouts
	srv := &http.Server{
		Addr:    ":8080",
		Handler: h,
	}
	return srv.ListenAndServe()
}

func nolintAmongOthers(l net.Listener, h http.Handler) error {
	srv := http.Server{Handler: h} //nolint:errcheck, GoSec ,gocritic // see above
	return srv.Serve(l)
}

//nolint:gosec // a tool for developers
func nolintFunction(h http.Handler) error {
	srv := &http.Server{Addr: ":8080", Handler: h}
	return srv.ListenAndServe()
}

func nosecBehind(l net.Listener, h http.Handler) error {
	return http.Serve(l, h) // #nosec -- the proxy in front has timeouts
}

func nosecRule(h http.Handler) error {
	return http.ListenAndServe(":8080", h) //#nosec G114 -- the proxy in front has timeouts
}

func nosecAbove(h http.Handler) error {
	// The proxy in front has timeouts.
	// #nosec G112
	srv := &http.Server{Addr: ":8080", Handler: h}
	return srv.ListenAndServe()
}

func nosecFirstLine(h http.Handler) error {
	srv := &http.Server{ // #nosec G112
		Addr:    ":8080",
		Handler: h,
	}
	return srv.ListenAndServe()
}

func nosecLastLine(h http.Handler) error {
	srv := &http.Server{
		Addr:    ":8080",
		Handler: h,
	} // #nosec -- the proxy in front has timeouts
	return srv.ListenAndServe()
}

func nosecBlock(h http.Handler) error {
	return http.ListenAndServe(":8080", h) /* #nosec -- the proxy in front has timeouts */
}

func disabled(h http.Handler) error {
	//gosec:disable G112 -- the proxy in front has timeouts
	srv := &http.Server{Addr: ":8080", Handler: h}
	return srv.ListenAndServe()
}

func inTLS(h http.Handler, cfg *tls.Config) error {
	srv := &http.Server{Addr: ":8443", Handler: h, TLSConfig: cfg} //nolint:gosec // for a day
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

func ruleAndTLS(h http.Handler) error {
	srv := &http.Server{Addr: ":8443", Handler: h, TLSConfig: &tls.Config{}} // #nosec G402 G112
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}

func tlsBelow(h http.Handler) error {
	srv := &http.Server{ //nolint:gosec // for a day
		Addr:      ":8443",
		Handler:   h,
		TLSConfig: &tls.Config{},
	}
	return srv.ListenAndServeTLS("cert.pem", "key.pem")
}
