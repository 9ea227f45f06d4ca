package retry

import (
	"context"
	"time"
)

type (
	Config                       struct{}
	Option                       func(*Config)
	RetryableFunc                func() error
	RetryableFuncWithData[T any] func() (T, error)
	DelayTypeFunc                func(n uint, err error, config *Config) time.Duration
)

func Do(f RetryableFunc, opts ...Option) error                                      { return nil }
func DoWithData[T any](f RetryableFuncWithData[T], opts ...Option) (v T, err error) { return v, nil }

func Attempts(uint) Option                               { return nil }
func UntilSucceeded() Option                             { return nil }
func AttemptsForError(uint, error) Option                { return nil }
func Delay(time.Duration) Option                         { return nil }
func MaxDelay(time.Duration) Option                      { return nil }
func MaxJitter(time.Duration) Option                     { return nil }
func DelayType(DelayTypeFunc) Option                     { return nil }
func Context(context.Context) Option                     { return nil }
func LastErrorOnly(bool) Option                          { return nil }
func OnRetry(func(uint, error)) Option                   { return nil }
func RetryIf(func(error) bool) Option                    { return nil }
func CombineDelay(delays ...DelayTypeFunc) DelayTypeFunc { return nil }

func BackOffDelay(n uint, err error, c *Config) time.Duration           { return 0 }
func FixedDelay(n uint, err error, c *Config) time.Duration             { return 0 }
func RandomDelay(n uint, err error, c *Config) time.Duration            { return 0 }
func FullJitterBackoffDelay(n uint, err error, c *Config) time.Duration { return 0 }

func Unrecoverable(err error) error { return err }
