package fixctx

import "net/http"

// NoImport has no context in scope and no import of the package; a client is what it needs.
func NoImport(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req) // want "has no timeout"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// HandlerNoImport has r, whose method needs no import.
func HandlerNoImport(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequest(http.MethodGet, "http://stock.internal"+r.URL.Path, nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if resp, err := http.DefaultClient.Do(req); err == nil { // want "has no timeout"
		resp.Body.Close()
	}
}
