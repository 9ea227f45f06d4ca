// Command poolbusy serves messages as they come.
package main

import (
	"database/sql"
	"os"

	_ "github.com/lib/pq"
	amqp "github.com/rabbitmq/amqp091-go"
)

func open() (*sql.DB, error) { return sql.Open("postgres", os.Getenv("DSN")) } // want `this pool opens a connection`

func listen(ch *amqp.Channel) error {
	messages, err := ch.Consume("users", "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	db, err := open()
	if err != nil {
		return err
	}
	go func() {
		for m := range messages {
			go func() {
				if _, err := db.Exec("INSERT INTO accounts (id) VALUES ($1) ON CONFLICT DO NOTHING", m.MessageId); err == nil {
					m.Ack(false)
				}
			}()
		}
	}()
	return nil
}

func main() {
	conn, err := amqp.Dial(os.Getenv("BROKER"))
	if err != nil {
		panic(err)
	}
	ch, err := conn.Channel()
	if err != nil {
		panic(err)
	}
	if err := listen(ch); err != nil {
		panic(err)
	}
	select {}
}
