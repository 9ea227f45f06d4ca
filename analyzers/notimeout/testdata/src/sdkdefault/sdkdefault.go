// Package sdkdefault gives http.DefaultClient a timeout, and with it what oauth2 sends: silent.
package sdkdefault

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/oauth2"
)

func init() { http.DefaultClient.Timeout = 30 * time.Second }

func login(code string) error {
	_, err := (&oauth2.Config{}).Exchange(context.Background(), code)
	return err
}
