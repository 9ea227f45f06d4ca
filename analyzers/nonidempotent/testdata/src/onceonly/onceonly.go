// Package onceonly makes tasks that are not done again when they fail.
package onceonly

import (
	"context"
	"net/smtp"

	"github.com/hibiken/asynq"
)

// Welcome has a mail sent.
func Welcome(ctx context.Context, client *asynq.Client, to string) error {
	_, err := client.EnqueueContext(ctx, asynq.NewTask("mail", []byte(to)), asynq.MaxRetry(0))
	return err
}

func mail(ctx context.Context, t *asynq.Task) error {
	return smtp.SendMail("mail:25", nil, "shop@example.org", []string{string(t.Payload())}, []byte("Welcome"))
}
