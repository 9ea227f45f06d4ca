package health

import (
	"encoding/json"
	"net/http"
	"time"
)

type body struct {
	Status string          `json:"status"`
	Checks map[string]item `json:"checks,omitempty"`
}

type item struct {
	Status  string  `json:"status"`
	Error   string  `json:"error,omitempty"`
	Elapsed float64 `json:"elapsed_ms"`
	Age     float64 `json:"age_ms"`
}

// write answers a probe with rep.
func write(w http.ResponseWriter, rep Report, verbose bool) {
	b := body{Status: rep.Status.String(), Checks: make(map[string]item, len(rep.Checks))}
	for _, res := range rep.Checks {
		it := item{Status: res.Status.String(), Elapsed: milliseconds(res.Elapsed), Age: milliseconds(res.Age)}
		if verbose && res.Err != nil {
			it.Error = res.Err.Error()
		}
		b.Checks[res.Name] = it
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store") // a proxy's copy would answer for a process that is gone
	if rep.Status >= StatusUnavailable {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(b) // who asked has hung up
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
