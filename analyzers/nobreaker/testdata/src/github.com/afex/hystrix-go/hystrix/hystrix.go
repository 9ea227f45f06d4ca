// Package hystrix is a stub.
package hystrix

func Do(name string, run func() error, fallback func(error) error) error { return run() }
