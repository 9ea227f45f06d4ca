// Package fasthttpcalls sends requests without a timeout.
package fasthttpcalls

import (
	"time"

	"github.com/valyala/fasthttp"
)

func get(url string) error {
	_, _, err := fasthttp.Get(nil, url) // want `fasthttp.Get has no timeout: if the server hangs, this request hangs with it, for ever; use GetTimeout`
	return err
}

func getTimed(url string) error {
	_, _, err := fasthttp.GetTimeout(nil, url, time.Second)
	return err
}

var plain = &fasthttp.Client{Name: "shop", WriteTimeout: time.Second} // want `this fasthttp.Client has no timeout: if the server hangs, every request it sends there hangs too, for ever; set ReadTimeout`

func send(req *fasthttp.Request) error { return plain.Do(req, &fasthttp.Response{}) }

var bounded = &fasthttp.Client{ReadTimeout: 10 * time.Second}

func sendBounded(req *fasthttp.Request) error { return bounded.Do(req, &fasthttp.Response{}) }

var given = &fasthttp.Client{}

func sendTimed(req *fasthttp.Request) error {
	return given.DoTimeout(req, &fasthttp.Response{}, time.Second)
}

func sendWith(c *fasthttp.Client, req *fasthttp.Request) error {
	return c.Do(req, &fasthttp.Response{})
}
