package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/resilint/resilint/runtime/idempotency"
)

// OnceTx is [idempotency.Once] in a transaction: it marks the key and calls f, and what f does with
// tx is committed together with the mark, or not at all. So f is done once, whenever a
// process dies. It is the caller who commits, and who must roll back if OnceTx returns an error
// that f returned, or the database.
//
//	tx, err := db.BeginTx(ctx, nil)
//	…
//	defer tx.Rollback()
//	id, err := sqlstore.OnceTx(ctx, store, tx, idempotency.Key("orders", msg.ID), func(ctx context.Context) (int64, error) {
//		return insertOrder(ctx, tx, order)
//	})
//	if err != nil {
//		return err
//	}
//	return tx.Commit()
//
// Begin the transaction with OnceTx. A duplicate waits in it until the first transaction has
// ended, as long as ctx and the database allow (MySQL: innodb_lock_wait_timeout; SQLite:
// busy_timeout), and then gets the stored result, or its turn. Databases end one of
// several transactions that wait for each other by an error; repeat the whole transaction then. In
// PostgreSQL, that is also what a duplicate gets in a transaction of REPEATABLE READ or
// SERIALIZABLE. In SQLite use transactions that write from the start (BEGIN IMMEDIATE).
//
// A key may be used by OnceTx and by Once; what is in flight by Once is idempotency.ErrInFlight.
// There is no lease: the key is the transaction's as long as that lives. idempotency.WithLease
// bounds f, and nothing does so otherwise but ctx.
func OnceTx[T any](ctx context.Context, s *Store, tx *sql.Tx, key string, f func(context.Context) (T, error), opts ...idempotency.Option) (T, error) {
	opts = append([]idempotency.Option{idempotency.WithLease(noLease)}, opts...)
	return idempotency.Once(ctx, txStore{s, tx}, key, f, append(opts, idempotency.WithStrict())...)
}

// noLease is more than any transaction takes.
const noLease = idempotency.DefaultTTL

// txStore is a store in a transaction.
type txStore struct {
	s  *Store
	tx *sql.Tx
}

func (t txStore) Begin(ctx context.Context, r idempotency.Request) (idempotency.Claim, error) {
	for range maxTries {
		c, err := t.s.begin(ctx, t.tx, t.s.sql.findTx, r)
		if !errors.Is(err, errContended) { // any other error has ended the transaction
			return c, err
		}
	}
	return idempotency.Claim{}, errContended
}

func (t txStore) Complete(ctx context.Context, c idempotency.Claim, result []byte) error {
	return t.s.complete(ctx, t.tx, c, result)
}

func (t txStore) Abandon(ctx context.Context, c idempotency.Claim) error {
	return t.s.abandon(ctx, t.tx, c)
}
