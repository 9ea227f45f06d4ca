package clients

import (
	"time"

	"github.com/go-resty/resty/v2"
	"github.com/hashicorp/go-retryablehttp"
)

func defaults() {
	c := retryablehttp.NewClient() // want `^hashicorp/go-retryablehttp: attempts=5 bounds=attempts,context growth=exponential jitter=none delay=1s ceiling=30s op=go-retryablehttp.Client.Get$`
	c.Get("https://example.org/")
}

func jittered(n int) *retryablehttp.Client {
	c := retryablehttp.NewClient() // want `attempts=0 bounds=attempts,context growth=linear jitter=random delay=1s ceiling=30s$`
	c.Backoff = retryablehttp.LinearJitterBackoff
	c.RetryMax = n
	return c
}

func ownBackoff() *retryablehttp.Client {
	c := retryablehttp.NewClient() // want `attempts=3 bounds=attempts,context growth=opaque jitter=opaque`
	c.Backoff = nil
	c.RetryMax = 2
	return c
}

func off() *retryablehttp.Client {
	c := retryablehttp.NewClient()
	c.RetryMax = 0
	return c
}

func negative() *retryablehttp.Client {
	c := retryablehttp.NewClient() // want `attempts=1 bounds=attempts,context .* misuse: a negative number of retries is not "for ever" but none: the first request that fails is the last$`
	c.RetryMax = -1
	return c
}

func literal() *retryablehttp.Client {
	return &retryablehttp.Client{RetryMax: 3, RetryWaitMin: time.Second, RetryWaitMax: time.Second, Backoff: retryablehttp.DefaultBackoff} // want `attempts=4 bounds=attempts,context growth=exponential jitter=none delay=1s ceiling=1s$`
}

func restyDefault() *resty.Client { return resty.New().SetTimeout(time.Second) }

func restyRetries() {
	c := resty.New().SetTimeout(time.Second).SetRetryCount(3).SetRetryMaxWaitTime(time.Minute) // want `^go-resty/resty: attempts=4 bounds=attempts,context growth=exponential jitter=random delay=100ms ceiling=1m0s op=resty.Request.Get$`
	c.R().Get("https://example.org/")
}

func restyLater(n int) *resty.Client {
	c := resty.New() // want `attempts=0 bounds=attempts,context growth=exponential jitter=random delay=100ms ceiling=2s$`
	c.SetRetryCount(n)
	return c
}
