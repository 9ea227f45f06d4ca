// Package acrossreq has its requests made by another package of the module, under contexts without a deadline.
package acrossreq

import (
	"context"
	"net/http"
	"time"

	"acrossreq/reqkit"
)

func Background() error {
	req, err := reqkit.New(context.Background(), "a")
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req) // want "has no timeout"
	return err
}

func Without() error {
	req, err := reqkit.Plain("a")
	if err != nil {
		return err
	}
	c := &http.Client{} // want "has no timeout"
	_, err = c.Do(req)
	return err
}

func JSON() error {
	req, err := reqkit.JSON(context.TODO(), "a", "{}")
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(reqkit.Signed(req)) // want "has no timeout"
	return err
}

func Given(ctx context.Context) error {
	req, err := reqkit.Plain("a")
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(reqkit.Under(req, context.WithoutCancel(ctx))) // want "has no timeout"
	return err
}

// Handed passes its context through a function of its own to one that makes the request.
func handed(ctx context.Context) error {
	req, err := reqkit.New(ctx, "a")
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func Handed() error {
	return handed(context.Background()) // want "has no deadline"
}

// Silent: the context has a deadline, is the caller's, or is nobody's here.
func Silent(ctx context.Context) {
	short, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()

	req, _ := reqkit.New(short, "a")
	http.DefaultClient.Do(req)

	req, _ = reqkit.JSON(short, "a", "{}")
	http.DefaultClient.Do(reqkit.Signed(req))

	req, _ = reqkit.Plain("a")
	http.DefaultClient.Do(reqkit.Under(req, short))

	mine, _ := reqkit.New(ctx, "a")
	http.DefaultClient.Do(mine)

	built, _ := reqkit.Build("a").Within(short).Request()
	http.DefaultClient.Do(built)

	bounded := &http.Client{Timeout: time.Second}
	plain, _ := reqkit.Plain("a")
	bounded.Do(plain)

	_ = handed(short)
}
