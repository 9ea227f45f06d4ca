// Package lookedup asks what it keeps, by a key of the message, and writes down there what it has done.
package lookedup

import (
	"context"
	"database/sql"
	"errors"
	"net/smtp"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"
	"gorm.io/gorm"
)

// A recent is a cache of what was done.
type recent struct{ ids map[string]bool }

func (r *recent) Contains(id string) bool { return r.ids[id] }
func (r *recent) Add(id string) error     { r.ids[id] = true; return nil }

type worker struct {
	recent *recent
	sent   sync.Map
	db     *sql.DB
	list   *list
	rows   *gorm.DB
	cache  *redis.Client
}

func (w *worker) send(to string) error {
	return smtp.SendMail("mail:25", nil, "shop@example.org", []string{to}, []byte("Hello"))
}

// It asks, and writes down afterwards.
func (w *worker) cached(ctx context.Context, t *asynq.Task) error {
	id := string(t.Payload())
	if w.recent.Contains(id) {
		return nil
	}
	if err := w.send(id); err != nil {
		return err
	}
	return w.recent.Add(id)
}

// It asks and writes down at once.
func (w *worker) claimed(ctx context.Context, t *asynq.Task) error {
	id := string(t.Payload())
	if _, loaded := w.sent.LoadOrStore(id, true); loaded {
		return nil
	}
	if err := w.send(id); err != nil {
		w.sent.Delete(id)
		return err
	}
	return nil
}

// It asks, and writes nothing down: the second finds the same.
func (w *worker) unsubscribed(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
	id := string(t.Payload())
	if w.recent.Contains(id) {
		return nil
	}
	return w.send(id)
}

// It only fails if it has not been done.
func (w *worker) failing(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
	id := string(t.Payload())
	if !w.recent.Contains(id) {
		return sql.ErrNoRows
	}
	if err := w.send(id); err != nil {
		return err
	}
	return w.recent.Add(id)
}

type order struct {
	Email      string
	RemindedAt *time.Time
	MailedAt   sql.NullTime
	Flags      int
	Told       []string
}

func (o *order) IsReminded() bool { return o.RemindedAt != nil }

func (w *worker) load(ctx context.Context, id string) (*order, error) {
	o := new(order)
	err := w.db.QueryRowContext(ctx, "SELECT email, reminded_at, mailed_at, flags FROM orders WHERE id = $1", id).Scan(&o.Email, &o.RemindedAt, &o.MailedAt, &o.Flags)
	return o, err
}

func (w *worker) reminds(ctx context.Context, t *asynq.Task) error {
	o, err := w.load(ctx, string(t.Payload()))
	if err != nil {
		return err
	}
	if o.IsReminded() {
		return nil
	}
	if err := w.send(o.Email); err != nil {
		return err
	}
	_, err = w.db.ExecContext(ctx, "UPDATE orders SET reminded_at = now() WHERE id = $1", t.Payload())
	return err
}

func (w *worker) flags(ctx context.Context, t *asynq.Task) error {
	o, err := w.load(ctx, string(t.Payload()))
	if err != nil {
		return err
	}
	if o.Flags&8 != 0 || o.MailedAt.Valid || slices.Contains(o.Told, "shipped") {
		return nil
	}
	if err := w.send(o.Email); err != nil {
		return err
	}
	_, err = w.db.ExecContext(ctx, "UPDATE orders SET flags = flags | 8 WHERE id = $1", t.Payload())
	return err
}

// It takes away what it was told to send.
func (w *worker) takes(ctx context.Context, t *asynq.Task) error {
	var to string
	err := w.db.QueryRowContext(ctx, "DELETE FROM mails WHERE id = $1 RETURNING recipient", t.Payload()).Scan(&to)
	if err == sql.ErrNoRows {
		return nil
	}
	if err != nil {
		return err
	}
	return w.send(to)
}

// The UPDATE chooses by what it sets; the rows are those that were deleted; what is there is left out.
func (w *worker) follows(ctx context.Context, t *asynq.Task) error {
	_, err := w.db.ExecContext(ctx, "UPDATE stats SET total = total + 1, last_seq = $2 WHERE id = $1 AND last_seq < $2", 1, t.Payload())
	return err
}

