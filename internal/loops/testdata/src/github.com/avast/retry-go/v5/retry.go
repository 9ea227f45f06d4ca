package retry

import (
	"context"
	"time"
)

type (
	retrierCore            struct{}
	Retrier                struct{ *retrierCore }
	RetrierWithData[T any] struct{ *retrierCore }
	Option                 func(*retrierCore)
	DelayContext           interface{ Delay() time.Duration }
	DelayTypeFunc          func(n uint, err error, config DelayContext) time.Duration
)

func New(opts ...Option) *Retrier                           { return nil }
func NewWithData[T any](opts ...Option) *RetrierWithData[T] { return nil }

func (r *Retrier) Do(f func() error) error                            { return nil }
func (r *RetrierWithData[T]) Do(f func() (T, error)) (v T, err error) { return v, nil }

func Attempts(uint) Option           { return nil }
func UntilSucceeded() Option         { return nil }
func Delay(time.Duration) Option     { return nil }
func DelayType(DelayTypeFunc) Option { return nil }
func Context(context.Context) Option { return nil }

func FixedDelay(n uint, err error, c DelayContext) time.Duration { return 0 }
