package makers

import (
	"context"
	"net/http"
	"time"

	retryablehttp "github.com/hashicorp/go-retryablehttp"
)

// Retry repeats what fails, but a call that never ends never fails.
func Retry(url string) (*http.Response, error) {
	rc := retryablehttp.NewClient() // want "has no timeout"
	rc.RetryMax = 3
	rc.Logger = nil
	return rc.Get(url)
}

// RetryDo builds a request of the library without a context.
func RetryDo(url string) (*http.Response, error) {
	req, err := retryablehttp.NewRequest(http.MethodPost, url, []byte("{}"))
	if err != nil {
		return nil, err
	}
	return retryablehttp.NewClient().Do(req) // want "has no timeout"
}

// RetryStandard hides it behind a plain *http.Client.
func RetryStandard(url string) (*http.Response, error) {
	rc := retryablehttp.NewClient() // want "has no timeout"
	return rc.StandardClient().Get(url)
}

// RetrySet bounds each try: silent.
func RetrySet(url string) (*http.Response, error) {
	rc := retryablehttp.NewClient()
	rc.HTTPClient.Timeout = 10 * time.Second
	return rc.Get(url)
}

// RetryReplaced brings its own inner client: silent.
func RetryReplaced(url string, limit time.Duration) (*http.Response, error) {
	rc := retryablehttp.NewClient()
	rc.HTTPClient = &http.Client{Timeout: limit}
	return rc.Get(url)
}

// RetryOuter bounds all tries together, on the outer client: silent.
func RetryOuter(url string) (*http.Response, error) {
	c := retryablehttp.NewClient().StandardClient()
	c.Timeout = time.Minute
	return c.Get(url)
}

// RetryTimed gives the library's request a deadline: silent.
func RetryTimed(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	req, err := retryablehttp.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	_, err = retryablehttp.NewClient().Do(req)
	return err
}

// RetryTimedLater attaches it with the library's WithContext: silent.
func RetryTimedLater(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	req, err := retryablehttp.NewRequest(http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	_, err = retryablehttp.NewClient().Do(req.WithContext(ctx))
	return err
}
