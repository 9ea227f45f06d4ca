package sqlstore_test

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/idempotency/sqlstore"
)

// The order and the mark that it was made are one transaction: there are both, or neither.
func ExampleOnceTx() {
	handle := func(ctx context.Context, db *sql.DB, store *sqlstore.Store, id, album string) error {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		_, err = sqlstore.OnceTx(ctx, store, tx, idempotency.Key("orders", id), func(ctx context.Context) (struct{}, error) {
			_, err := tx.ExecContext(ctx, "INSERT INTO orders (album) VALUES ($1)", album)
			return struct{}{}, err
		})
		if err != nil {
			return err
		}
		return tx.Commit()
	}
	_ = handle // it needs a database
}

// The table, for a migration.
func ExampleDialect_Schema() {
	fmt.Print(sqlstore.PostgreSQL.Schema(""))
	// Output:
	// CREATE TABLE IF NOT EXISTS idempotency_keys (
	// 	id          text COLLATE "C" PRIMARY KEY,
	// 	token       text     NOT NULL, -- of the claim
	// 	done        smallint NOT NULL, -- 0 in flight, 1 finished
	// 	fingerprint text     NOT NULL, -- of the payload
	// 	lease_until bigint   NOT NULL, -- from then on it may be taken over
	// 	expires_at  bigint   NOT NULL, -- from then on it counts as new
	// 	result      bytea
	// );
	// CREATE INDEX IF NOT EXISTS idempotency_keys_expires ON idempotency_keys (expires_at);
}
