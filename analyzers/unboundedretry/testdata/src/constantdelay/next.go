package constantdelay

import (
	"context"
	"time"
)

type request struct{ labels []string }

type reply struct{ job string }

type queue interface {
	Next(ctx context.Context, req *request) (*reply, error)
}

var _ queue = remote{}

type remote struct{}

func (remote) Next(ctx context.Context, req *request) (*reply, error) {
	resp, err := client.Get("https://queue.example.org/next?label=" + req.labels[0])
	if err != nil {
		return nil, err
	}
	return &reply{}, resp.Body.Close()
}

// Asked sends the same request again: that the operation is called Next, and is given a pointer, makes it no
// iterator that fills a variable.
func Asked(ctx context.Context, q queue, labels []string) (*reply, error) {
	req := new(request)
	req.labels = labels
	for { // want `(?s)called again every 1s`
		r, err := q.Next(ctx, req)
		if err == nil {
			return r, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		<-time.After(time.Second)
	}
}
