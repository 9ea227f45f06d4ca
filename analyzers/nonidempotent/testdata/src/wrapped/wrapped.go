// Package wrapped gives handlers to a package of the module that receives messages.
package wrapped

import (
	"context"
	"database/sql"

	"github.com/IBM/sarama"
	"github.com/rabbitmq/amqp091-go"
	"github.com/segmentio/kafka-go"

	"wrapped/bus"
)

var db *sql.DB

func insert(ctx context.Context, body []byte) error {
	_, err := db.ExecContext(ctx, "INSERT INTO orders (v) VALUES ($1)", body)
	return err
}

func start(ctx context.Context, b *bus.Bus, ch *amqp091.Channel, r *kafka.Reader) {
	b.On("orders", ordered)
	b.OnError(failed)
	bus.Each(ctx, ch, "paid", func(ctx context.Context, body []byte) error { return insert(ctx, body) }) // want `RabbitMQ delivers a message again when the connection is lost before the Ack, and after a Nack that puts it back, and each delivery INSERTs into orders`
	bus.Once(ctx, r, once)
}

func ordered(ctx context.Context, body []byte) error { return insert(ctx, body) } // want `Kafka delivers a message again after a rebalance or a crash, and each delivery INSERTs into orders`

func once(ctx context.Context, body []byte) error { return insert(ctx, body) }

func failed(err error) { insert(context.Background(), nil) }

// The group that calls it is not seen; what it is given comes from one.
var table = map[string]func(*sarama.ConsumerMessage) error{"a": consumed}

func consumed(msg *sarama.ConsumerMessage) error { // want `Kafka delivers a message again`
	return insert(context.Background(), msg.Value)
}

// It is called, by one that is no handler.
func decode(msg *sarama.ConsumerMessage) error { return insert(context.Background(), msg.Value) }

func read(msg *sarama.ConsumerMessage) error { return decode(msg) }
