package sqlstore

import (
	"strconv"
	"strings"
)

// A Dialect is a kind of database.
type Dialect uint8

const (
	// PostgreSQL is version 9.5 or newer, and what speaks its language.
	PostgreSQL Dialect = iota + 1
	// MySQL is MySQL 5.7 or newer, and MariaDB 10.2 or newer, with InnoDB.
	MySQL
	// SQLite is version 3.24 or newer.
	SQLite
)

// maxFingerprint is the width of its column, in bytes.
const maxFingerprint = 64

// The tables. Keys are compared byte by byte: where they are text, MySQL would take "A" for "a",
// and "a " for "a". Times are milliseconds since 1970, UTC.
const (
	postgresSchema = `CREATE TABLE IF NOT EXISTS {table} (
	id          text COLLATE "C" PRIMARY KEY,
	token       text     NOT NULL, -- of the claim
	done        smallint NOT NULL, -- 0 in flight, 1 finished
	fingerprint text     NOT NULL, -- of the payload
	lease_until bigint   NOT NULL, -- from then on it may be taken over
	expires_at  bigint   NOT NULL, -- from then on it counts as new
	result      bytea
);
CREATE INDEX IF NOT EXISTS {index} ON {table} (expires_at);
`
	mysqlSchema = `CREATE TABLE IF NOT EXISTS {table} (
	id          varbinary(255) NOT NULL PRIMARY KEY,
	token       varbinary(64)  NOT NULL, -- of the claim
	done        tinyint        NOT NULL, -- 0 in flight, 1 finished
	fingerprint varbinary(64)  NOT NULL, -- of the payload
	lease_until bigint         NOT NULL, -- from then on it may be taken over
	expires_at  bigint         NOT NULL, -- from then on it counts as new
	result      longblob,
	INDEX {index} (expires_at)
) ENGINE = InnoDB;
`
	sqliteSchema = `CREATE TABLE IF NOT EXISTS {table} (
	id          text    NOT NULL PRIMARY KEY,
	token       text    NOT NULL, -- of the claim
	done        integer NOT NULL, -- 0 in flight, 1 finished
	fingerprint text    NOT NULL, -- of the payload
	lease_until integer NOT NULL, -- from then on it may be taken over
	expires_at  integer NOT NULL, -- from then on it counts as new
	result      blob
);
CREATE INDEX IF NOT EXISTS {schema}{index} ON {name} (expires_at);
`
)

// Schema returns the statements that make a store's table, for a migration; they may be run again.
// table is as for [New].
func (d Dialect) Schema(table string) string {
	if table == "" {
		table = DefaultTable
	}
	schema, name := table[:strings.IndexByte(table, '.')+1], table[strings.IndexByte(table, '.')+1:]
	text := map[Dialect]string{PostgreSQL: postgresSchema, MySQL: mysqlSchema, SQLite: sqliteSchema}[d]
	return strings.NewReplacer("{table}", table, "{index}", name+"_expires", "{schema}", schema, "{name}", name).Replace(text)
}

// now is the database's time in milliseconds since 1970, and not when the transaction began.
func (d Dialect) now() string {
	switch d {
	case PostgreSQL:
		return "(extract(epoch from clock_timestamp()) * 1000)::bigint"
	case MySQL:
		return "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) DIV 1000)"
	}
	return "CAST((julianday('now') - 2440587.5) * 86400000 AS integer)"
}

// statements returns the statements for a table. What a duplicate reads in a transaction is what
// the first one has committed, and not what was there when the transaction began: in MySQL only a
// read that locks sees it. PostgreSQL sees it or, from REPEATABLE READ on, fails; in SQLite the
// insert has made sure of it.
func (d Dialect) statements(table string) statements {
	insert, ignore, lock := "INSERT INTO", " ON CONFLICT DO NOTHING", ""
	if d == MySQL {
		insert, ignore, lock = "INSERT IGNORE INTO", "", " LOCK IN SHARE MODE"
	}
	find := `SELECT token, done, fingerprint, lease_until - {now}, expires_at - {now}, result FROM {table} WHERE id = ?`
	s := statements{
		insert: insert + ` {table} (id, token, done, fingerprint, lease_until, expires_at) VALUES (?, ?, 0, ?, {now} + ?, {now} + ?)` + ignore,
		find:   find,
		findTx: find + lock,
		take: `UPDATE {table} SET token = ?, done = 0, fingerprint = ?, lease_until = {now} + ?, expires_at = {now} + ?, result = NULL
			WHERE id = ? AND token = ? AND done = ?`,
		complete: `UPDATE {table} SET done = 1, result = ?, expires_at = {now} + ? WHERE id = ? AND token = ?`,
		abandon:  `DELETE FROM {table} WHERE id = ? AND token = ? AND done = 0`,
		// The inner SELECT is one more than needed, but for MySQL. The outer condition is for a
		// row that is taken over between the two.
		purge: `DELETE FROM {table} WHERE expires_at <= {now} AND id IN
			(SELECT id FROM (SELECT id FROM {table} WHERE expires_at <= {now} LIMIT ` + strconv.Itoa(purgeBatch) + `) AS expired)`,
	}
	for _, text := range []*string{&s.insert, &s.find, &s.findTx, &s.take, &s.complete, &s.abandon, &s.purge} {
		*text = d.placeholders(strings.NewReplacer("{table}", table, "{now}", d.now()).Replace(*text))
	}
	return s
}

// placeholders numbers the parameters, for PostgreSQL.
func (d Dialect) placeholders(text string) string {
	if d != PostgreSQL {
		return text
	}
	var b strings.Builder
	n := 0
	for part := range strings.SplitSeq(text, "?") {
		if n > 0 {
			b.WriteString("$" + strconv.Itoa(n))
		}
		b.WriteString(part)
		n++
	}
	return b.String()
}
