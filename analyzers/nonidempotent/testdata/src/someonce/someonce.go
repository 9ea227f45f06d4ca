// Package someonce makes tasks that are done again, and others that are not.
package someonce

import (
	"context"
	"net/smtp"

	"github.com/hibiken/asynq"
)

// Welcome has a mail sent, Remind another.
func Welcome(ctx context.Context, client *asynq.Client, to string) error {
	_, err := client.EnqueueContext(ctx, asynq.NewTask("mail", []byte(to)), asynq.MaxRetry(0))
	return err
}

func Remind(ctx context.Context, client *asynq.Client, to string) error {
	_, err := client.EnqueueContext(ctx, asynq.NewTask("mail", []byte(to)), asynq.MaxRetry(3))
	return err
}

func mail(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
	return smtp.SendMail("mail:25", nil, "shop@example.org", []string{string(t.Payload())}, []byte("Welcome"))
}
