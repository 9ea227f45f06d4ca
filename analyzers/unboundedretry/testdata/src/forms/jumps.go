package forms

import (
	"net/http"
	"time"
)

// Jump goes back to a label.
func Jump(url string) (*http.Response, error) {
	attempts := 0
retry: // want `http.Client.Get is called again every 1s`
	resp, err := client.Get(url)
	if err != nil {
		attempts++
		if attempts > 8 {
			return nil, err
		}
		time.Sleep(time.Second)
		goto retry
	}
	return resp, nil
}

// JumpForEver has no cap.
func JumpForEver(url string) *http.Response {
again: // want `nothing ends or slows this retry`
	resp, err := client.Get(url)
	if err != nil {
		goto again
	}
	return resp
}

// Labelled goes on with the loop from within another statement.
func Labelled(url string) error {
attempts:
	for range 8 { // want `called again every 1s, up to 7 times`
		resp, err := client.Get(url)
		switch {
		case err != nil:
			time.Sleep(time.Second)
			continue attempts
		default:
			return resp.Body.Close()
		}
	}
	return errGaveUp
}

// LabelledBreak leaves the loop from within another statement.
func LabelledBreak(url string) {
attempts:
	for { // want `nothing ends this retry`
		resp, err := client.Get(url)
		switch err {
		case nil:
			resp.Body.Close()
			break attempts
		default:
			time.Sleep(time.Second)
		}
	}
}

// JumpPerItem retries each of a list.
func JumpPerItem(urls []string) {
	for _, url := range urls {
	retry: // want `nothing ends this retry: while http.Client.Get fails, it is called again every 5s, for ever`
		resp, err := client.Get(url)
		if err != nil {
			time.Sleep(5 * time.Second)
			goto retry
		}
		resp.Body.Close()
	}
}
