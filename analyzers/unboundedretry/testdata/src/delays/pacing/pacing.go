// Package pacing computes delays, where others do not see it.
package pacing

import "time"

// Next is the delay after n attempts.
func Next(n int) time.Duration { return time.Duration(n) * time.Second }
