// Command poolcommand has a command that takes one message after the other, one that serves from a pool of its own, and one that does
// both.
package main

import (
	"database/sql"
	"net/http"
	"os"

	_ "github.com/lib/pq"
	amqp "github.com/rabbitmq/amqp091-go"
	"github.com/spf13/cobra"
)

func openForMessages() *sql.DB {
	db, err := sql.Open("postgres", os.Getenv("DSN"))
	if err != nil {
		panic(err)
	}
	return db
}

func openForRequests() *sql.DB {
	db, err := sql.Open("postgres", os.Getenv("DSN")) // want `this pool opens a connection for each query`
	if err != nil {
		panic(err)
	}
	return db
}

func openForBoth() *sql.DB {
	db, err := sql.Open("postgres", os.Getenv("DSN")) // want `this pool opens a connection for each query`
	if err != nil {
		panic(err)
	}
	return db
}

func openForMany() *sql.DB {
	db, err := sql.Open("postgres", os.Getenv("DSN")) // want `this pool opens a connection for each query`
	if err != nil {
		panic(err)
	}
	return db
}

func listen(db *sql.DB) {
	conn, err := amqp.Dial(os.Getenv("BROKER"))
	if err != nil {
		panic(err)
	}
	ch, err := conn.Channel()
	if err != nil {
		panic(err)
	}
	messages, err := ch.Consume("users", "", false, false, false, false, nil)
	if err != nil {
		panic(err)
	}
	for m := range messages {
		if _, err := db.Exec("INSERT INTO accounts (id) VALUES ($1) ON CONFLICT DO NOTHING", m.MessageId); err == nil {
			m.Ack(false)
		}
	}
}

func listenByMany(db *sql.DB) {
	conn, err := amqp.Dial(os.Getenv("BROKER"))
	if err != nil {
		panic(err)
	}
	ch, err := conn.Channel()
	if err != nil {
		panic(err)
	}
	messages, err := ch.Consume("users", "", false, false, false, false, nil)
	if err != nil {
		panic(err)
	}
	for m := range messages {
		go func() {
			if _, err := db.Exec("INSERT INTO accounts (id) VALUES ($1) ON CONFLICT DO NOTHING", m.MessageId); err == nil {
				m.Ack(false)
			}
		}()
	}
}

func serve(db *sql.DB) {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		db.ExecContext(r.Context(), "UPDATE accounts SET seen = now() WHERE id = $1", r.FormValue("id"))
	})
	srv := &http.Server{Addr: ":8080"}
	srv.ListenAndServe()
}

var consume = &cobra.Command{Use: "consume", Run: func(cmd *cobra.Command, args []string) { listen(openForMessages()) }}

var consumeMany = &cobra.Command{Use: "consume-many", Run: func(cmd *cobra.Command, args []string) { listenByMany(openForMany()) }}

var server = &cobra.Command{Use: "server", Run: func(cmd *cobra.Command, args []string) { serve(openForRequests()) }}

var both = &cobra.Command{Use: "both", Run: func(cmd *cobra.Command, args []string) {
	db := openForBoth()
	go listen(db)
	serve(db)
}}

func main() {
	root := &cobra.Command{Use: "poolcommand"}
	root.AddCommand(consume, consumeMany, server, both)
	if err := root.Execute(); err != nil {
		os.Exit(1)
	}
}
