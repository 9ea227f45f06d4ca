// Package gobreaker is a stub.
package gobreaker

import "time"

type (
	Counts   struct{ Requests, ConsecutiveFailures uint32 }
	Settings struct {
		Name         string
		Timeout      time.Duration
		ReadyToTrip  func(counts Counts) bool
		IsSuccessful func(err error) bool
		IsExcluded   func(err error) bool
	}
	CircuitBreaker[T any] struct{ st Settings }
)

func NewCircuitBreaker[T any](st Settings) *CircuitBreaker[T] { return &CircuitBreaker[T]{st} }

func (cb *CircuitBreaker[T]) Execute(req func() (T, error)) (T, error) { return req() }
