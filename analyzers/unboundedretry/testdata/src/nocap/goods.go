package nocap

import (
	"math/rand/v2"
	"net/http"
	"time"
)

var tokens = &http.Client{Timeout: 5 * time.Second}

func obtainToken(url string) (string, error) {
	resp, err := tokens.Get(url)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	return resp.Header.Get("X-Token"), nil
}

// Token is no lock: nobody gives it back.
func Token(url string) string {
	delay := time.Second
	for { // want `nothing ends this retry: while obtainToken fails, it is called again`
		token, err := obtainToken(url)
		if err == nil {
			return token
		}
		time.Sleep(delay/2 + rand.N(delay))
		delay = min(2*delay, 20*time.Second)
	}
}
