package stores

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/idempotency/sqlstore"
	"github.com/resilint/resilint/runtime/idempotency/storetest"
)

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		child()
		return
	}
	code := m.Run()
	stopServers()
	os.Exit(code)
}

func TestSQLite(t *testing.T) { conform(t, "SQLite") }

func TestPostgreSQL(t *testing.T) { conform(t, "PostgreSQL") }

func TestMariaDB(t *testing.T) { conform(t, "MariaDB") }

func TestRedis(t *testing.T) { conform(t, "Redis") }

// conform holds a store to the rows 51 to 56 and 59, and to what only shows with several processes.
func conform(t *testing.T, kind string) {
	s := newSubject(t, kind)
	storetest.Run(t, func(t *testing.T) storetest.Harness {
		return storetest.Harness{Store: s.store, Advance: func(t *testing.T, d time.Duration) { s.advanceBy(t, d) }}
	})
	t.Run("two processes, one execution", func(t *testing.T) { raceProcesses(t, s, "race") })
	t.Run("kill -9 after the effect: in flight, and done again after the lease", func(t *testing.T) { killed(t, s) })
	t.Run("Complete, again and again", func(t *testing.T) { repeated(t, s) })
	t.Run("the clock", func(t *testing.T) { clock(t, s) })
	t.Run("what is over goes", func(t *testing.T) { purged(t, s) })
}

