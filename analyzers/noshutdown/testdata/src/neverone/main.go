// Package main shuts one of its two servers down.
package main

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"os/signal"
	"syscall"
	"time"

	"example.org/gen/pb"
	"google.golang.org/grpc"
)

type orders struct{}

func (orders) Place() {}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	l, err := net.Listen("tcp", ":9000")
	if err != nil {
		log.Fatal(err)
	}
	rpc := grpc.NewServer()
	pb.RegisterOrdersServer(rpc, orders{})
	go rpc.Serve(l) // want `nothing shuts this server down when SIGTERM comes; on SIGTERM call GracefulStop`
	srv := &http.Server{Addr: ":8080"}
	go func() {
		if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	<-ctx.Done()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = srv.Shutdown(ctx)
}
