package middleware

import "time"

type HandlerFunc func() error

type Retry struct {
	MaxRetries          int
	InitialInterval     time.Duration
	MaxInterval         time.Duration
	Multiplier          float64
	MaxElapsedTime      time.Duration
	RandomizationFactor float64
	OnRetryHook         func(int, time.Duration)
}

func (r Retry) Middleware(h HandlerFunc) HandlerFunc { return h }
