package silentfailover

import (
	"net/http"
	"net/url"
)

type endpoint struct{ address string }

// Redirected asks where it is told to: the address is another one each time, and every failure ends it.
func (e *endpoint) Redirected() (*http.Response, error) {
	var resp *http.Response
	var err error
	for attempt := 0; attempt < 10; attempt++ {
		resp, err = e.ask()
		if err == nil {
			break
		}
		if resp == nil {
			break
		} else if resp.StatusCode == http.StatusTemporaryRedirect {
			e.address = resp.Header.Get("Location")
			continue
		} else {
			break
		}
	}
	return resp, err
}

func (e *endpoint) ask() (*http.Response, error) {
	resp, err := client.Get(e.address)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return resp, &url.Error{Op: "Get", URL: e.address}
	}
	return resp, nil
}
