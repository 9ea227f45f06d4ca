// Package grpc is a stub.
package grpc

type (
	CallOption       interface{ before() }
	ServiceRegistrar interface{ RegisterService(desc, impl any) }
)
