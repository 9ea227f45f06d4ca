// Package acrossset bounds the client that it gives to a field of another package's struct.
// What is stored into a field is not told apart by instance: the bound counts for all.
package acrossset

import (
	"net/http"
	"time"

	"acrossclient/webkit"
)

func Set() *webkit.Service {
	cfg := webkit.Config{Client: &http.Client{}}
	cfg.Client.Timeout = time.Second
	return webkit.New(cfg)
}
