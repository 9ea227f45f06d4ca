// Command grpcpluginhost starts a plugin, and calls others as well.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"grpccalls/pb"
	"grpcplugin"
)

func main() {
	client, err := plugin.NewClient(&plugin.ClientConfig{}).Client()
	if err != nil {
		log.Fatal(err)
	}
	raw, err := client.Dispense("converter")
	if err != nil {
		log.Fatal(err)
	}
	converter := raw.(*grpcplugin.Client)
	if err := converter.Convert(); err != nil {
		log.Fatal(err)
	}
	if err := converter.ConvertIn(context.Background()); err != nil { // silent: the plugin's
		log.Fatal(err)
	}
	conn, err := grpc.NewClient("rates:50051")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := pb.NewRatesClient(conn).Convert(context.Background(), &pb.Request{}); err != nil { // want `Convert's context has no deadline, and gRPC sets none`
		log.Fatal(err)
	}
}
