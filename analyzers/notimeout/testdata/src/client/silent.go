package client

import (
	"net/http"
	"time"
)

// Bounded sets what is missing elsewhere.
func Bounded(url string) (*http.Response, error) {
	c := &http.Client{Timeout: 30 * time.Second}
	return c.Get(url)
}

// Unused never makes a call.
func Unused() bool {
	c := &http.Client{}
	return c.Jar == nil
}

// ForCallers is only returned: what its callers set is unknown.
func ForCallers() *http.Client {
	return &http.Client{}
}

// IdleOnly calls a method that does not touch the network.
func IdleOnly() {
	c := &http.Client{}
	c.CloseIdleConnections()
}
