// Package sdkcalls calls SDKs whose clients have no timeout.
package sdkcalls

import (
	"context"
	"net/http"

	"code.gitea.io/sdk/gitea"
	"firebase.google.com/go/v4"
	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/digitalocean/godo"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7"
	"github.com/microsoft/azure-devops-go-api/azuredevops/v7/git"
	"github.com/sashabaranov/go-openai"
	"github.com/slack-go/slack"
	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

func repository(url, token string) error {
	conn := azuredevops.NewPatConnection(url, token)
	client, err := git.NewClient(context.Background(), conn) // want `NewClient's context has no deadline, and Azure DevOps's client has no timeout`
	if err != nil {
		return err
	}
	_, err = client.GetRepository(context.TODO(), "a") // want `GetRepository's context has no deadline, and Azure DevOps's client has no timeout: if the server hangs, this call hangs with it, for ever`
	return err
}

func forge(url string) (*gitea.Client, error) {
	return gitea.NewClient(url, gitea.SetHTTPClient(&http.Client{})) // want `this http.Client has no timeout`
}

func verify(token string) error {
	ctx := context.Background()
	app, err := firebase.NewApp(ctx, nil)
	if err != nil {
		return err
	}
	client, err := app.Auth(ctx)
	if err != nil {
		return err
	}
	if _, err := client.CustomToken(ctx, "a"); err != nil { // signs, and asks nobody
		return err
	}
	_, err = client.VerifyIDToken(ctx, token) // want `VerifyIDToken's context has no deadline, and Firebase's client has no timeout`
	return err
}

func account() error {
	client := godo.NewClient(nil)
	if _, err := client.NewRequest(context.Background(), "GET", "/", nil); err != nil { // sends nothing
		return err
	}
	_, _, err := client.Account.Get(context.Background()) // want `Get's context has no deadline, and DigitalOcean's client has no timeout`
	return err
}

func complete(token string) error {
	client := openai.NewClient(token)
	if _, err := client.CreateChatCompletionStream(context.Background(), openai.ChatCompletionRequest{}); err != nil { // a stream
		return err
	}
	_, err := client.CreateChatCompletion(context.Background(), openai.ChatCompletionRequest{}) // want `CreateChatCompletion's context has no deadline, and OpenAI's client has no timeout`
	return err
}

func notify(ctx context.Context, token string) error {
	api := slack.New(token)
	if _, err := api.AuthTest(); err != nil { // want `AuthTest takes no context: if the server hangs, this call hangs with it, for ever; use its twin that ends in Context, with a context from context.WithTimeout \(so does 1 more call in this package\)`
		return err
	}
	api.Debugf("posting")
	if _, err := api.PostMessageContext(ctx, "#ops", "hello"); err != nil {
		return err
	}
	if err := api.Parse(nil); err != nil {
		return err
	}
	_, err := api.PostMessage("#ops", "hello")
	return err
}

func tell() error { return notify(context.Background(), "") } // want `context.Background\(\) has no deadline, and sdkcalls.notify has nothing else to bound its call`

func login(code string) error {
	if _, err := oidc.NewProvider(context.Background(), "https://issuer"); err != nil { // want `NewProvider's context has no deadline, and http.DefaultClient, which sends it, has no timeout`
		return err
	}
	_, err := (&oauth2.Config{}).Exchange(context.Background(), code) // want `Exchange's context has no deadline, and http.DefaultClient, which sends it, has no timeout`
	return err
}

func token() (*oauth2.Token, error) {
	return (&clientcredentials.Config{}).Token(context.Background()) // want `Token's context has no deadline`
}
