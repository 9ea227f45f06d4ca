// Package storecalls asks stores other than SQL, without a deadline.
package storecalls

import (
	"context"
	"time"

	"github.com/arangodb/go-driver/v2/arangodb"
	"github.com/arangodb/go-driver/v2/connection"
	"github.com/twmb/franz-go/pkg/kgo"
	"go.etcd.io/etcd/client/v3"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func documents(uri string) error {
	ctx := context.Background()
	client, err := mongo.Connect(options.Client().ApplyURI(uri))
	if err != nil {
		return err
	}
	defer client.Disconnect(ctx)
	if err := client.Ping(ctx, nil); err != nil { // a server that is alive answers, one that is not is noticed
		return err
	}
	albums := client.Database("d").Collection("albums")
	if _, err := albums.Indexes().CreateOne(ctx, nil); err != nil { // takes as long as it takes
		return err
	}
	cursor, err := albums.Find(ctx, nil) // want `Find's context has no deadline, and MongoDB's driver gives up only on a server that is gone: if the server is alive and the operation stuck, this call hangs with it, for ever; pass a context from context.WithTimeout`
	if err != nil {
		return err
	}
	defer cursor.Close(ctx)
	var all []string
	if err := cursor.All(ctx, &all); err != nil { // want `All's context has no deadline`
		return err
	}
	return albums.FindOne(ctx, nil).Decode(&all) // want `FindOne's context has no deadline`
}

func insert(ctx context.Context, albums *mongo.Collection) error {
	_, err := albums.InsertOne(ctx, nil)
	return err
}

func seed(albums *mongo.Collection) error {
	return insert(context.Background(), albums) // want `context.Background\(\) has no deadline, and storecalls.insert has nothing else to bound its call: if the server is alive and the operation stuck, this blocks for ever`
}

func timed(albums *mongo.Collection) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return insert(ctx, albums)
}

// follow waits for changes, as long as it lives.
func follow(albums *mongo.Collection) error {
	stream, err := albums.Watch(context.Background(), nil)
	if err != nil {
		return err
	}
	for stream.Next(context.Background()) {
	}
	return nil
}

func keys(c *clientv3.Client) error {
	c.Watch(context.Background(), "k")                              // a stream
	if _, err := c.KeepAlive(context.Background(), 1); err != nil { // another
		return err
	}
	_, err := c.Get(context.Background(), "k") // want `Get's context has no deadline, and etcd's client sets none`
	return err
}

// Connecting is bounded, and nothing else.
func open() (*clientv3.Client, error) {
	return clientv3.New(clientv3.Config{DialTimeout: 5 * time.Second})
}

func graph() error {
	client := arangodb.NewClient(connection.NewHttpConnection(connection.HttpConfiguration{}))
	_, err := client.Version(context.Background()) // want `Version's context has no deadline, and ArangoDB's client sets none`
	return err
}

func produce(c *kgo.Client) error {
	if fetches := c.PollFetches(context.Background()); len(fetches) > 0 { // consumers wait
		return nil
	}
	c.ProduceSync(context.Background(), &kgo.Record{}) // want `ProduceSync's context has no deadline, and Kafka's client tries to deliver for ever unless RecordDeliveryTimeout is set`
	return c.Flush(context.Background())               // want `Flush's context has no deadline`
}
