// Package counted adds to numbers.
package counted

import (
	"context"
	"net/http"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"
	"github.com/uptrace/bun"
	"gorm.io/gorm"
)

var (
	orm *gorm.DB
	db  *bun.DB
	rdb *redis.Client
)

type account struct{ gorm.Model }

func expression(ctx context.Context, t *asynq.Task) error { // want `each delivery adds to balance \(gorm.Expr in counted.expression\): the second counts twice`
	return orm.Model(&account{}).Where("id = ?", t.Payload()).Update("balance", gorm.Expr("balance + ?", 5)).Error
}

// It expects a state.
func expected(ctx context.Context, t *asynq.Task) error {
	return orm.Model(&account{}).Where("id = ? AND status = ?", t.Payload(), "open").Update("balance", gorm.Expr("balance + ?", 5)).Error
}

// It sets what it has counted.
func computed(ctx context.Context, t *asynq.Task) error {
	return orm.Model(&account{}).Where("id = ?", t.Payload()).Update("name", gorm.Expr("upper(?)", "a")).Error
}

// How often something was tried may be counted twice.
func attempts(ctx context.Context, t *asynq.Task) error {
	return orm.Model(&account{}).Where("id = ?", t.Payload()).Update("attempts", gorm.Expr("attempts + 1")).Error
}

func set(ctx context.Context, t *asynq.Task) error { // want `each delivery adds to amount \(bun.UpdateQuery.Set`
	return db.NewUpdate().Model(&account{}).Set("amount = amount - ?", 5).Where("id = ?", t.Payload()).Exec(ctx)
}

func setInState(ctx context.Context, t *asynq.Task) error {
	return db.NewUpdate().Model(&account{}).Set("amount = amount - ?", 5).Where("state = ? AND id = ?", "open", t.Payload()).Exec(ctx)
}

func key(ctx context.Context, t *asynq.Task) error { // want `each delivery adds to credits`
	return rdb.IncrBy(ctx, "credits:"+string(t.Payload()), 5)
}

// A limiter.
func window(ctx context.Context, t *asynq.Task) error {
	if err := rdb.IncrBy(ctx, "calls:"+string(t.Payload()), 1); err != nil {
		return err
	}
	return rdb.Expire(ctx, "calls:"+string(t.Payload()), time.Minute)
}

func retries(ctx context.Context, t *asynq.Task) error {
	return rdb.IncrBy(ctx, "retries:"+string(t.Payload()), 1)
}

// Nobody asks what becomes of it: it may be about right.
func aside(ctx context.Context, t *asynq.Task) error {
	go rdb.IncrBy(ctx, "seen:"+string(t.Payload()), 1)
	defer http.Header{}.Get("Idempotency-Key")
	return nil
}