func (s *subject) advanceBy(t *testing.T, d time.Duration) {
	t.Helper()
	if err := s.advance(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

func purged(t *testing.T, s *subject) {
	s.advanceBy(t, 1000*time.Hour)
	if s.db != nil {
		if _, err := s.db.store.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 5 {
		if _, err := idempotency.Once(t.Context(), s.store, fmt.Sprint("purge", i), done); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.keys(t.Context()); n != 5 || err != nil {
		t.Errorf("%d keys, error %v; want 5", n, err)
	}
	s.advanceBy(t, idempotency.DefaultTTL)
	if s.db != nil {
		if n, err := s.db.store.Purge(t.Context()); n != 5 || err != nil {
			t.Errorf("%d were purged, error %v; want 5", n, err)
		}
	}
	if n, err := s.keys(t.Context()); n != 0 || err != nil {
		t.Errorf("%d keys, error %v; want none", n, err)
	}
}

// clock: times in a table are what its schema says, in whatever time zone.
func clock(t *testing.T, s *subject) {
	if s.db == nil {
		return
	}
	if _, err := s.store.Begin(t.Context(), idempotency.Request{Key: "clock", Lease: time.Hour, TTL: time.Hour}); err != nil {
		t.Fatal(err)
	}
	var ms int64
	if err := s.db.QueryRowContext(t.Context(), "SELECT lease_until FROM "+s.name+" WHERE id = 'clock'").Scan(&ms); err != nil {
		t.Fatal(err)
	}
	if off := time.Until(time.UnixMilli(ms)) - time.Hour; off.Abs() > 10*time.Minute {
		t.Errorf("the database's clock is ahead by %v", off)
	}
}

// repeated: a Complete whose answer was lost is made again, perhaps in the same millisecond.
func repeated(t *testing.T, s *subject) {
	c, err := s.store.Begin(t.Context(), idempotency.Request{Key: "repeated", Lease: time.Hour, TTL: time.Hour})
	for i := range 20 {
		if err == nil {
			err = s.store.Complete(t.Context(), c, []byte("result"))
		}
		if err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
}

func done(context.Context) (string, error) { return "done", nil }

// Row 58, for the databases.
func TestOnceTx(t *testing.T) {
	for _, kind := range []string{"SQLite", "PostgreSQL", "MariaDB"} {
		t.Run(kind, func(t *testing.T) {
			s := newSubject(t, kind)
			for name, test := range map[string]func(*testing.T, *subject){
				"a commit keeps mark and effect":                           committed,
				"a rollback removes both":                                  rolledBack,
				"failure and panic abandon, whatever the caller does":      failedInTx,
				"1,000 duplicates, one execution":                          duplicatesInTx,
				"what Once holds is in flight, and is taken over":          mixed,
				"two processes, one execution":                             func(t *testing.T, s *subject) { raceProcesses(t, s, "tx-race") },
				"kill -9 between effect and commit leaves neither":         killedInTx,
				"a duplicate whose snapshot is older":                      oldSnapshot,
				"the result of another type, or that cannot be told: none": unrecordedInTx,
			} {
				t.Run(name, func(t *testing.T) { test(t, s) })
			}
		})
	}
}

// inTx runs f by OnceTx, with an effect in the same transaction, and ends the transaction by end.
func (s *subject) inTx(ctx context.Context, key string, f func() error, end func(*sql.Tx) error) (string, error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	defer tx.Rollback()
	v, err := sqlstore.OnceTx(ctx, s.db.store, tx, key, func(ctx context.Context) (string, error) {
		if _, err := tx.ExecContext(ctx, s.db.insert, key); err != nil {
			return "", err
		}
		return "done", f()
	})
	return v, errors.Join(err, end(tx))
}

// retryTx is inTx with a commit, repeated where the database asks for it.
func (s *subject) retryTx(ctx context.Context, key string, f func() error) (v string, err error) {
	for range 20 {
		if v, err = s.inTx(ctx, key, f, (*sql.Tx).Commit); err == nil || !strings.Contains(strings.ToLower(err.Error()), "deadlock") {
			break
		}
	}
	return v, err
}

func fine() error { return nil }

// wantEffects fails the test unless there are so many of a key.
func (s *subject) wantEffects(t *testing.T, key string, want int) {
	t.Helper()
	if n, err := s.effects(t.Context(), key); n != want || err != nil {
		t.Errorf("%d effects, error %v; want %d", n, err, want)
	}
}

func committed(t *testing.T, s *subject) {
	for range 3 {
		if v, err := s.inTx(t.Context(), "commit", fine, (*sql.Tx).Commit); v != "done" || err != nil {
			t.Errorf("%q, error %v", v, err)
		}
	}
	s.wantEffects(t, "commit", 1)
	if v, err := idempotency.Once(t.Context(), s.store, "commit", func(context.Context) (string, error) { return "again", nil }); v != "done" || err != nil {
		t.Errorf("by Once: %q, error %v", v, err)
	}
	s.advanceBy(t, idempotency.DefaultTTL)
	if v, err := s.inTx(t.Context(), "commit", fine, (*sql.Tx).Commit); v != "done" || err != nil {
		t.Errorf("after the TTL: %q, error %v", v, err)
	}
	s.wantEffects(t, "commit", 2)
}

func rolledBack(t *testing.T, s *subject) {
	for range 2 {
		if v, err := s.inTx(t.Context(), "rollback", fine, (*sql.Tx).Rollback); v != "done" || err != nil {
			t.Errorf("%q, error %v", v, err)
		}
		s.wantEffects(t, "rollback", 0)
	}
	if v, err := s.inTx(t.Context(), "rollback", fine, (*sql.Tx).Commit); v != "done" || err != nil {
		t.Errorf("%q, error %v", v, err)
	}
	s.wantEffects(t, "rollback", 1)
}

func failedInTx(t *testing.T, s *subject) {
	failed := errors.New("declined")
	for _, end := range []func(*sql.Tx) error{(*sql.Tx).Rollback, (*sql.Tx).Commit} {
		if _, err := s.inTx(t.Context(), "fail", func() error { return failed }, end); !errors.Is(err, failed) {
			t.Errorf("error %v", err)
		}
	}
	func() {
		defer func() { _ = recover() }()
		_, _ = s.inTx(t.Context(), "fail", func() error { panic("ouch") }, (*sql.Tx).Commit)
	}()
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := s.inTx(ctx, "fail", func() error { cancel(); return ctx.Err() }, (*sql.Tx).Commit); err == nil {
		t.Error("cancelled: no error")
	}
	s.wantEffects(t, "fail", 1) // of the one that its caller has committed
	if v, err := s.inTx(t.Context(), "fail", fine, (*sql.Tx).Commit); v != "done" || err != nil {
		t.Errorf("%q, error %v", v, err)
	}
	s.wantEffects(t, "fail", 2)
}

func duplicatesInTx(t *testing.T, s *subject) {
	var runs atomic.Int64
	var all sync.WaitGroup
	for range 1000 {
		all.Go(func() {
			v, err := s.retryTx(t.Context(), "duplicates", func() error { runs.Add(1); return nil })
			if v != "done" || err != nil {
				t.Errorf("%q, error %v", v, err)
			}
		})
	}
	all.Wait()
	if s.wantEffects(t, "duplicates", 1); runs.Load() != 1 {
		t.Errorf("%d executions", runs.Load())
	}
}

func mixed(t *testing.T, s *subject) {
	r := idempotency.Request{Key: "mixed", Lease: time.Minute, TTL: time.Hour}
	first, err := s.store.Begin(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.inTx(t.Context(), "mixed", fine, (*sql.Tx).Rollback); !errors.Is(err, idempotency.ErrInFlight) {
		t.Errorf("error %v, want ErrInFlight", err)
	}
	s.advanceBy(t, time.Minute)
	if v, err := s.inTx(t.Context(), "mixed", fine, (*sql.Tx).Rollback); v != "done" || err != nil {
		t.Errorf("%q, error %v", v, err)
	}
	if err := s.store.Complete(t.Context(), first, []byte(`"first"`)); err != nil {
		t.Errorf("after the rollback of who has taken it over: %v", err)
	}
	if v, err := s.inTx(t.Context(), "mixed", fine, (*sql.Tx).Commit); v != "first" || err != nil {
		t.Errorf("%q, error %v", v, err)
	}
	s.wantEffects(t, "mixed", 0)
}

// oldSnapshot: a transaction that has begun to read before the first one has committed must
// see its mark all the same, or fail.
func oldSnapshot(t *testing.T, s *subject) {
	if s.kind == "SQLite" {
		t.Skip("SQLite: there is one transaction at a time that writes")
	}
	for level, wantError := range map[sql.IsolationLevel]bool{
		sql.LevelReadCommitted: false, sql.LevelRepeatableRead: s.kind == "PostgreSQL",
	} {
		key := "snapshot " + level.String()
		tx, err := s.db.BeginTx(t.Context(), &sql.TxOptions{Isolation: level})
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM "+s.name).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if _, err := s.inTx(t.Context(), key, fine, (*sql.Tx).Commit); err != nil {
			t.Fatal(err)
		}
		v, err := sqlstore.OnceTx(t.Context(), s.db.store, tx, key, func(context.Context) (string, error) {
			t.Errorf("%v: done again", level)
			return "", nil
		})
		if v != "done" && !wantError || (err != nil) != wantError {
			t.Errorf("%v: %q, error %v", level, v, err)
		}
		_ = tx.Rollback()
	}
}

// unrecordedInTx: what cannot be recorded must be rolled back, so it is an error.
func unrecordedInTx(t *testing.T, s *subject) {
	tx, err := s.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := sqlstore.OnceTx(t.Context(), s.db.store, tx, "unrecorded", func(context.Context) (any, error) {
		return func() {}, nil
	}); err == nil {
		t.Error("a function as result: no error")
	}
	if _, err := sqlstore.OnceTx(t.Context(), s.db.store, tx, "unrecorded", func(context.Context) (string, error) {
		return "done", tx.Rollback()
	}); err == nil {
		t.Error("the transaction was over before the mark was there: no error")
	}
}
