// Package cleanhttp is a stub: makers of clients and transports without a timeout.
package cleanhttp

import (
	"net"
	"net/http"
	"time"
)

func DefaultTransport() *http.Transport {
	t := DefaultPooledTransport()
	t.DisableKeepAlives = true
	return t
}

func DefaultPooledTransport() *http.Transport {
	d := &net.Dialer{Timeout: 30 * time.Second}
	return &http.Transport{DialContext: d.DialContext, TLSHandshakeTimeout: 10 * time.Second}
}

func DefaultClient() *http.Client { return &http.Client{Transport: DefaultTransport()} }

func DefaultPooledClient() *http.Client { return &http.Client{Transport: DefaultPooledTransport()} }
