// Package givenids keeps rows under ids that the messages bring, with new ones only for those that bring none.
package givenids

import (
	"context"
	"database/sql"
	"encoding/json"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"
)

type parcel struct{ ID, Street string }

type command struct{ ID, Street string }

type depot struct{ db *sql.DB }

func (d *depot) add(ctx context.Context, p *parcel) error {
	if p.ID == "" {
		p.ID = uuid.New().String()
	}
	_, err := d.db.ExecContext(ctx, "INSERT INTO parcels (id, street) VALUES ($1, $2)", p.ID, p.Street)
	return err
}

func (d *depot) addAll(ctx context.Context, p *parcel) error { return d.add(ctx, p) }

// The command says which parcel it is.
func (d *depot) fromCommand(ctx context.Context, task *asynq.Task) error {
	var cmd command
	if err := json.Unmarshal(task.Payload(), &cmd); err != nil {
		return err
	}
	return d.addAll(ctx, &parcel{ID: cmd.ID, Street: cmd.Street})
}

// The parcel itself is the message.
func (d *depot) parsed(ctx context.Context, task *asynq.Task) error {
	var p parcel
	if err := json.Unmarshal(task.Payload(), &p); err != nil {
		return err
	}
	return d.add(ctx, &p)
}

// The empty one is looked for here.
func (d *depot) local(ctx context.Context, task *asynq.Task) error {
	var cmd command
	if err := json.Unmarshal(task.Payload(), &cmd); err != nil {
		return err
	}
	id := cmd.ID
	if id == "" {
		id = uuid.NewString()
	}
	_, err := d.db.ExecContext(ctx, "INSERT INTO parcels (id, street) VALUES ($1, $2)", id, cmd.Street)
	return err
}

// Nobody says which parcel it is.
func (d *depot) nameless(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into parcels`
	var cmd command
	if err := json.Unmarshal(task.Payload(), &cmd); err != nil {
		return err
	}
	return d.addAll(ctx, &parcel{Street: cmd.Street})
}

// The id is made here, another one each time.
func (d *depot) drawn(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into parcels`
	return d.addAll(ctx, &parcel{ID: uuid.NewString(), Street: string(task.Payload())})
}

// A new id is made where another field is empty.
func (d *depot) beside(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into parcels`
	var cmd command
	if err := json.Unmarshal(task.Payload(), &cmd); err != nil {
		return err
	}
	id := "7"
	if cmd.Street == "" {
		id = uuid.NewString()
	}
	_, err := d.db.ExecContext(ctx, "INSERT INTO parcels (id, street) VALUES ($1, $2)", id, cmd.Street)
	return err
}
