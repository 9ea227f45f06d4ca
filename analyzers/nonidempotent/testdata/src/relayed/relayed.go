// Package relayed hands messages on, answers them, and counts them.
package relayed

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/rabbitmq/amqp091-go"
	"github.com/redis/go-redis/v9"
	"github.com/segmentio/kafka-go"
	"gorm.io/gorm"
)

type relay struct {
	from *kafka.Reader
	to   *kafka.Writer
}

// Who gets the message knows it by what it was known by before.
func (r *relay) same(ctx context.Context) error {
	for {
		msg, err := r.from.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if err := r.to.WriteMessages(ctx, msg); err != nil {
			return err
		}
		if err := r.from.CommitMessages(ctx, msg); err != nil {
			return err
		}
	}
}

func (r *relay) opened(ctx context.Context) error {
	for {
		msg, err := r.from.FetchMessage(ctx)
		if err != nil {
			return err
		}
		inner := unwrap(msg)
		if err := r.to.WriteMessages(ctx, inner); err != nil {
			return err
		}
		if err := r.from.CommitMessages(ctx, msg); err != nil {
			return err
		}
	}
}

func unwrap(msg kafka.Message) kafka.Message {
	var inner kafka.Message
	_ = json.Unmarshal(msg.Value, &inner)
	return inner
}

func (r *relay) another(ctx context.Context) error { // want `Kafka delivers a message again .* each delivery publishes`
	for {
		msg, err := r.from.FetchMessage(ctx)
		if err != nil {
			return err
		}
		if err := r.to.WriteMessages(ctx, kafka.Message{Value: append([]byte("paid "), msg.Value...)}); err != nil {
			return err
		}
		if err := r.from.CommitMessages(ctx, msg); err != nil {
			return err
		}
	}
}

type (
	request  struct{ ID, Body string }
	response struct {
		CorrelationID string
		Body          string
	}
	order struct{ Customer, Body string }
)

func answers(deliveries <-chan amqp091.Delivery, ch *amqp091.Channel) {
	for d := range deliveries {
		var req request
		if json.Unmarshal(d.Body, &req) != nil {
			d.Nack(false, false)
			continue
		}
		body, _ := json.Marshal(response{CorrelationID: req.ID, Body: req.Body})
		if ch.Publish("", "answers", false, false, amqp091.Publishing{Body: body}) != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}

func orders(deliveries <-chan amqp091.Delivery, ch *amqp091.Channel) { // want `each delivery publishes`
	for d := range deliveries {
		var req request
		if json.Unmarshal(d.Body, &req) != nil {
			d.Nack(false, false)
			continue
		}
		body, _ := json.Marshal(order{Customer: req.ID, Body: req.Body})
		if ch.Publish("", "orders", false, false, amqp091.Publishing{Body: body}) != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}

func counts(deliveries <-chan amqp091.Delivery, rdb *redis.Client, key string) {
	for d := range deliveries {
		rdb.IncrBy(context.Background(), "orders:depth", 1)
		_ = rdb.IncrBy(context.Background(), key, int64(len(d.Body))) // nobody asks whether it has counted
		d.Ack(false)
	}
}

func credits(deliveries <-chan amqp091.Delivery, rdb *redis.Client) { // want `each delivery adds to credit`
	for d := range deliveries {
		if err := rdb.IncrBy(context.Background(), "credit:"+string(d.Body), 1); err != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}

func queues(deliveries <-chan amqp091.Delivery, db *sql.DB) {
	for d := range deliveries {
		if _, err := db.Exec("INSERT INTO delivery_tasks (target, payload) VALUES ($1, $2)", "shop", d.Body); err != nil {
			d.Nack(false, true)
			continue
		}
		d.Ack(false)
	}
}

// In a transaction, it returns if the order is no longer pending.
func pays(deliveries <-chan amqp091.Delivery, orm *gorm.DB) {
	for d := range deliveries {
		bill := &Bill{}
		err := orm.Transaction(func(tx *gorm.DB) error {
			if err := tx.First(bill, "id = ?", d.Body).Error; err != nil {
				return err
			}
			if bill.Status != "pending" {
				return errors.New("not pending")
			}
			return tx.Create(&Payment{Amount: 1}).Error
		})
		if err != nil {
			d.Nack(false, false)
			continue
		}
		d.Ack(false)
	}
}

func paysAgain(deliveries <-chan amqp091.Delivery, orm *gorm.DB) { // want `each delivery adds a row`
	for d := range deliveries {
		bill := &Bill{Status: "pending"}
		err := orm.Transaction(func(tx *gorm.DB) error {
			if bill.Status != "pending" {
				return errors.New("not pending")
			}
			return tx.Create(&Payment{Amount: len(d.Body)}).Error
		})
		if err != nil {
			d.Nack(false, false)
			continue
		}
		d.Ack(false)
	}
}

type (
	Bill struct {
		gorm.Model
		Status string
	}
	Payment struct {
		gorm.Model
		Amount int
	}
)
