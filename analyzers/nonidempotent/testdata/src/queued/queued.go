// Package queued puts jobs aside, which are handled by the module itself.
package queued

import (
	"context"
	"database/sql"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/hibiken/asynq"
	"github.com/segmentio/kafka-go"
)

var (
	db     *sql.DB
	client *asynq.Client
	writer *kafka.Writer
)

func enqueue(ctx context.Context, kind string, body []byte) error {
	_, err := client.EnqueueContext(ctx, asynq.NewTask(kind, body))
	return err
}

// Whoever handles the job is told of, if it must not be done twice.
func fanOut(ctx context.Context, task *asynq.Task) error {
	for _, b := range task.Payload() {
		if err := enqueue(ctx, "letter:send", []byte{b}); err != nil {
			return err
		}
	}
	return nil
}

func letter(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into letters`
	_, err := db.ExecContext(ctx, "INSERT INTO letters (recipient) VALUES ($1)", task.Payload())
	return err
}

// Others receive this one.
func forward(ctx context.Context, task *asynq.Task) error { // want `each delivery publishes`
	return writer.WriteMessages(ctx, kafka.Message{Value: append([]byte(time.Now().String()), task.Payload()...)})
}

func routes(g *gin.RouterGroup) {
	g.POST("/orders", order)
	g.POST("/orders/timed", timed)
	g.POST("/orders/at-once", atOnce)
}

// It tells nobody but itself, of when this one is over.
func timed(c *gin.Context) {
	if _, err := db.ExecContext(c, "INSERT INTO orders (customer) VALUES ($1)", "a"); err == nil {
		options := []asynq.Option{asynq.Queue("slow"), asynq.ProcessIn(time.Hour)}
		client.EnqueueContext(c, asynq.NewTask("order:expire", nil), options...)
	}
}

func atOnce(c *gin.Context) { // want `each request INSERTs into orders`
	if _, err := db.ExecContext(c, "INSERT INTO orders (customer) VALUES ($1)", "a"); err == nil {
		client.EnqueueContext(c, asynq.NewTask("order:pack", nil), asynq.Queue("slow"))
	}
}

// The job of the second request is about another order.
func order(c *gin.Context) { // want `each request INSERTs into orders`
	if _, err := db.ExecContext(c, "INSERT INTO orders (customer) VALUES ($1)", "a"); err == nil {
		enqueue(c, "letter:send", []byte("a"))
	}
}
