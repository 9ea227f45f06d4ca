// Package builders adds rows by builders, which know who gives them their ids.
package builders

import (
	"context"

	"github.com/Masterminds/squirrel"
	"github.com/google/uuid"
	"github.com/hibiken/asynq"
	"github.com/rabbitmq/amqp091-go"
	"github.com/uptrace/bun"
	"gorm.io/gorm"
)

type (
	order struct {
		gorm.Model
		Name string
	}
	invoice struct {
		ID   string
		Name string
	}
	ticket struct {
		ID   string `gorm:"primaryKey;default:gen_random_uuid()"`
		Name string
	}
	tagged struct {
		Key  string `bun:"key,pk"`
		Name string
	}
	mailLog struct{ Name string }
	user    struct {
		gorm.Model
		Email string `gorm:"uniqueIndex"`
	}
	voucher struct {
		gorm.Model
		Code string `gorm:"unique"`
		For  string
	}
	outcome struct {
		gorm.Model
		HTTPStatusCode int
		ErrorMessage   string
		Attempt        int
	}
	sending struct {
		gorm.Model
		LastStatusCode int
		StatusCode     *int
		Attempts       int
	}
)

var (
	orm     *gorm.DB
	db      *bun.DB
	channel *amqp091.Channel
)

func counted(ctx context.Context, t *asynq.Task) error { // want `each delivery adds a row \(gorm.DB.Create in builders.counted\)`
	return orm.Create(&order{Name: string(t.Payload())}).Error
}

// The id is the message's: a second row is refused.
func named(ctx context.Context, t *asynq.Task) error {
	return orm.Create(&invoice{ID: string(t.Payload())}).Error
}

func minted(ctx context.Context, t *asynq.Task) error { // want `each delivery adds a row`
	return orm.Create(&invoice{ID: uuid.NewString(), Name: string(t.Payload())}).Error
}

// A new id that goes into a message is none of the row.
func announced(ctx context.Context, t *asynq.Task) error {
	if err := orm.Create(&invoice{ID: string(t.Payload())}).Error; err != nil {
		return err
	}
	return channel.Publish("", "", false, false, amqp091.Publishing{MessageId: uuid.NewString()})
}

func generated(ctx context.Context, t *asynq.Task) error { // want `each delivery adds a row`
	return orm.Create(&ticket{Name: string(t.Payload())}).Error
}

// Who gives it its id is not known.
func anything(ctx context.Context, t *asynq.Task) error { return save(t.Payload()) }

func save(row any) error { return orm.Create(row).Error }

// A log does no harm.
func logged(ctx context.Context, t *asynq.Task) error {
	return orm.Create(&mailLog{Name: string(t.Payload())}).Error
}

// The database refuses a second row with that address.
func unique(ctx context.Context, t *asynq.Task) error {
	return orm.Create(&user{Email: string(t.Payload())}).Error
}

// What became of an attempt is told again by the next.
func attempted(ctx context.Context, t *asynq.Task) error {
	return orm.Create(&outcome{HTTPStatusCode: 502, Attempt: len(t.Payload())}).Error
}

// What is still to be sent counts its attempts.
func toSend(ctx context.Context, t *asynq.Task) error { // want `each delivery adds a row`
	return orm.Create(&sending{Attempts: len(t.Payload())}).Error
}

func drawn(ctx context.Context, t *asynq.Task) error { // want `each delivery adds a row`
	return orm.Create(&voucher{Code: uuid.NewString(), For: string(t.Payload())}).Error
}

func bunNamed(ctx context.Context, t *asynq.Task) error {
	return db.NewInsert().Model(&tagged{Key: string(t.Payload())}).Exec(ctx)
}

func bunMinted(ctx context.Context, t *asynq.Task) error { // want `each delivery adds a row \(bun.InsertQuery.Exec`
	return db.NewInsert().Model(&tagged{Key: uuid.NewString(), Name: string(t.Payload())}).Exec(ctx)
}

func bunConflict(ctx context.Context, t *asynq.Task) error {
	return db.NewInsert().Model(&tagged{Key: uuid.NewString(), Name: string(t.Payload())}).On("CONFLICT DO NOTHING").Exec(ctx)
}

func columns(ctx context.Context, t *asynq.Task) error { // want `each delivery adds a row \(squirrel.InsertBuilder.ExecContext`
	_, err := squirrel.Insert("orders").Columns("customer", "total").Values(t.Payload(), 1).ExecContext(ctx)
	return err
}

func idColumn(ctx context.Context, t *asynq.Task) error {
	_, err := squirrel.Insert("orders").Columns("id", "total").Values(t.Payload(), 1).ExecContext(ctx)
	return err
}

func suffix(ctx context.Context, t *asynq.Task) error {
	_, err := squirrel.Insert("orders").Columns("customer").Values(t.Payload()).Suffix("ON CONFLICT DO NOTHING").ExecContext(ctx)
	return err
}

// Which columns it has is not seen.
func unseen(ctx context.Context, t *asynq.Task) error {
	_, err := squirrel.Insert("orders").Values(t.Payload(), 1).ExecContext(ctx)
	return err
}
