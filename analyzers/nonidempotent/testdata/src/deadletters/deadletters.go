// Package deadletters keeps messages that it cannot handle.
package deadletters

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/hibiken/asynq"
	"gorm.io/gorm"
)

var (
	db  *sql.DB
	orm *gorm.DB
)

type parcel struct{ ID, Address string }

// A row of what cannot be read is no parcel.
func unread(ctx context.Context, task *asynq.Task) error {
	var p parcel
	if err := json.Unmarshal(task.Payload(), &p); err != nil {
		return complain(ctx, err)
	}
	_, err := db.ExecContext(ctx, "UPDATE parcels SET address = $1 WHERE id = $2", p.Address, p.ID)
	return err
}

func complain(ctx context.Context, why error) error {
	_, err := db.ExecContext(ctx, "INSERT INTO complaints (why) VALUES ($1)", why.Error())
	return err
}

func buried(ctx context.Context, task *asynq.Task) error {
	_, err := db.ExecContext(ctx, "INSERT INTO mail_dead_letters (payload) VALUES ($1)", task.Payload())
	return err
}

func failedOnes(ctx context.Context, task *asynq.Task) error {
	_, err := db.ExecContext(ctx, "INSERT INTO shipping.failed_messages (payload) VALUES ($1)", task.Payload())
	return err
}

// What the function is for says its name.
func poisoned(ctx context.Context, task *asynq.Task) error { return keepPoison(ctx, task.Payload()) }

func keepPoison(ctx context.Context, body []byte) error {
	_, err := db.ExecContext(ctx, "INSERT INTO leftovers (payload) VALUES ($1)", body)
	return err
}

type DeadLetter struct {
	ID      uint
	Payload []byte
}

func typed(ctx context.Context, task *asynq.Task) error {
	return orm.Create(&DeadLetter{Payload: task.Payload()}).Error
}

// This one complains of what it could read, too.
func always(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into complaints`
	var p parcel
	err := json.Unmarshal(task.Payload(), &p)
	if err != nil {
		return err
	}
	return complain(ctx, context.Canceled)
}

// A payment that has failed is no message.
func payments(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into failed_payments`
	_, err := db.ExecContext(ctx, "INSERT INTO failed_payments (payload) VALUES ($1)", task.Payload())
	return err
}
