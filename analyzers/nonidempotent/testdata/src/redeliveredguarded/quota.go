package redeliveredguarded

import (
	"context"
	"encoding/json"

	"github.com/hibiken/asynq"
)

type counter struct{ ID string }

// A quota has its counters with it, as it is loaded.
type quota struct{ counters []*counter }

func (q *quota) FindCounterByID(id string) *counter {
	for _, c := range q.counters {
		if c.ID == id {
			return c
		}
	}
	return nil
}

func (s *store) quota(ctx context.Context, owner string) (*quota, error) {
	var text []byte
	if err := s.db.QueryRowContext(ctx, "SELECT counters FROM quotas WHERE owner = $1", owner).Scan(&text); err != nil {
		return nil, err
	}
	q := new(quota)
	return q, json.Unmarshal(text, &q.counters)
}

type provision struct{ ID, Owner string }

// The counter has the id of the event: there is one already.
func provisioned(ctx context.Context, t *asynq.Task) error {
	var p provision
	if err := json.Unmarshal(t.Payload(), &p); err != nil {
		return err
	}
	q, err := s.quota(ctx, p.Owner)
	if err != nil {
		return err
	}
	if q.FindCounterByID(p.ID) != nil {
		return nil
	}
	return s.insert(ctx, p.Owner)
}
