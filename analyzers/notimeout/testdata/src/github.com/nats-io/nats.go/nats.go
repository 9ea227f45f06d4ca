// Package nats is a stub.
package nats

import (
	"context"
	"time"
)

type Conn struct{}

type Msg struct{}

func (nc *Conn) Request(subj string, data []byte, timeout time.Duration) (*Msg, error) {
	return nil, nil
}

func (nc *Conn) RequestWithContext(ctx context.Context, subj string, data []byte) (*Msg, error) {
	return nil, nil
}

func (nc *Conn) FlushWithContext(ctx context.Context) error { return nil }

type Subscription struct{}

func (s *Subscription) NextMsgWithContext(ctx context.Context) (*Msg, error) { return nil, nil }
