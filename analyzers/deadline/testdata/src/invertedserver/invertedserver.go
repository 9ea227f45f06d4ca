// Package invertedserver serves with less time for an answer than its handlers take.
package invertedserver

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

var catalog = &http.Client{Timeout: 30 * time.Second} // want `the server's WriteTimeout is over after 10s, while the handler waits up to 30s for the server: when that is slow, clients get an empty reply, not even an error; make this less than 10s`

// Serve sets everything up.
func Serve() error {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /albums", albums)
	mux.Handle("GET /stock", logged(http.HandlerFunc(stock)))
	mux.HandleFunc("GET /quick", quick)
	mux.HandleFunc("GET /later", later)
	mux.HandleFunc("GET /export", export)
	mux.Handle("GET /limited", http.TimeoutHandler(http.HandlerFunc(limited), 5*time.Second, "too slow"))
	srv := &http.Server{
		Addr:              ":8080",
		Handler:           logged(mux),
		ReadHeaderTimeout: 5 * time.Second,
		WriteTimeout:      10 * time.Second,
	}
	return srv.ListenAndServe()
}

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Served-By", "shop")
		next.ServeHTTP(w, r)
	})
}

func albums(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://catalog.internal/albums", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, req)
}

func answer(w http.ResponseWriter, req *http.Request) {
	resp, err := catalog.Do(req)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	json.NewEncoder(w).Encode(resp.Status)
}

func stock(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 15*time.Second) // want `the server's WriteTimeout is over after 10s, while the handler waits up to 15s for the server`
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://stock.internal/", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, req)
}

// quick has a deadline of its own, and so has nothing to do with the client's.
func quick(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://stock.internal/", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, req)
}

var slow = &http.Client{Timeout: time.Minute}

// later answers before: what it starts may take as long as it likes.
func later(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusAccepted)
	go func() {
		resp, err := slow.Get("http://warehouse.internal/count")
		if err == nil {
			resp.Body.Close()
		}
	}()
}

// export takes more time for its answer.
func export(w http.ResponseWriter, r *http.Request) {
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(2 * time.Minute))
	resp, err := slow.Get("http://warehouse.internal/export")
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// limited is answered for.
func limited(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 8*time.Second) // want `the handler's time is over after 5s and a 503 is sent, while it still waits up to 8s for the server: nothing that it does then reaches the client; make this less than 5s`
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://stock.internal/", nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer(w, req)
}
