// Package sdkbounded calls SDKs whose clients have a timeout: silent.
package sdkbounded

import (
	"context"
	"net/http"
	"time"

	"firebase.google.com/go/v4"
	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/digitalocean/godo"
	"github.com/google/go-github/v62/github"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/git"
	"github.com/sashabaranov/go-openai"
	"github.com/slack-go/slack"
	"golang.org/x/oauth2"
	"google.golang.org/api/option"
)

var hc = &http.Client{Timeout: 30 * time.Second}

func issue() error {
	_, _, err := github.NewClient(hc).Issues.Create(context.Background(), "o", "r", nil)
	return err
}

func repository(url, token string) error {
	conn := azuredevops.NewPatConnection(url, token)
	limit := 30 * time.Second
	conn.Timeout = &limit
	client, err := git.NewClient(context.Background(), conn)
	if err != nil {
		return err
	}
	_, err = client.GetRepository(context.TODO(), "a")
	return err
}

func verify(token string) error {
	ctx := context.Background()
	app, err := firebase.NewApp(ctx, nil, option.WithHTTPClient(hc))
	if err != nil {
		return err
	}
	client, err := app.Auth(ctx)
	if err != nil {
		return err
	}
	_, err = client.VerifyIDToken(ctx, token)
	return err
}

func account() error {
	_, _, err := godo.NewClient(hc).Account.Get(context.Background())
	return err
}

func complete(token string) error {
	config := openai.DefaultConfig(token)
	config.HTTPClient = hc
	_, err := openai.NewClientWithConfig(config).CreateChatCompletion(context.Background(), openai.ChatCompletionRequest{})
	return err
}

func notify(token string) error {
	api := slack.New(token, slack.OptionHTTPClient(hc))
	if _, err := api.AuthTestContext(context.Background()); err != nil {
		return err
	}
	_, err := api.PostMessage("#ops", "hello")
	return err
}

func login(code string) error {
	if _, err := oidc.NewProvider(oidc.ClientContext(context.Background(), hc), "https://issuer"); err != nil {
		return err
	}
	ctx := context.WithValue(context.Background(), oauth2.HTTPClient, hc)
	_, err := (&oauth2.Config{}).Exchange(ctx, code)
	return err
}
