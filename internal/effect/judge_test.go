package effect_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
)

func TestJudge(t *testing.T) {
	insert := func(table string) effect.Statement { return effect.Statement{Deed: catalog.Inserts, Table: table} }
	named := func(table string) effect.Statement {
		return effect.Statement{Deed: catalog.Inserts, Table: table, Named: true}
	}
	add := func(table string) effect.Statement { return effect.Statement{Deed: catalog.Adds, Table: table} }
	guard := effect.Statement{Guard: true}
	looks := effect.Statement{Guard: true, Looks: true}
	repeats := effect.Statement{Guard: true, Repeats: true}
	tests := []struct {
		name, text string
		want       effect.Statement
	}{
		{"a row", "INSERT INTO orders (customer) VALUES ($1)", insert("orders")},
		{"of sqlc", "-- name: Add :one\nINSERT INTO orders (\n  customer\n) VALUES ($1) RETURNING id", insert("orders")},
		{"in a CTE", "WITH x AS (SELECT 2) INSERT INTO orders (n) SELECT * FROM x", insert("orders")},
		{"with its id", "INSERT INTO orders (id, customer) VALUES ($1, $2)", named("orders")},
		{"with its id after the table", "INSERT INTO shop.products (product_id, name) VALUES ($1, $2)", named("shop.products")},
		{"with what others call it", "INSERT INTO payments (order_id, stripe_payment_id) VALUES ($1, $2)", guard},
		{"of which there is one each", "INSERT INTO users (name, email) VALUES ($1, $2)", guard},
		{"with another's id", "INSERT INTO payments (order_id, amount) VALUES ($1, $2)", insert("payments")},
		{"of a table that is not known", "INSERT INTO %s (customer) VALUES ($1)", insert("t")},
		{"with an end that is not known", "INSERT INTO orders (customer) VALUES ($1) %s", effect.Statement{}},
		{"of a log", "INSERT INTO audit_log (line) VALUES ($1)", effect.Statement{}},
		{"of an attempt", "INSERT INTO deliveries (hook_id, status_code, attempt) VALUES ($1, $2, $3)", effect.Statement{}},
		{"with how many attempts there were", "INSERT INTO deliveries (hook_id, status_code, attempts) VALUES ($1, $2, 0)", insert("deliveries")},
		{"with the attempt alone", "INSERT INTO deliveries (hook_id, attempt) VALUES ($1, 1)", insert("deliveries")},
		{"conflict", "INSERT INTO orders (customer) VALUES ($1) ON CONFLICT DO NOTHING", repeats},
		{"of MySQL", "INSERT INTO orders (customer) VALUES (?) ON DUPLICATE KEY UPDATE n = n", repeats},
		{"ignored", "INSERT IGNORE INTO orders (customer) VALUES (?)", repeats},
		{"where not exists", "INSERT INTO a (b) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM a)", guard},
		{"locked", "SELECT * FROM orders WHERE id = $1 FOR UPDATE", looks},
		{"sum", "UPDATE accounts SET balance = balance + $1 WHERE id = $2", add("accounts")},
		{"sum of a column of its table", "UPDATE accounts SET n = accounts.n - 1 WHERE id = $1", add("accounts")},
		{"sum of what may be null", "UPDATE accounts SET n = COALESCE(n, 0) + 1 WHERE id = $1", add("accounts")},
		{"version", "UPDATE accounts SET version = version + 1, name = $1", effect.Statement{}},
		{"of a state", "UPDATE orders SET n = n + 1 WHERE id = $1 AND status = 'new'", guard},
		{"what is not done yet", "SELECT id FROM orders WHERE is_matched = false", looks},
		{"what is in a state", "SELECT id FROM orders WHERE id = $1 AND status = 'pending' ", looks},
		{"what is in another state", "SELECT id FROM users WHERE id = $1 AND status = 'active'", effect.Statement{}},
		{"value", "UPDATE orders SET total = $1 WHERE id = $2", effect.Statement{}},
		{"state in what it returns", "UPDATE a SET n = n + 1 WHERE id = $1 RETURNING status", add("a")},
		{"read", "SELECT * FROM orders", effect.Statement{}},
		{"deleted", "DELETE FROM orders WHERE id = $1", effect.Statement{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.True(t, effect.IsStatement(test.text))
			assert.Equal(t, test.want, effect.Judge(test.text))
		})
	}
}
