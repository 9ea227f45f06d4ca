// Package pb is a stub of generated code.
package pb

import "google.golang.org/grpc"

type OrdersServer interface{ Place() }

func RegisterOrdersServer(r grpc.ServiceRegistrar, s OrdersServer) {}
