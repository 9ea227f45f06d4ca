// Package connect is a stub.
package connect

type (
	Request[T any]  struct{ Msg *T }
	Response[T any] struct{ Msg *T }
	HandlerOption   interface{ apply() }
)
