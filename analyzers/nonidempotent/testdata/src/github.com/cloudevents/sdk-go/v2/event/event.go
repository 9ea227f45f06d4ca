// Package event is a stub.
package event

type Event struct{ DataEncoded []byte }

func (e Event) ID() string { return "" }
