package silentpoll

import (
	"context"
	"net/http"
	"time"
)

// A RetrieveError is what a server says of a device that nobody has allowed yet (RFC 8628).
type RetrieveError struct{ Code string }

func (*RetrieveError) Error() string { return "token" }

// Token waits until somebody has allowed the device, as often as the server says.
func Token(ctx context.Context, client *http.Client, interval int64) (string, error) {
	if interval == 0 {
		interval = 5
	}
	ticker := time.NewTicker(time.Duration(interval) * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-ticker.C:
			token, err := fetch(ctx, client)
			if err == nil {
				return token, nil
			}
			e, ok := err.(*RetrieveError)
			if !ok {
				return "", err
			}
			switch e.Code {
			case "slow_down":
				interval += 5
				ticker.Reset(time.Duration(interval) * time.Second)
			case "authorization_pending":
			default:
				return "", err
			}
		}
	}
}

func fetch(ctx context.Context, client *http.Client) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://login/token", nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", &RetrieveError{Code: resp.Header.Get("Error")}
	}
	return resp.Header.Get("Token"), nil
}
