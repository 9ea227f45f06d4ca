package nodelay

import (
	"context"
	"database/sql"
	"log"
	"strings"
)

// An update is a statement that is put together.
type update struct {
	columns []string
	args    []any
}

func (u *update) set(column string, value any) {
	u.columns = append(u.columns, column+" = ?")
	u.args = append(u.args, value)
}

func (u *update) build() (string, []any) {
	return "UPDATE albums SET " + strings.Join(u.columns, ", "), u.args
}

// Rebuilt puts together what it has put together before.
func Rebuilt(ctx context.Context, db *sql.DB, price int, notes []string) {
	for _, note := range notes { // want `sql.DB.ExecContext is called again at once`
		u := &update{}
		u.set("price", price)
		query, args := u.build()
		if _, err := db.ExecContext(ctx, query, args...); err != nil {
			log.Print(note, err)
			continue
		}
		break
	}
}
