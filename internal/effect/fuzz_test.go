package effect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// FuzzJudge: whatever a text is, it is judged; comments, case and white space around words make no
// difference; and what can be repeated does nothing that must not be done twice.
func FuzzJudge(f *testing.F) {
	for _, seed := range []string{
		"", "SELECT 1", "INSERT INTO orders (id, total) VALUES ($1, $2)", "insert into t values (1) on conflict do nothing",
		"UPDATE accounts SET balance = balance - $1 WHERE id = $2", "UPDATE orders SET status = 'paid' WHERE status = 'pending'",
		"INSERT INTO %s (a) VALUES (?)", "-- x\nDELETE FROM t", "/* a */ UPDATE ONLY \"t\" SET n=coalesce(n,0)+1", "REPLACE INTO `t` VALUES (1)",
		"MERGE INTO t USING s ON t.id = s.id", "with x as (select 1) insert into a.b (uuid) select * from x", "/*", "--", "insert into [t] (", "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := Judge(text)
		assert.False(t, s.Guard && s.Deed != 0, "%+v", s)
		assert.False(t, s.Guard && s.Table != "", "%+v", s)
		assert.False(t, !s.Guard && (s.Looks || s.Repeats), "%+v", s)
		assert.Equal(t, strings.ToLower(s.Table), s.Table)
		assert.Equal(t, s, Judge("\n/* why */\t"+text))
		if isASCII(text) {
			assert.Equal(t, s, Judge(strings.ToLower(text)))
			assert.Equal(t, IsStatement(text), IsStatement(strings.ToUpper(text)))
		}
	})
}

func isASCII(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r > 127 }) < 0
}
