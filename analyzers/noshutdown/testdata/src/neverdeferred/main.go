// Package main stops its server when that has stopped already: no signal gets so far.
package main

import (
	"log"
	"net"

	"example.org/gen/pb"
	"google.golang.org/grpc"
)

type orders struct{}

func (orders) Place() {}

func main() {
	l, err := net.Listen("tcp", ":9000")
	if err != nil {
		log.Fatal(err)
	}
	srv := grpc.NewServer()
	defer srv.Stop()
	pb.RegisterOrdersServer(srv, orders{})
	log.Fatal(srv.Serve(l)) // want `nothing shuts this server down; on SIGTERM call GracefulStop`
}
