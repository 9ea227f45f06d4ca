// Package asked looks at the rows that there are already.
package asked

import (
	"context"
	"database/sql"
	"time"

	"github.com/hibiken/asynq"
)

type alert struct {
	Rule, Host string
	Since      time.Time
}

type rule struct {
	Name    string
	LastRun time.Time
}

type store struct{}

func (*store) ListAlerts(ctx context.Context, rule string) ([]alert, error) { return nil, nil }

func (*store) ListRules(ctx context.Context) ([]*rule, error) { return nil, nil }

var (
	s  *store
	db *sql.DB
)

func raise(ctx context.Context, rule string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO alerts (rule) VALUES ($1)", rule)
	return err
}

func there(ctx context.Context, task *asynq.Task) error {
	alerts, err := s.ListAlerts(ctx, string(task.Payload()))
	if err != nil {
		return err
	}
	if len(alerts) > 0 {
		return nil
	}
	return raise(ctx, string(task.Payload()))
}

func none(ctx context.Context, task *asynq.Task) error {
	alerts, err := s.ListAlerts(ctx, string(task.Payload()))
	if err != nil || 0 < len(alerts) {
		return err
	}
	return raise(ctx, string(task.Payload()))
}

type due struct {
	rule   string
	alerts []alert
}

// What was looked up is handed on, and filtered there.
func handedOn(ctx context.Context, task *asynq.Task) error {
	var all []due
	for _, name := range []string{"disk", string(task.Payload())} {
		alerts, err := s.ListAlerts(ctx, name)
		if err != nil {
			return err
		}
		all = append(all, due{rule: name, alerts: alerts})
	}
	for _, d := range all {
		if err := evaluate(ctx, d.rule, d.alerts); err != nil {
			return err
		}
	}
	return nil
}

func evaluate(ctx context.Context, rule string, alerts []alert) error {
	active := on(alerts, "a")
	if len(active) != 0 {
		return nil
	}
	return raise(ctx, rule)
}

func on(alerts []alert, host string) []alert {
	var there []alert
	for _, a := range alerts {
		if a.Host == host {
			there = append(there, a)
		}
	}
	return there
}

func isDue(r *rule, now time.Time) (bool, error) { return now.Sub(r.LastRun) > time.Hour, nil }

// Its row says when it was done last.
func scheduled(ctx context.Context, task *asynq.Task) error {
	rules, err := s.ListRules(ctx)
	if err != nil {
		return err
	}
	for _, r := range rules {
		due, err := isDue(r, time.Now())
		if err != nil {
			continue
		}
		if !due {
			continue
		}
		if err := raise(ctx, r.Name+string(task.Payload())); err != nil {
			return err
		}
	}
	return nil
}

// There is nobody to tell: the second time, there is somebody still.
func nobody(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into alerts`
	members, err := s.ListAlerts(ctx, string(task.Payload()))
	if err != nil {
		return err
	}
	if len(members) == 0 {
		return nil
	}
	return raise(ctx, string(task.Payload()))
}

// Where there is somebody, it is done.
func somebody(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into alerts`
	members, err := s.ListAlerts(ctx, string(task.Payload()))
	if err != nil {
		return err
	}
	if len(members) > 0 {
		return raise(ctx, string(task.Payload()))
	}
	return nil
}

// What the message says is the same the second time.
func said(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into alerts`
	if alerts := parse(task.Payload()); len(alerts) > 0 {
		return nil
	}
	return raise(ctx, "empty")
}

func parse(body []byte) []alert { return make([]alert, len(body)) }

// That it is late follows from the message.
func late(ctx context.Context, task *asynq.Task) error { // want `each delivery INSERTs into alerts`
	r := &rule{Name: string(task.Payload())}
	if due, _ := isDue(r, time.Now()); !due {
		return nil
	}
	return raise(ctx, r.Name)
}
