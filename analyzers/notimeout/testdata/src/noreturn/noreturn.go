// Package noreturn ends paths with calls that do not return: what an ended path would have used does not count.
package noreturn

import (
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/sirupsen/logrus"
	"go.uber.org/zap"
	"k8s.io/klog/v2"
)

// Std keeps the default client only on a path that log.Fatal ends: silent.
func Std(url string, limit time.Duration) (*http.Response, error) {
	c := http.DefaultClient
	if limit == 0 {
		log.Fatal("timeout is required")
	} else {
		c = &http.Client{Timeout: limit}
	}
	return c.Get(url)
}

// Exit ends the path with os.Exit: silent.
func Exit(url string, limit time.Duration) (*http.Response, error) {
	c := http.DefaultClient
	switch {
	case limit > 0:
		c = &http.Client{Timeout: limit}
	default:
		fmt.Fprintln(os.Stderr, "timeout is required")
		os.Exit(2)
	}
	return c.Get(url)
}

// Panic ends it with panic: silent.
func Panic(url string, limit time.Duration) (*http.Response, error) {
	c := http.DefaultClient
	if limit == 0 {
		panic("timeout is required")
	} else {
		c = &http.Client{Timeout: limit}
	}
	return c.Get(url)
}

// Logrus ends it in a library, through a function value: silent.
func Logrus(url string, limit time.Duration) (*http.Response, error) {
	c := http.DefaultClient
	if limit == 0 {
		logrus.Fatalf("timeout is %s", limit)
	} else {
		c = &http.Client{Timeout: limit}
	}
	return c.Get(url)
}

// Zap ends it in a method: silent.
func Zap(l *zap.Logger, url string, limit time.Duration) (*http.Response, error) {
	c := http.DefaultClient
	if limit == 0 {
		l.Fatal("timeout is required")
	} else {
		c = &http.Client{Timeout: limit}
	}
	return c.Get(url)
}

// Klog ends it in another library: silent.
func Klog(url string, limit time.Duration) (*http.Response, error) {
	c := http.DefaultClient
	if limit == 0 {
		klog.Fatal("timeout is required")
	} else {
		c = &http.Client{Timeout: limit}
	}
	return c.Get(url)
}

func die(err error) {
	logrus.Warn(err)
	os.Exit(1)
}

// Wrapped ends it in a function of the package that never returns: silent.
func Wrapped(url string, limit time.Duration) (*http.Response, error) {
	c := http.DefaultClient
	if limit == 0 {
		die(errors.New("timeout is required"))
	} else {
		c = &http.Client{Timeout: limit}
	}
	return c.Get(url)
}

// Warned only complains and goes on with the default client.
func Warned(url string, limit time.Duration) (*http.Response, error) {
	c := http.DefaultClient // want "has no timeout"
	if limit == 0 {
		logrus.Warn("no timeout")
	} else {
		c = &http.Client{Timeout: limit}
	}
	return c.Get(url)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Checked calls a function that returns on one path, so what follows is alive.
func Checked(url string) {
	resp, err := http.Get(url) // want "has no timeout"
	check(err)
	check(resp.Body.Close())
	check(http.ListenAndServe(":8080", nil)) // want "slowly"
}
