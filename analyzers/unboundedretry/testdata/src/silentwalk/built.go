package silentwalk

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

func newUpdate() *update { return &update{} }

func (u *update) set(column string, value any) {
	u.columns = append(u.columns, column+" = ?")
	u.args = append(u.args, value)
}

func (u *update) build(table string, id int) (string, []any) {
	return "UPDATE " + table + " SET " + strings.Join(u.columns, ", ") + " WHERE id = ?", append(u.args, id)
}

// A discount is one of several that may fit.
type discount struct {
	genre string
	price *int
	shelf *string
}

// Discount gives an album the first of the discounts that the database takes.
func Discount(ctx context.Context, db *sql.DB, id int, genre string, discounts []discount) {
	for _, d := range discounts {
		if d.genre != genre {
			continue
		}
		u := newUpdate()
		if d.price != nil {
			u.set("price", *d.price)
		}
		if d.shelf != nil {
			u.set("shelf", *d.shelf)
		}
		query, args := u.build("albums", id)
		if _, err := db.ExecContext(ctx, query, args...); err != nil {
			log.Print(err)
			continue
		}
		break
	}
}

// Mirrored asks one place after the other.
func Mirrored(hosts []string) (*page, error) {
	var err error
	for _, host := range hosts {
		var url strings.Builder
		url.WriteString("http://")
		url.WriteString(host)
		var p *page
		if p, err = get(url.String()); err == nil {
			return p, nil
		}
	}
	return nil, err
}
