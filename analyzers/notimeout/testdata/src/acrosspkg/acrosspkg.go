// Package acrosspkg hands clients and requests to another package of the module.
package acrosspkg

import (
	"context"
	"net/http"
	"time"

	"acrosspkg/httpx"
)

func Made() {
	httpx.Fetch(&http.Client{}, "a")     // want `this http.Client has no timeout`
	httpx.Fetch(http.DefaultClient, "a") // want `http.DefaultClient has no timeout`
	httpx.Fetch(&http.Client{Timeout: time.Second}, "a")
	httpx.Fetch(httpx.Bounded(), "a")

	set := &http.Client{}
	httpx.SetTimeout(set)
	httpx.Fetch(set, "a")
}

func Stored() *httpx.API {
	return httpx.With(&http.Client{}) // want `this http.Client has no timeout`
}

func StoredBounded() *httpx.API { return httpx.With(&http.Client{Timeout: time.Second}) }

// Whole-module evidence: silent here.
func Theirs() {
	httpx.Client.Get("a")
	httpx.Unbounded().Get("a")
	httpx.Bounded().Get("a")
}

func Requests() {
	req, _ := httpx.NewRequest(context.Background(), "a")
	http.DefaultClient.Do(req) // want `http.DefaultClient has no timeout`

	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	timed, _ := httpx.NewRequest(ctx, "a")
	http.DefaultClient.Do(timed)
}

func Sent() {
	req, _ := http.NewRequest("GET", "a", nil)
	httpx.Send(req)
}
