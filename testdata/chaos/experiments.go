package main

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	"github.com/resilint/resilint/runtime/fault"
)

// How long each part of an experiment takes.
const (
	calm  = 2 * time.Second // before the fault
	sick  = 7 * time.Second
	after = 6 * time.Second
)

// An experiment is a fault, and what is claimed of MusicCorp while there is that fault.
type experiment struct {
	Name       string `json:"name"`
	Fault      string `json:"fault"`
	Hypothesis string `json:"hypothesis"`

	link   string // the requests over which are counted
	files  int    // how many the order service may have open
	inject func(ctx context.Context, s *system) error
	holds  func(r *result) bool
}

// steady is what is so before each experiment, and is measured in its first seconds.
const steady = "every order is confirmed, is charged, shipped and mailed about once, and none is lost"

// on returns an injection of rules on a link for as long as the fault lasts.
func on(name string, rules ...fault.Rule) func(context.Context, *system) error {
	return func(ctx context.Context, s *system) error {
		if err := s.links[name].Set(append([]fault.Rule{count}, rules...)...); err != nil {
			return err
		}
		<-ctx.Done()
		return nil
	}
}

func available(r *result) bool { return r.Available >= 0.95 && r.RecoverSeconds == 0 }

func correct(r *result) bool { return r.Lost == 0 && r.Charged == 0 }

func goesOn(r *result) bool { return available(r) && correct(r) }

const sellsOn = "orders are taken all the same (95% of them), none is lost or charged twice"

var experiments = []experiment{
	{
		Name: "hung Catalog", Fault: "Catalog accepts requests and never answers", Hypothesis: sellsOn,
		link: "catalog", inject: on("catalog", fault.Hang()), holds: goesOn,
	},
	{
		Name: "slow body", Fault: "Catalog's answers trickle in, 16 bytes every half second", Hypothesis: sellsOn,
		link: "catalog", inject: on("catalog", fault.SlowBody(16, 500*time.Millisecond)), holds: goesOn,
	},
	{
		Name: "slow Payment", Fault: "requests take 6 s to Payment", Hypothesis: sellsOn,
		link: "payment", inject: on("payment", fault.Latency(6*time.Second, 0)), holds: goesOn,
	},
	{
		Name: "Inventory down", Fault: "connections to Inventory are reset", Hypothesis: sellsOn,
		link: "inventory", inject: on("inventory", fault.Reset()), holds: goesOn,
	},
	{
		Name: "flapping", Fault: "every other second, answers of Payment are lost", Hypothesis: sellsOn,
		link: "payment", inject: flap, holds: goesOn,
	},
	{
		Name:       "retry storm",
		Fault:      "the payment provider resets connections, and comes back",
		Hypothesis: "orders are taken, and the provider is asked at most 3 times an order: it can recover",
		link:       "provider", inject: on("provider", fault.Reset()),
		holds: func(r *result) bool { return goesOn(r) && r.Requests <= 3 },
	},
	{
		Name:       "exhausted pool",
		Fault:      "Recommendations, which nobody needs, hangs; Order may have 80 files and connections open",
		Hypothesis: sellsOn,
		link:       "recommendations", files: 80, inject: on("recommendations", fault.Hang()), holds: goesOn,
	},
	{
		Name: "mails down", Fault: "connections to the mail provider are reset",
		Hypothesis: "orders are taken, and every customer gets one mail, if later",
		link:       "mails", inject: on("mails", fault.Reset()),
		holds: func(r *result) bool { return goesOn(r) && r.MailsMissed == 0 && r.Mailed == 0 },
	},
	{
		Name: "duplicate events", Fault: "all events are delivered again, in reverse order",
		Hypothesis: "every customer gets one mail",
		link:       "mails", inject: repeat,
		holds: func(r *result) bool { return goesOn(r) && r.MailsMissed == 0 && r.Mailed == 0 },
	},
	{
		Name: "kill -9", Fault: "Order and Payment are killed in turn, three times each, while the provider takes 300 ms to answer",
		Hypothesis: "no order is lost or charged twice",
		link:       "provider", inject: murder, holds: correct,
	},
}

func flap(ctx context.Context, s *system) error {
	for ill := true; ctx.Err() == nil; ill = !ill {
		rules := []fault.Rule{count}
		if ill {
			rules = append(rules, fault.Reset().OnAnswer())
		}
		if err := s.links["payment"].Set(rules...); err != nil {
			return err
		}
		pause(ctx, time.Second)
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// repeat publishes what has been published, once more, the last first.
func repeat(ctx context.Context, s *system) error {
	client, err := kgo.NewClient(kgo.SeedBrokers(s.addr["broker"]), kgo.ConsumeTopics("orders"),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()))
	if err != nil {
		return err
	}
	defer client.Close()
	var seen []*kgo.Record
	for ctx.Err() == nil {
		seen = append(seen, client.PollFetches(ctx).Records()...)
	}
	slices.Reverse(seen)
	late, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for _, r := range seen {
		if !strings.Contains(string(r.Value), ":\"duplicate-events") {
			continue // of another experiment
		}
		again := &kgo.Record{Topic: r.Topic, Key: r.Key, Value: r.Value}
		if err := client.ProduceSync(late, again).FirstErr(); err != nil {
			return err
		}
	}
	return nil
}

// murder kills Order and Payment in mid-order.
func murder(ctx context.Context, s *system) error {
	if err := s.links["provider"].Set(count, fault.Latency(300*time.Millisecond, 0).OnAnswer()); err != nil {
		return err
	}
	var once sync.Once
	var failed error
	for i := 0; ctx.Err() == nil; i++ {
		pause(ctx, time.Second)
		if ctx.Err() != nil {
			break
		}
		if err := s.restart([]string{"order", "payment"}[i%2], 200*time.Millisecond); err != nil {
			once.Do(func() { failed = err })
		}
	}
	return failed
}
