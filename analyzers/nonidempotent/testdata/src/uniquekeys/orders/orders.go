// Package orders adds rows, of which some tables refuse a second: the keys are in ../migrations.
package orders

import (
	"database/sql"

	"github.com/rabbitmq/amqp091-go"
	"gorm.io/gorm"
)

func paid(deliveries <-chan amqp091.Delivery, db *sql.DB) {
	for d := range deliveries {
		if _, err := db.Exec("INSERT INTO payments (provider, order_id, amount) VALUES ($1, $2, $3)", "bank", d.Body, 1); err != nil {
			d.Nack(false, false)
			continue
		}
		d.Ack(false)
	}
}

func amount(deliveries <-chan amqp091.Delivery, db *sql.DB) { // want `RabbitMQ delivers a message again .* each delivery INSERTs into payments`
	for d := range deliveries {
		if _, err := db.Exec("INSERT INTO payments (order_id, amount) VALUES ($1, $2)", d.Body, 1); err != nil {
			d.Nack(false, false)
			continue
		}
		d.Ack(false)
	}
}

type (
	Note struct {
		gorm.Model
		Author, Body string
	}
	PinnedNote struct {
		gorm.Model
		Author  string
		Content string `gorm:"column:body"`
	}
)

func noted(deliveries <-chan amqp091.Delivery, orm *gorm.DB) { // want `each delivery adds a row`
	for d := range deliveries {
		if err := orm.Create(&Note{Body: string(d.Body)}).Error; err != nil {
			d.Nack(false, false)
			continue
		}
		d.Ack(false)
	}
}

func pinned(deliveries <-chan amqp091.Delivery, orm *gorm.DB) {
	for d := range deliveries {
		if err := orm.Create(&PinnedNote{Content: string(d.Body)}).Error; err != nil {
			d.Nack(false, false)
			continue
		}
		d.Ack(false)
	}
}
