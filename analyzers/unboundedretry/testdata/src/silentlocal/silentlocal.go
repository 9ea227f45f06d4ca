// Package silentlocal repeats what does not leave the process.
package silentlocal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"
)

var client = &http.Client{Timeout: 5 * time.Second}

// Parse takes the first that can be read.
func Parse(texts []string) int {
	for _, text := range texts {
		if n, err := strconv.Atoi(text); err == nil {
			return n
		}
	}
	return 0
}

// File waits for a file that is in use.
func File(name string) ([]byte, error) {
	for range 5 {
		data, err := os.ReadFile(name)
		if err == nil {
			return data, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	return nil, errors.New("no file")
}

// Port looks for a port that is free.
func Port() (net.Listener, error) {
	for range 10 {
		l, err := net.Listen("tcp", "localhost:"+strconv.Itoa(1024+rand.N(1000)))
		if err == nil {
			return l, nil
		}
	}
	return nil, errors.New("no port")
}

// Decode reads what it has been sent.
func Decode(ctx context.Context, data []byte) (v any, err error) {
	for i := 0; i < 3; i++ {
		if err = json.NewDecoder(bytes.NewReader(data)).Decode(&v); err == nil {
			return v, nil
		}
		time.Sleep(time.Millisecond)
	}
	return nil, err
}

// Once returns the error that it gets, whatever it is called.
func Once(ctx context.Context, urls []string) error {
	const maxRetries = 3
	for attempt := 0; attempt < maxRetries; attempt++ {
		resp, err := client.Get(urls[0])
		if err != nil {
			return err
		}
		resp.Body.Close()
	}
	return nil
}

// retryQueue has the word in its name.
func retryQueue(ctx context.Context, retries []string) {
	for _, url := range retries {
		resp, err := client.Get(url)
		if err != nil {
			continue
		}
		resp.Body.Close()
	}
}

// Close gives things back.
func Close(conns []net.Conn) {
	for {
		if err := conns[0].Close(); err == nil {
			return
		}
		time.Sleep(time.Second)
	}
}
