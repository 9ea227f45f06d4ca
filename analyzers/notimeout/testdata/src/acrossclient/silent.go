package acrossclient

import (
	"context"
	"net/http"
	"time"

	"acrossclient/webkit"
)

// Bounded clients are handed to it: silent.
func Bounded(seconds int) {
	_ = webkit.Fetch(&http.Client{Timeout: time.Second}, "a")
	_ = webkit.Fetch(webkit.Bounded(), "a")
	_ = webkit.Last("a", &http.Client{Timeout: time.Duration(seconds) * time.Second})
	webkit.NewAPI("a", &http.Client{Timeout: time.Second})

	late := &http.Client{}
	late.Timeout = time.Second
	_ = webkit.Fetch(late, "a")

	set := &http.Client{}
	webkit.SetTimeout(set, time.Second)
	_ = webkit.Fetch(set, "a")

	opted := &http.Client{}
	webkit.Timeout(time.Second)(opted)
	_ = webkit.Fetch(opted, "a")

	webkit.New(webkit.Config{Client: &http.Client{Timeout: time.Second}})
	webkit.Bounded().Get("a")
	webkit.Lazy().Get("a")
}

// Elsewhere bounds the requests, not the client: silent.
func Elsewhere() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = webkit.FetchContext(ctx, &http.Client{}, "a")
	_ = webkit.FetchQuickly(&http.Client{}, "a")
	webkit.NewQuick(webkit.QuickConfig{Client: &http.Client{}})
}

// There bounds the client, or a copy of it: silent.
func There() {
	_ = webkit.Polite(&http.Client{}, "a")
	_ = webkit.Set(&http.Client{}, "a")
	_ = webkit.Defaulted(nil, "a")
	_ = webkit.FetchContext(context.Background(), &http.Client{Timeout: time.Second}, "a")
	_ = webkit.Via(&http.Client{Timeout: time.Second}, "a")
	webkit.NewClient(webkit.Timeout(time.Second)).Get("a")

	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = webkit.NewTimed(&http.Client{}).Ping(ctx)
}

// Mine leaves the client to the callers: silent.
func Mine(hc *http.Client, cfg webkit.Config) {
	_ = webkit.Fetch(hc, "a")
	webkit.NewAPI("a", hc)
	webkit.New(cfg)
	webkit.New(webkit.Config{})
}

// Adjusted is handed to a function that changes it, it cannot be seen how far: silent.
func Adjusted(adjust func(*http.Client)) {
	hc := &http.Client{}
	adjust(hc)
	_ = webkit.Fetch(hc, "a")
}

// Interface hands its client to one who knows only an interface of it: silent.
func Interface() error { return webkit.Via(&http.Client{}, "a") }

// Unsent is kept by someone who sends nothing: silent.
func Unsent() *webkit.Pool { return webkit.Keep(&http.Client{}) }
