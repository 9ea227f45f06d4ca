package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"time"
)

// Books are what the other companies have done, which is the truth about it.
type books struct {
	Charges []struct {
		Reference string
		Refunded  bool
	}
	Parcels []struct{ Reference string }
	Mails   []struct{ Reference string }
}

// An outcome is what has become of the orders of an experiment.
type outcome struct {
	Lost        int `json:"lost"` // confirmed or charged, and not placed
	Charged     int `json:"chargedTwice"`
	Shipped     int `json:"shippedTwice"`
	Mailed      int `json:"mailedTwice"`
	MailsMissed int `json:"mailsMissed"`
}

const (
	// settle is how long work may go on after an experiment, before what is not done counts as lost.
	settle = 25 * time.Second
	// stuck is how long nothing has to change before it is given up earlier.
	stuck = 8 * time.Second
	look  = 500 * time.Millisecond
)

// audit compares what customers were told with what was done, when nothing changes any more.
func (s *system) audit(all []*attempt) (outcome, error) {
	var last outcome
	var quiet time.Duration
	for deadline := time.Now().Add(settle); ; time.Sleep(look) {
		o, err := s.look(all)
		if err != nil && time.Now().After(deadline) {
			return outcome{}, err
		}
		if quiet += look; err != nil || o != last {
			quiet = 0
		}
		last = o
		done := o.Lost+o.MailsMissed == 0 && quiet >= 2*look
		if err == nil && (done || quiet >= stuck || time.Now().After(deadline)) {
			return o, nil
		}
	}
}

func (s *system) look(all []*attempt) (outcome, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	decode := func(v any) func(io.Reader) error {
		return func(r io.Reader) error { return json.NewDecoder(r).Decode(v) }
	}
	var b books
	if _, err := s.call(ctx, http.MethodGet, "partners", "/books", "", decode(&b)); err != nil {
		return outcome{}, err
	}
	placed := map[string]bool{}
	for _, status := range []string{"placed", "shipped"} {
		var orders []struct{ ID string }
		if _, err := s.call(ctx, http.MethodGet, "order", "/orders?status="+status, "", decode(&orders)); err != nil {
			return outcome{}, err
		}
		for _, o := range orders {
			placed[o.ID] = true
		}
	}
	charges, parcels, mails := map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range b.Charges {
		if !c.Refunded {
			charges[c.Reference]++
		}
	}
	for _, p := range b.Parcels {
		parcels[p.Reference]++
	}
	for _, m := range b.Mails {
		mails[m.Reference]++
	}
	var o outcome
	for _, a := range all {
		count := func(n *int, is bool) {
			if is {
				*n++
			}
		}
		count(&o.Lost, (a.told || charges[a.id] > 0) && !placed[a.id] || a.told && charges[a.id] == 0)
		count(&o.Charged, charges[a.id] > 1)
		count(&o.Shipped, parcels[a.id] > 1)
		count(&o.Mailed, mails[a.id] > 1)
		count(&o.MailsMissed, placed[a.id] && mails[a.id] == 0)
	}
	return o, nil
}

// percentile returns the time that the share p of the orders were answered within, or given up.
func percentile(all []*attempt, p float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	var took []time.Duration
	for _, a := range all {
		took = append(took, a.took)
	}
	slices.Sort(took)
	return took[min(int(p*float64(len(took))), len(took)-1)]
}
