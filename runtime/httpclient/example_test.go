package httpclient_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"time"

	"github.com/resilint/resilint/runtime/httpclient"
)

// A client for one dependency, with the whole stack. Its first answer is "503 Service
// Unavailable"; the caller sees the second.
func ExampleNew() {
	calls := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if calls++; calls == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		fmt.Fprint(w, "Kind of Blue")
	}))
	defer srv.Close()

	catalog := httpclient.New("catalog", httpclient.WithOverall(5*time.Second))
	resp, err := catalog.Get(srv.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	album, _ := io.ReadAll(resp.Body)
	fmt.Printf("%s after %d attempts\n", album, calls)
	// Output: Kind of Blue after 2 attempts
}

// http.DefaultClient with a timeout, and nothing else.
func ExampleTimeout() {
	c := httpclient.Timeout(5 * time.Second)
	fmt.Println(c.Timeout, httpclient.Default.Timeout)
	// Output: 5s 30s
}
