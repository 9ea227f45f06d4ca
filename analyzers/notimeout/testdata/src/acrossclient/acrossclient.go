// Package acrossclient hands clients without a timeout to another package of the module, which does not bound what it sends with them.
package acrossclient

import (
	"context"
	"net/http"

	"acrossclient/webkit"
)

func Literal() error {
	return webkit.Fetch(&http.Client{}, "a") // want "this http.Client has no timeout"
}

func Variable() error {
	hc := http.Client{} // want "this http.Client has no timeout"
	if err := webkit.Fetch(&hc, "a"); err != nil {
		return err
	}
	return webkit.Fetch(&hc, "b")
}

func Default() error {
	return webkit.Fetch(http.DefaultClient, "a") // want "http.DefaultClient has no timeout"
}

func Last() error {
	hc := new(http.Client) // want "this http.Client has no timeout"
	return webkit.Last("a", hc)
}

func UnderContext() error {
	hc := &http.Client{} // want "this http.Client has no timeout"
	return webkit.FetchContext(context.Background(), hc, "a")
}

func Injected() *webkit.API {
	return webkit.NewAPI("a", &http.Client{}) // want "this http.Client has no timeout"
}

// plain is the package's own.
var plain = &http.Client{} // want "this http.Client has no timeout"

func Own() error { return webkit.Fetch(plain, "a") }

func passed(hc *http.Client) error { return webkit.Fetch(hc, "a") }

func Passed() error {
	return passed(&http.Client{}) // want "this http.Client has no timeout"
}

func NotDefaulted() error {
	return webkit.Defaulted(&http.Client{}, "a") // want "this http.Client has no timeout"
}

func Embedded() error {
	n := webkit.Named{Name: "catalog", Client: &http.Client{}} // want "this http.Client has no timeout"
	_, err := n.Get("a")
	return err
}

func Configured() *webkit.Service {
	return webkit.New(webkit.Config{
		Base:   "http://catalog.internal",
		Client: &http.Client{}, // want "this http.Client has no timeout"
	})
}

func ConfiguredLater() *webkit.Service {
	var cfg webkit.Config
	cfg.Base = "http://catalog.internal"
	cfg.Client = &http.Client{} // want "this http.Client has no timeout"
	return webkit.New(cfg)
}

func ConfiguredPointer() error {
	s := &webkit.Settings{Client: http.DefaultClient} // want "http.DefaultClient has no timeout"
	return s.Ping()
}
