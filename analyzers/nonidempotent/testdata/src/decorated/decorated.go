// Package decorated puts something around its handlers that looks first.
package decorated

import (
	"context"
	"net/smtp"
	"sync"

	"github.com/hibiken/asynq"
)

type handler func(ctx context.Context, t *asynq.Task) error

var seen sync.Map

// once gives the id back when handling fails.
func once(next handler) handler {
	return func(ctx context.Context, t *asynq.Task) error {
		id := t.ResultWriter().TaskID()
		if _, loaded := seen.LoadOrStore(id, true); loaded {
			return nil
		}
		if err := next(ctx, t); err != nil {
			seen.Delete(id)
			return err
		}
		return nil
	}
}

func logged(next handler) handler {
	return func(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
		println(t.Type())
		return bill(ctx, t)
	}
}

func mail(ctx context.Context, t *asynq.Task) error {
	return smtp.SendMail("mail:25", nil, "shop@example.org", []string{string(t.Payload())}, []byte("Hello"))
}

func bill(ctx context.Context, t *asynq.Task) error {
	return smtp.SendMail("mail:25", nil, "shop@example.org", []string{string(t.Payload())}, []byte("Bill"))
}

// Handlers are registered by these names.
func Handlers() map[string]handler {
	return map[string]handler{"mail": once(mail), "bill": logged(nil)}
}
