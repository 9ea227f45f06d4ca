package schema_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/schema"
)

func TestRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		sql     string
		table   string
		columns []string
		want    schema.Key
	}{
		"a column":                {`CREATE TABLE payments (id BIGSERIAL PRIMARY KEY, reference TEXT NOT NULL UNIQUE, amount INT)`, "payments", []string{"reference", "amount"}, schema.Key{"reference"}},
		"not given":               {`CREATE TABLE payments (id BIGSERIAL PRIMARY KEY, reference TEXT UNIQUE, amount INT)`, "payments", []string{"amount"}, nil},
		"no list of columns":      {`CREATE TABLE payments (reference TEXT UNIQUE)`, "payments", nil, schema.Key{"reference"}},
		"a constraint":            {`create table if not exists shop.seats (id serial primary key, user_id int, seat_id int, constraint once unique (user_id, seat_id))`, "seats", []string{" user_id", "seat_id "}, schema.Key{"user_id", "seat_id"}},
		"half of it":              {`create table seats (user_id int, seat_id int, unique (user_id, seat_id))`, "seats", []string{"user_id"}, nil},
		"MySQL":                   {"CREATE TABLE `orders` (`id` bigint NOT NULL AUTO_INCREMENT, `user_id` bigint, `sku` varchar(64), PRIMARY KEY (`id`), UNIQUE KEY `uk` (`user_id`, `sku`)) ENGINE=InnoDB", "orders", []string{"`user_id`", "`sku`"}, schema.Key{"user_id", "sku"}},
		"an index":                {`CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON public.payments USING btree (provider, provider_ref) WHERE deleted_at IS NULL;`, "payments", []string{"provider", "provider_ref"}, schema.Key{"provider", "provider_ref"}},
		"an index without a name": {`CREATE UNIQUE INDEX ON payments (reference)`, "payments", []string{"reference"}, schema.Key{"reference"}},
		"altered":                 {`ALTER TABLE ONLY payments ADD CONSTRAINT c UNIQUE (reference);`, "payments", []string{"reference"}, schema.Key{"reference"}},
		"a composite key":         {`CREATE TABLE seats (show_id INT, seat_id INT, PRIMARY KEY (show_id, seat_id))`, "seats", []string{"show_id", "seat_id"}, schema.Key{"show_id", "seat_id"}},
		"counted":                 {`CREATE TABLE payments (payment_no BIGSERIAL PRIMARY KEY)`, "payments", []string{"payment_no"}, nil},
		"drawn anew":              {`CREATE TABLE links (id UUID PRIMARY KEY, token TEXT UNIQUE, order_number TEXT UNIQUE)`, "links", []string{"id", "token", "order_number"}, nil},
		"an index for speed":      {`CREATE INDEX i ON payments (reference)`, "payments", []string{"reference"}, nil},
		"an expression":           {`CREATE UNIQUE INDEX i ON users (lower(email))`, "users", []string{"email"}, nil},
		"in a comment":            {"-- CREATE UNIQUE INDEX i ON payments (reference)\n/* ALTER TABLE payments ADD UNIQUE (reference) */", "payments", []string{"reference"}, nil},
		"a comma in a type":       {`CREATE TABLE payments (amount NUMERIC(10, 2) NOT NULL, reference TEXT UNIQUE)`, "payments", []string{"amount"}, nil},
		"another table":           {`CREATE TABLE payments (reference TEXT UNIQUE)`, "refunds", []string{"reference"}, nil},
		"cut off":                 {`CREATE TABLE payments (reference TEXT UNIQUE`, "payments", []string{"reference"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "1.sql"), []byte(test.sql), 0o600))
			assert.Equal(t, test.want, schema.Read(dir).Refuses(test.table, test.columns))
		})
	}
}

// TestOf: the keys are those of the module, and of folders of statements beside it.
func TestOf(t *testing.T) {
	root := t.TempDir()
	for path, text := range map[string]string{
		".git/HEAD":                  "",
		"migrations/1.up.sql":        "CREATE TABLE beside (a INT UNIQUE)",
		"other/1.sql":                "CREATE TABLE elsewhere (a INT UNIQUE)",
		"svc/go.mod":                 "module svc",
		"svc/internal/db/schema.go":  "package db\n\nconst schema = `CREATE TABLE inside (a INT UNIQUE)`\n",
		"svc/internal/db/db_test.go": "package db\n\nconst schema = `CREATE TABLE tested (a INT UNIQUE)`\n",
		"svc/vendor/x/1.sql":         "CREATE TABLE vendored (a INT UNIQUE)",
		"svc/tools/go.mod":           "module tools",
		"svc/tools/1.sql":            "CREATE TABLE nested (a INT UNIQUE)",
	} {
		path = filepath.Join(root, path)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	tables := schema.Of(filepath.Join(root, "svc/internal/api"))
	for table, known := range map[string]bool{"beside": true, "inside": true, "elsewhere": false, "tested": false, "vendored": false, "nested": false} {
		assert.Equal(t, known, tables.Refuses(table, []string{"a"}) != nil, table)
	}
	assert.Nil(t, schema.Of(t.TempDir()).Refuses("inside", nil), "no module")
}

func FuzzAdd(f *testing.F) {
	f.Add("CREATE TABLE t (a INT UNIQUE, UNIQUE (a, b), CONSTRAINT c PRIMARY KEY (a))")
	f.Add("CREATE UNIQUE INDEX i ON t (a); ALTER TABLE t ADD UNIQUE (a)")
	f.Add("create table t ((((")
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "1.sql"), []byte(text), 0o600))
		for _, c := range schema.Read(dir).Refuses("t", nil) {
			assert.NotEmpty(t, c)
		}
	})
}
