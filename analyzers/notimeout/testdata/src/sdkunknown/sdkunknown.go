// Package sdkunknown does not show what its SDKs' clients work through: silent.
package sdkunknown

import (
	"context"
	"net/http"

	"github.com/google/go-github/v62/github"
	"github.com/sashabaranov/go-openai"
	"github.com/slack-go/slack"
)

func issue(hc *http.Client) error {
	_, _, err := github.NewClient(hc).Issues.Create(context.Background(), "o", "r", nil)
	return err
}

func complete(client *openai.Client) error {
	_, err := client.CreateChatCompletion(context.Background(), openai.ChatCompletionRequest{})
	return err
}

func notify(api *slack.Client) error {
	_, err := api.PostMessage("#ops", "hello")
	return err
}
