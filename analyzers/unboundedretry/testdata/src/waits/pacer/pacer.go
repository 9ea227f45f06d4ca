// Package pacer waits for others, and imports nothing that could leave the process.
package pacer

import "time"

// Backoff waits longer each time.
func Backoff(n int) { time.Sleep(time.Duration(n) * time.Second) }
