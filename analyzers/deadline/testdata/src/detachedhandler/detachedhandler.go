// Package detachedhandler leaves the context of the requests out that it answers.
package detachedhandler

import (
	"context"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

func fetch(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func function(w http.ResponseWriter, r *http.Request) {
	if err := fetch(context.Background(), "http://stock.internal/"); err != nil { // want `.ontext..ackground leaves r.C.ntext\(\) out: .*; pass r.C.ntext\(\), or .ontext.W.thoutCancel\(r.C.ntext\(\)\) if that is meant`
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

type handler struct{}

func (handler) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	out, err := http.NewRequest(http.MethodGet, "http://stock.internal/", nil) // want `http.NewRequest leaves req.C.ntext\(\) out: .*the call of stock.internal goes on`
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	resp, err := client.Do(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

func register(mux *http.ServeMux) {
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		ctx := context.Background() // want `.ontext..ackground leaves r.C.ntext\(\) out`
		if err := fetch(ctx, "http://stock.internal/"); err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
	})
}

// sign is given a request that it does not answer: silent.
func sign(r *http.Request) error {
	return fetch(context.Background(), "http://keys.internal/"+r.URL.Path)
}

// unnamed has no use for the request: silent.
func unnamed(w http.ResponseWriter, _ *http.Request) {
	if err := fetch(context.Background(), "http://stock.internal/"); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}
