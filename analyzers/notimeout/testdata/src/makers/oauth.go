package makers

import (
	"context"
	"net/http"
	"time"

	"golang.org/x/oauth2"
)

// OAuth signs requests and bounds none.
func OAuth(url string, src oauth2.TokenSource) (*http.Response, error) {
	c := oauth2.NewClient(context.Background(), src) // want "has no timeout"
	return c.Get(url)
}

// OAuthConfig uses the method of the configuration.
func OAuthConfig(cfg *oauth2.Config, tok *oauth2.Token, url string) (*http.Response, error) {
	c := cfg.Client(context.TODO(), tok) // want "has no timeout"
	return c.Get(url)
}

// OAuthContext takes its settings from a context that the caller made: silent.
func OAuthContext(ctx context.Context, cfg *oauth2.Config, tok *oauth2.Token, url string) (*http.Response, error) {
	c := cfg.Client(ctx, tok)
	return c.Get(url)
}

// OAuthTokenDeadline gives a deadline to the context of the token source; the requests of the client do not see it.
func OAuthTokenDeadline(url string, src oauth2.TokenSource) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	c := oauth2.NewClient(ctx, src) // want "has no timeout"
	return c.Get(url)
}

// OAuthSet bounds the client: silent.
func OAuthSet(url string, src oauth2.TokenSource) (*http.Response, error) {
	c := oauth2.NewClient(context.Background(), src)
	c.Timeout = 10 * time.Second
	return c.Get(url)
}

// OAuthInherited takes its Timeout from the client in the context: silent.
func OAuthInherited(url string, src oauth2.TokenSource) (*http.Response, error) {
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, &http.Client{Timeout: 10 * time.Second})
	return oauth2.NewClient(ctx, src).Get(url)
}

// OAuthTimed sends a request with a deadline: silent.
func OAuthTimed(ctx context.Context, url string, src oauth2.TokenSource) error {
	c := oauth2.NewClient(ctx, src)
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	_, err = c.Do(req)
	return err
}

// OAuthForCallers only returns it: silent.
func OAuthForCallers(ctx context.Context, src oauth2.TokenSource) *http.Client {
	return oauth2.NewClient(ctx, src)
}
