package strategy

import (
	"time"

	"github.com/Rican7/retry/backoff"
	"github.com/Rican7/retry/jitter"
)

type Strategy func(attempt uint) bool

func Limit(n uint) Strategy                                                   { return nil }
func Wait(d ...time.Duration) Strategy                                        { return nil }
func Backoff(a backoff.Algorithm) Strategy                                    { return nil }
func BackoffWithJitter(a backoff.Algorithm, t jitter.Transformation) Strategy { return nil }
