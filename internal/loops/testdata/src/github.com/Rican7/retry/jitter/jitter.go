package jitter

import (
	"math/rand"
	"time"
)

type Transformation func(time.Duration) time.Duration

func Full(r *rand.Rand) Transformation { return nil }
