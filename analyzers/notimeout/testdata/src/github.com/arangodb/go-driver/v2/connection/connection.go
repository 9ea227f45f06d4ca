// Package connection is a stub.
package connection

type Connection interface{ GetEndpoint() string }

type HttpConfiguration struct{}

func NewHttpConnection(config HttpConfiguration) Connection { return nil }
