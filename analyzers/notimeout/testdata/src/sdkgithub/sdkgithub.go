// Package sdkgithub calls GitHub's SDK through clients without a timeout.
package sdkgithub

import (
	"context"
	"time"

	"github.com/google/go-github/v62/github"
	"golang.org/x/oauth2"
)

type tracker struct{ client *github.Client }

func newTracker(base string) (*tracker, error) {
	hc := oauth2.NewClient(context.Background(), oauth2.StaticTokenSource(&oauth2.Token{}))
	if base == "" {
		return &tracker{github.NewClient(hc)}, nil
	}
	client, err := github.NewEnterpriseClient(base, base, hc)
	return &tracker{client}, err
}

func (t *tracker) alert() error {
	_, _, err := t.client.Issues.Create(context.Background(), "o", "r", nil) // want `Create's context has no deadline, and GitHub's client has no timeout: if the server hangs, this call hangs with it, for ever; pass a context from context.WithTimeout`
	return err
}

// Who is bounded by the caller's context.
func (t *tracker) Who(ctx context.Context) error {
	_, _, err := t.client.Users.Get(ctx, "")
	return err
}

func (t *tracker) check() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := t.Who(ctx); err != nil {
		return err
	}
	return t.Who(context.Background()) // want `context.Background\(\) has no deadline, and tracker.Who has nothing else to bound its call`
}
