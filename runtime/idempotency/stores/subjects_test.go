package stores

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/redis/go-redis/v9"
	_ "modernc.org/sqlite"

	"github.com/resilint/resilint/runtime/idempotency"
	"github.com/resilint/resilint/runtime/idempotency/redisstore"
	"github.com/resilint/resilint/runtime/idempotency/sqlstore"
)

// subject is a store that is tested, and a place for effects beside it.
type subject struct {
	kind, dsn, name string // name is that of its tables, or prefix of its keys
	store           idempotency.Store
	advance         func(ctx context.Context, d time.Duration) error
	effect          func(ctx context.Context, key string) error // has an effect, which is counted by its key
	effects         func(ctx context.Context, key string) (int, error)
	keys            func(ctx context.Context) (int, error) // that the store holds
	drop            func(ctx context.Context) error
	db              *database // nil if it is none
}

// database is what a subject has that is an SQL database.
type database struct {
	*sql.DB
	dialect sqlstore.Dialect
	store   *sqlstore.Store
	insert  string // of an effect
}

// servers are the kinds that need one.
var servers = map[string]*struct {
	variable, program string
	start             func() (dsn string, stop func(), err error)

	once sync.Once
	dsn  string
	stop func()
	err  error
}{
	"PostgreSQL": {variable: "RESILINT_POSTGRES", program: "postgres and initdb", start: startPostgres},
	"MariaDB":    {variable: "RESILINT_MARIADB", program: "mariadbd and mariadb-install-db", start: startMariaDB},
	"Redis":      {variable: "RESILINT_REDIS", program: "redis-server", start: startRedis},
}

// stopServers ends those that were started.
func stopServers() {
	for _, s := range servers {
		if s.stop != nil {
			s.stop()
		}
	}
}

// dsnOf returns where a server is, which it starts if it must, or skips the test.
func dsnOf(t *testing.T, kind string) string {
	t.Helper()
	s := servers[kind]
	if dsn := os.Getenv(s.variable); dsn != "" {
		return dsn
	}
	s.once.Do(func() { s.dsn, s.stop, s.err = s.start() })
	if s.err != nil {
		t.Skipf("%s is not tested: set %s, or install %s (%v)", kind, s.variable, s.program, s.err)
	}
	return s.dsn
}

// newSubject returns a store of a kind, with tables of its own that go with the test.
func newSubject(t *testing.T, kind string) *subject {
	t.Helper()
	dsn := ""
	if kind == "SQLite" {
		dsn = "file:" + filepath.Join(t.TempDir(), "db") + "?_pragma=busy_timeout(20000)&_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_txlock=immediate"
	} else {
		dsn = dsnOf(t, kind)
	}
	schema := map[string]string{"SQLite": "main.", "PostgreSQL": "public."}[kind]
	s, err := open(kind, dsn, schema+"resilint_"+strings.ToLower(rand.Text()[:10]))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.drop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if err := s.create(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// open opens a subject, as the test does and its child processes do.
func open(kind, dsn, name string) (*subject, error) {
	if kind == "Redis" {
		return openRedis(dsn, name)
	}
	return openSQL(kind, dsn, name)
}

func openSQL(kind, dsn, name string) (*subject, error) {
	driver, dialect := "sqlite", sqlstore.SQLite
	switch kind {
	case "PostgreSQL":
		driver, dialect = "pgx", sqlstore.PostgreSQL
	case "MariaDB":
		driver, dialect = "mysql", sqlstore.MySQL
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(8)
	store, err := sqlstore.New(db, dialect, name)
	if err != nil {
		return nil, err
	}
	p := "?"
	if dialect == sqlstore.PostgreSQL {
		p = "$1"
	}
	d := &database{db, dialect, store, "INSERT INTO " + name + "_effects (k) VALUES (" + p + ")"}
	return &subject{
		kind: kind, dsn: dsn, name: name, store: store, db: d,
		advance: func(ctx context.Context, by time.Duration) error {
			ms := by.Milliseconds()
			_, err := db.ExecContext(ctx, fmt.Sprintf("UPDATE %s SET lease_until = lease_until - %d, expires_at = expires_at - %d", name, ms, ms))
			return err
		},
		effect: func(ctx context.Context, key string) error {
			_, err := db.ExecContext(ctx, d.insert, key)
			return err
		},
		effects: func(ctx context.Context, key string) (n int, err error) {
			return n, db.QueryRowContext(ctx, "SELECT count(*) FROM "+name+"_effects WHERE k = "+p, key).Scan(&n)
		},
		keys: func(ctx context.Context) (n int, err error) {
			return n, db.QueryRowContext(ctx, "SELECT count(*) FROM "+name).Scan(&n)
		},
		drop: func(ctx context.Context) error {
			_, err1 := db.ExecContext(ctx, "DROP TABLE IF EXISTS "+name)
			_, err2 := db.ExecContext(ctx, "DROP TABLE IF EXISTS "+name+"_effects")
			return errors.Join(err1, err2, db.Close())
		},
	}, nil
}

// age makes a claim in Redis older, as it takes ARGV[1] milliseconds to become.
var age = redis.NewScript(`
local lease = redis.call('HGET', KEYS[1], 'lease')
local left = redis.call('PTTL', KEYS[1])
if lease then
	redis.call('HSET', KEYS[1], 'lease', string.format('%.0f', lease - ARGV[1]))
	redis.call('PEXPIRE', KEYS[1], string.format('%.0f', left - ARGV[1]))
end
return 1
`)

func openRedis(dsn, name string) (*subject, error) {
	opts, err := redis.ParseURL(dsn)
	if err != nil {
		return nil, err
	}
	client := redis.NewClient(opts)
	all := func(ctx context.Context) ([]string, error) { return client.Keys(ctx, name+":*").Result() }
	return &subject{
		kind: "Redis", dsn: dsn, name: name, store: redisstore.New(client, name+":"),
		advance: func(ctx context.Context, d time.Duration) error {
			keys, err := all(ctx)
			for _, key := range keys {
				if err := age.Run(ctx, client, []string{key}, d.Milliseconds()).Err(); err != nil {
					return err
				}
			}
			return err
		},
		effect: func(ctx context.Context, key string) error { return client.HIncrBy(ctx, name+"_effects", key, 1).Err() },
		effects: func(ctx context.Context, key string) (int, error) {
			n, err := client.HGet(ctx, name+"_effects", key).Int()
			if err == redis.Nil {
				return 0, nil
			}
			return n, err
		},
		keys: func(ctx context.Context) (int, error) {
			keys, err := all(ctx)
			return len(keys), err
		},
		drop: func(ctx context.Context) error {
			keys, err1 := all(ctx)
			err2 := client.Del(ctx, append(keys, name+"_effects")...).Err()
			return errors.Join(err1, err2, client.Close())
		},
	}, nil
}

// create makes the tables, as soon as the server is up.
func (s *subject) create(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		err := s.tables(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		time.Sleep(50 * time.Millisecond) // it starts
	}
}

func (s *subject) tables(ctx context.Context) error {
	if s.db == nil {
		_, err := s.keys(ctx)
		return err
	}
	effects := "CREATE TABLE IF NOT EXISTS " + s.name + "_effects (k varchar(255))"
	for _, statement := range []string{s.db.dialect.Schema(s.name), s.db.dialect.Schema(s.name), effects} {
		if _, err := s.db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}
