package sqlstore_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"
	"testing"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/idempotency/sqlstore"
)

// What the store does when there is a database is tested in the module runtime/idempotency/stores.

// down is the driver of a database that is not there.
type down struct{}

var errDown = errors.New("connection refused")

func (down) Connect(context.Context) (driver.Conn, error) { return nil, errDown }
func (down) Driver() driver.Driver                        { return nil }

func TestDown(t *testing.T) {
	db := sql.OpenDB(down{})
	defer db.Close()
	for _, d := range []sqlstore.Dialect{sqlstore.PostgreSQL, sqlstore.MySQL, sqlstore.SQLite} {
		s, err := sqlstore.New(db, d, "")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := idempotency.Once(t.Context(), s, "k", func(context.Context) (int, error) {
			t.Error("the work was done")
			return 0, nil
		}); !errors.Is(err, errDown) {
			t.Errorf("error %v", err)
		}
		c := idempotency.Claim{Key: "k", Token: "t"}
		if err := s.Complete(t.Context(), c, nil); !errors.Is(err, errDown) {
			t.Errorf("Complete: %v", err)
		}
		if err := s.Abandon(t.Context(), c); !errors.Is(err, errDown) {
			t.Errorf("Abandon: %v", err)
		}
		if _, err := s.Purge(t.Context()); !errors.Is(err, errDown) {
			t.Errorf("Purge: %v", err)
		}
	}
}

func TestNew(t *testing.T) {
	for _, table := range []string{"", "keys", "app.keys", "_Keys1"} {
		if _, err := sqlstore.New(nil, sqlstore.SQLite, table); err != nil {
			t.Errorf("%q: %v", table, err)
		}
	}
	for _, table := range []string{"1keys", "a.b.c", "keys; DROP TABLE x", "a-b", `"keys"`, "a.", "é"} {
		if _, err := sqlstore.New(nil, sqlstore.SQLite, table); err == nil {
			t.Errorf("%q: no error", table)
		}
	}
	if _, err := sqlstore.New(nil, 0, ""); err == nil {
		t.Error("no dialect: no error")
	}
}

// A store does not put into its table what does not fit: a key that is cut off is another key.
func TestWhatDoesNotFit(t *testing.T) {
	db := sql.OpenDB(down{})
	defer db.Close()
	s, _ := sqlstore.New(db, sqlstore.MySQL, "")
	for _, r := range []idempotency.Request{
		{Key: ""}, {Key: strings.Repeat("k", 256)}, {Key: "k", Fingerprint: strings.Repeat("f", 65)},
	} {
		if _, err := s.Begin(t.Context(), r); err == nil || errors.Is(err, errDown) {
			t.Errorf("error %v", err)
		}
	}
}

func TestSchema(t *testing.T) {
	for _, d := range []sqlstore.Dialect{sqlstore.PostgreSQL, sqlstore.MySQL, sqlstore.SQLite} {
		text := d.Schema("app.keys")
		if strings.Contains(text, "{") || !strings.Contains(text, "app.keys (") || !strings.Contains(text, "keys_expires ") {
			t.Errorf("%s", text)
		}
	}
}
