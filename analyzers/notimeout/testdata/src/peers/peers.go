// Package peers waits for brokers, nodes and services.
package peers

import (
	"context"
	"os"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
	"github.com/jackc/pgx/v5"
	"github.com/nats-io/nats.go"
	"github.com/rabbitmq/amqp091-go"
	"github.com/sendgrid/sendgrid-go"
)

func publish(ch *amqp091.Channel) error {
	if err := ch.Publish("", "orders"); err != nil { // a broker that is gone is noticed
		return err
	}
	confirmation, err := ch.PublishWithDeferredConfirm("", "orders")
	if err != nil {
		return err
	}
	confirmation.Wait()                            // want `Wait takes no context: if the broker is short of memory or disk and blocks publishers, this call hangs with it, for ever; use WaitContext, with a context from context.WithTimeout`
	confirmation.WaitContext(context.Background()) // want `WaitContext's context has no deadline, and RabbitMQ's client sets none: if the broker is short of memory or disk and blocks publishers, this call hangs with it, for ever`
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_, err = confirmation.WaitContext(ctx)
	return err
}

func ask(nc *nats.Conn, sub *nats.Subscription) error {
	if _, err := nc.Request("price", nil, time.Second); err != nil {
		return err
	}
	if err := nc.FlushWithContext(context.Background()); err != nil { // insists on a deadline
		return err
	}
	if _, err := sub.NextMsgWithContext(context.Background()); err != nil { // subscribers wait
		return err
	}
	_, err := nc.RequestWithContext(context.Background(), "price", nil) // want `RequestWithContext's context has no deadline, and NATS sets none: if the service that answers is stuck, this call hangs with it, for ever`
	return err
}

func index() error {
	es, err := elasticsearch.NewClient(elasticsearch.Config{})
	if err != nil {
		return err
	}
	_, err = esapi.BulkRequest{Index: "albums"}.Do(context.Background(), es) // want `Do's context has no deadline, and Elasticsearch's client has no timeout`
	return err
}

func block(url string) (uint64, error) {
	client, err := ethclient.Dial(url)
	if err != nil {
		return 0, err
	}
	if _, err := client.SubscribeNewHead(context.Background(), nil); err != nil { // a stream
		return 0, err
	}
	return client.BlockNumber(context.Background()) // want `BlockNumber's context has no deadline, and Ethereum's client has no timeout`
}

func call(c *rpc.Client) error {
	var n int
	return c.Call(&n, "eth_blockNumber") // want `Call takes no context: .* use its twin that ends in Context`
}

func mail(key string) error {
	client := sendgrid.NewSendClient(key)
	if _, err := client.Send("hello"); err != nil { // want `Send takes no context: .* use SendWithContext`
		return err
	}
	_, err := client.SendWithContext(context.TODO(), "hello") // want `SendWithContext's context has no deadline, and SendGrid's client has no timeout`
	return err
}

func connect(ctx context.Context) error {
	if _, err := pgx.Connect(context.Background(), "postgres://shop@db/shop"); err != nil { // want `pgx.Connect has no timeout: if the peer accepts the connection and goes quiet, this blocks for ever; give it a context with a deadline, or a connect_timeout`
		return err
	}
	if _, err := pgx.Connect(context.Background(), "postgres://shop@db/shop?connect_timeout=5"); err != nil {
		return err
	}
	if _, err := pgx.Connect(context.Background(), os.Getenv("DATABASE_URL")); err != nil { // its settings are not seen
		return err
	}
	_, err := pgx.Connect(ctx, "postgres://shop@db/shop")
	return err
}
