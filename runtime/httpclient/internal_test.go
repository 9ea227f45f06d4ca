package httpclient

import (
	"net/http"
	"testing"

	"github.com/resilint/resilint/runtime/bulkhead"
)

func TestConnectionsAreTheBulkheads(t *testing.T) {
	for _, want := range []int{7, bulkhead.DefaultMax} {
		b := bulkhead.New("", bulkhead.Config{Max: want})
		tr := New("catalog", WithBulkhead(b)).Transport.(*transport).base.(*http.Transport)
		if tr.MaxConnsPerHost != want || tr.MaxIdleConnsPerHost != want || tr.Proxy == nil {
			t.Errorf("%d connections, %d idle, want %d, and the rest as in http.DefaultTransport", tr.MaxConnsPerHost, tr.MaxIdleConnsPerHost, want)
		}
	}
	if d := http.DefaultTransport.(*http.Transport); d.MaxConnsPerHost != 0 {
		t.Error("http.DefaultTransport itself was changed")
	}
}

// The values of options that make no sense are the defaults.
func TestOptions(t *testing.T) {
	tr := New("catalog", WithOverall(-1), WithAttempt(-1)).Transport.(*transport)
	if tr.overall != DefaultOverall || tr.attempt != DefaultAttempt {
		t.Errorf("overall %v, attempt %v", tr.overall, tr.attempt)
	}
	if tr := New("catalog", WithOverall(1)).Transport.(*transport); tr.attempt != 1 {
		t.Errorf("an attempt of %v in an overall deadline of 1ns", tr.attempt)
	}
}