func (w *worker) replaces(ctx context.Context, t *asynq.Task) error {
	if _, err := w.db.ExecContext(ctx, "DELETE FROM tags WHERE product = $1", t.Payload()); err != nil {
		return err
	}
	_, err := w.db.ExecContext(ctx, "INSERT INTO tags (product, tag) VALUES ($1, 'new')", t.Payload())
	return err
}

// What it was to send is gone the second time, which is an error.
func (w *worker) redeems(ctx context.Context, t *asynq.Task) error {
	to, err := w.cache.GetDel(ctx, "mail:"+string(t.Payload())).Result()
	if err != nil {
		return nil
	}
	return w.send(to)
}

// It is still there.
func (w *worker) finds(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
	to, err := w.cache.Get(ctx, "mail:"+string(t.Payload())).Result()
	if err != nil {
		return nil
	}
	return w.send(to)
}

// The row tells of a run: another run is another row.
func (w *worker) starts(ctx context.Context, t *asynq.Task) error {
	_, err := w.db.ExecContext(ctx, "INSERT INTO job_runs (workspace, status, started_at) VALUES ($1, 'running', now())", t.Payload())
	return err
}

// It makes a file of that name, which there must not be.
func (w *worker) noted(ctx context.Context, t *asynq.Task) error {
	note, err := os.OpenFile("/var/mails/"+string(t.Payload()), os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer note.Close()
	return w.send(string(t.Payload()))
}

// The file may be there.
func (w *worker) appended(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
	note, err := os.OpenFile("/var/mails/log", os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer note.Close()
	return w.send(string(t.Payload()))
}

type label struct {
	Product, Name string
	_             int
}

// So by way of gorm.
func (w *worker) relabels(ctx context.Context, t *asynq.Task) error {
	if err := w.rows.Where("product = ?", t.Payload()).Delete(&label{}).Error; err != nil {
		return err
	}
	for _, name := range []string{"new", "sale"} {
		if err := w.rows.Create(&label{Product: string(t.Payload()), Name: name}).Error; err != nil {
			return err
		}
	}
	return nil
}

type badge struct {
	Product, Name string
}

// Others are taken away.
func (w *worker) badges(ctx context.Context, t *asynq.Task) error { // want `adds a row`
	if err := w.rows.Where("product = ?", t.Payload()).Delete(&label{}).Error; err != nil {
		return err
	}
	return w.rows.Create(&badge{Product: string(t.Payload()), Name: "new"}).Error
}

func (w *worker) completes(ctx context.Context, t *asynq.Task) error {
	_, err := w.db.ExecContext(ctx, "INSERT INTO shipments (carrier, owner) SELECT 'dhl', o.id FROM orders o LEFT JOIN shipments s ON s.owner = o.id WHERE s.owner IS NULL")
	return err
}

// There has to be enough of it, which there may be twice.
func (w *worker) sells(ctx context.Context, t *asynq.Task) error { // want `adds to a number in stock`
	_, err := w.db.ExecContext(ctx, "UPDATE stock SET quantity = quantity - 1 WHERE id = $1 AND quantity >= 1", t.Payload())
	return err
}

// A failure to look ends it, and so does that there is nothing: the second delivery finds the same as the first.
func (w *worker) swallows(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
	o, err := w.load(ctx, string(t.Payload()))
	if err != nil {
		return nil
	}
	if err := w.send(o.Email); err != nil {
		return err
	}
	_, err = w.db.ExecContext(ctx, "UPDATE orders SET seen = true WHERE id = $1", t.Payload())
	return err
}

func (w *worker) missing(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
	o, err := w.load(ctx, string(t.Payload()))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.send(o.Email); err != nil {
		return err
	}
	_, err = w.db.ExecContext(ctx, "UPDATE orders SET seen = true WHERE id = $1", t.Payload())
	return err
}

// What it fails to add, it does not mail; the second is added as the first was.
func (w *worker) adds(ctx context.Context, t *asynq.Task) error { // want `sends a mail`
	if err := w.list.Add(ctx, string(t.Payload())); err != nil {
		return nil
	}
	return w.send(string(t.Payload()))
}

type list struct{ db *sql.DB }

func (l *list) Add(ctx context.Context, id string) error {
	_, err := l.db.ExecContext(ctx, "UPDATE lists SET listed = $1", id)
	return err
}
