// Package sqlstore keeps the claims of package idempotency in a table of PostgreSQL, MySQL,
// MariaDB or SQLite, over database/sql and whatever driver you use.
//
//	store, err := sqlstore.New(db, sqlstore.PostgreSQL, "")
//	receipt, err := idempotency.Once(ctx, store, key, charge)
//
// All processes that use the same table know of the same keys, and it is the clock of the
// database by which leases and TTLs run out, not theirs (SQLite has no other than its process's).
// What is known of a key is as durable as the database. What that means for [idempotency.Once]:
// between the effect and the store's hearing of it lies a moment, and a process that dies in it
// leaves the key in flight, until its lease has run out and the work is done again.
//
// [OnceTx] has no such moment. It marks the key in the caller's transaction, in which the effect
// is too: either both are committed, or neither is. It is for effects that are in the database
// themselves, such as an INSERT; what leaves it, such as a mail, belongs into an outbox table.
//
// The table is made by [Dialect.Schema]. Call [Store.Purge] now and then: nothing else deletes
// keys that are over, though they count as new.
package sqlstore

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/resilint/resilint/runtime/idempotency"
)

// DefaultTable is the name of the table where none is given.
const DefaultTable = "idempotency_keys"

// A Store keeps claims in a table. It is safe for concurrent use; make it with [New].
type Store struct {
	db      *sql.DB
	dialect Dialect
	sql     statements
}

// statements are those of a dialect and a table.
type statements struct{ insert, find, findTx, take, complete, abandon, purge string }

var tableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$`)

// New returns a store in the table of that name, which may have a schema's name before it, or in
// [DefaultTable] if it is "". The table must exist; it is not looked at now. The error is that the
// dialect is unknown, or the name is not a plain one.
//
// With SQLite, let connections wait for each other (PRAGMA busy_timeout).
func New(db *sql.DB, d Dialect, table string) (*Store, error) {
	if table == "" {
		table = DefaultTable
	}
	if d != PostgreSQL && d != MySQL && d != SQLite {
		return nil, fmt.Errorf("sqlstore: unknown dialect %d", d)
	}
	if !tableName.MatchString(table) {
		return nil, fmt.Errorf("sqlstore: %q is not a table's name", table)
	}
	return &Store{db: db, dialect: d, sql: d.statements(table)}, nil
}

// querier is a *sql.DB or a *sql.Tx.
type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// maxTries is how often a statement is repeated that others have got in the way of.
const maxTries = 10

// errContended: others were faster, time and again.
var errContended = errors.New("sqlstore: the key changes hands too fast")

// Begin claims a key, as [idempotency.Store] says. It waits for a transaction of [OnceTx] that has the
// same key. The error is the database's.
func (s *Store) Begin(ctx context.Context, r idempotency.Request) (idempotency.Claim, error) {
	err := errContended
	for range maxTries {
		var c idempotency.Claim
		if c, err = s.begin(ctx, s.db, s.sql.find, r); err == nil {
			return c, nil
		}
		if !contended(err) || ctx.Err() != nil {
			break
		}
	}
	return idempotency.Claim{}, err
}

// contended reports whether err is one by which a database picks one of several that wait for each
// other, and the same statement may succeed the next time. Drivers have no common type for them;
// their texts contain the database's.
func contended(err error) bool {
	if errors.Is(err, errContended) {
		return true
	}
	msg := strings.ToLower(err.Error())
	return strings.Contains(msg, "deadlock") || strings.Contains(msg, "could not serialize")
}

// begin tries to claim a key: it is inserted, or else what is there is looked at, and taken if it
// is free and still the same then. Each of the statements stands for itself.
func (s *Store) begin(ctx context.Context, q querier, find string, r idempotency.Request) (idempotency.Claim, error) {
	if r.Key == "" || len(r.Key) > idempotency.MaxKey || len(r.Fingerprint) > maxFingerprint {
		return idempotency.Claim{}, fmt.Errorf("sqlstore: a key of %d bytes, a fingerprint of %d", len(r.Key), len(r.Fingerprint))
	}
	c := idempotency.Claim{Key: r.Key, TTL: r.TTL, State: idempotency.Claimed, Token: rand.Text()}
	lease, ttl := millis(r.Lease), millis(r.TTL)
	n, err := exec(ctx, q, s.sql.insert, r.Key, c.Token, r.Fingerprint, lease, lease+ttl)
	if err != nil || n == 1 {
		return c, err
	}
	old, err := s.find(ctx, q, find, r.Key)
	switch {
	case errors.Is(err, sql.ErrNoRows): // it was abandoned meanwhile
		return c, errContended
	case err != nil:
		return c, err
	}
	if old.answers(r, &c) {
		return c, nil
	}
	n, err = exec(ctx, q, s.sql.take, c.Token, r.Fingerprint, lease, lease+ttl, r.Key, old.token, old.done)
	if err == nil && n != 1 {
		err = errContended
	}
	return c, err
}

// row is what the table has for a key.
type row struct {
	token       string
	done        int
	fingerprint string
	lease, left int64 // until it runs out, and until it is over, in milliseconds
	result      []byte
}

// answers reports whether a row, as it is, is the answer to a request; or else it may be taken.
func (o *row) answers(r idempotency.Request, c *idempotency.Claim) bool {
	switch {
	case o.left <= 0:
		return false
	case r.Fingerprint != "" && o.fingerprint != "" && r.Fingerprint != o.fingerprint:
		c.State = idempotency.Mismatch
	case o.done != 0:
		c.State, c.Result = idempotency.Finished, o.result
	case o.lease > 0:
		c.State, c.Left = idempotency.InFlight, time.Duration(o.lease)*time.Millisecond
	default:
		return false
	}
	c.Token = ""
	return true
}

// Complete finishes a claim, as [idempotency.Store] says. The error is idempotency.ErrLost, or the
// database's.
func (s *Store) Complete(ctx context.Context, c idempotency.Claim, result []byte) error {
	return s.complete(ctx, s.db, c, result)
}

func (s *Store) complete(ctx context.Context, q querier, c idempotency.Claim, result []byte) error {
	if result == nil {
		result = []byte{} // as a NULL, some drivers would not know its type
	}
	n, err := exec(ctx, q, s.sql.complete, result, millis(c.TTL), c.Key, c.Token)
	if err == nil && n == 0 && s.is(ctx, q, c) {
		return nil
	}
	return owned(n, err)
}

// is reports whether a claim was finished before. MySQL counts no row for a statement that
// changes nothing, as one that is repeated in the same millisecond.
func (s *Store) is(ctx context.Context, q querier, c idempotency.Claim) bool {
	old, err := s.find(ctx, q, s.sql.find, c.Key)
	return err == nil && old.token == c.Token && old.done != 0
}

// find reads the row of a key.
func (s *Store) find(ctx context.Context, q querier, statement, key string) (r row, err error) {
	err = q.QueryRowContext(ctx, statement, key).Scan(&r.token, &r.done, &r.fingerprint, &r.lease, &r.left, &r.result)
	return r, err
}

// Abandon gives a claim back, as [idempotency.Store] says: it deletes its row. The error is
// idempotency.ErrLost, or the database's.
func (s *Store) Abandon(ctx context.Context, c idempotency.Claim) error {
	return s.abandon(ctx, s.db, c)
}

func (s *Store) abandon(ctx context.Context, q querier, c idempotency.Claim) error {
	return owned(exec(ctx, q, s.sql.abandon, c.Key, c.Token))
}

// purgeBatch is how many rows are deleted by one statement, so that it locks none for long: ours.
const purgeBatch = 1000

// Purge deletes the keys that are over, and returns how many they were. They are deleted a thousand at a
// time. The error is the database's, or the cause for which ctx has ended.
func (s *Store) Purge(ctx context.Context) (int64, error) {
	var sum int64
	for {
		if ctx.Err() != nil {
			return sum, context.Cause(ctx)
		}
		n, err := exec(ctx, s.db, s.sql.purge)
		if sum += n; err != nil || n < purgeBatch {
			return sum, err
		}
	}
}

func exec(ctx context.Context, q querier, statement string, args ...any) (int64, error) {
	res, err := q.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// owned returns the error for a statement that changes a row only if it is the claim's.
func owned(n int64, err error) error {
	if err == nil && n == 0 {
		err = idempotency.ErrLost
	}
	return err
}

// millis returns d in milliseconds, and not less than one.
func millis(d time.Duration) int64 { return max(1, d.Milliseconds()) }
