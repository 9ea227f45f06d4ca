// Package events is how services tell each other, through Kafka, what has
// happened.
package events

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

// Topic is where everything about orders is told.
const Topic = "orders"

// OrderPlaced is the type of event that tells of an order which is paid and
// will be shipped.
const OrderPlaced = "order.placed"

// Event is something that has happened to an order.
type Event struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	OrderID  string `json:"orderId"`
	SKU      string `json:"sku"`
	Title    string `json:"title"`
	Quantity int    `json:"quantity"`
	Customer string `json:"customer"`
}

// Publisher tells of events. A nil Publisher keeps them to itself.
type Publisher struct {
	client *kgo.Client
}

// NewPublisher returns a publisher to the brokers, which are separated by
// commas.
func NewPublisher(brokers string) (*Publisher, error) {
	client, err := kgo.NewClient(kgo.SeedBrokers(strings.Split(brokers, ",")...))
	if err != nil {
		return nil, fmt.Errorf("connect to Kafka: %w", err)
	}
	return &Publisher{client: client}, nil
}

// Publish tells of an event, and returns when the broker has it.
func (p *Publisher) Publish(ctx context.Context, e Event) error {
	if p == nil {
		return nil
	}
	value, err := json.Marshal(e)
	if err != nil {
		return err
	}
	record := &kgo.Record{Topic: Topic, Key: []byte(e.OrderID), Value: value}
	if err := p.client.ProduceSync(ctx, record).FirstErr(); err != nil {
		return fmt.Errorf("publish %s: %w", e.Type, err)
	}
	return nil
}

// Close closes the connections to the brokers.
func (p *Publisher) Close() {
	if p != nil {
		p.client.Close()
	}
}

// Consume calls handle for every event, one after the other, from where the
// group stopped the last time, until ctx ends.
func Consume(ctx context.Context, brokers, group string, handle func(context.Context, Event) error) error {
	client, err := kgo.NewClient(
		kgo.SeedBrokers(strings.Split(brokers, ",")...),
		kgo.ConsumerGroup(group),
		kgo.ConsumeTopics(Topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(),
	)
	if err != nil {
		return fmt.Errorf("connect to Kafka: %w", err)
	}
	defer client.Close()
	for {
		fetches := client.PollFetches(ctx)
		if ctx.Err() != nil {
			return nil
		}
		fetches.EachError(func(topic string, _ int32, err error) { log.Printf("%s: read %s: %v", group, topic, err) })
		for _, r := range fetches.Records() {
			var e Event
			if err := json.Unmarshal(r.Value, &e); err != nil {
				log.Printf("%s: skipped what is no event at %d: %v", group, r.Offset, err)
				continue
			}
			for left := attempts; left > 0; left-- {
				err := handle(ctx, e)
				if err == nil {
					break
				}
				log.Printf("%s: %s of %s, %d attempts left: %v", group, e.Type, e.OrderID, left-1, err)
				time.Sleep(pause)
			}
		}
		if err := client.CommitUncommittedOffsets(ctx); err != nil {
			log.Printf("%s: commit: %v", group, err)
		}
	}
}

const (
	attempts = 3
	pause    = 500 * time.Millisecond
)
