// Package activities is given structs of which all methods are activities, and events.
package activities

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/cloudevents/sdk-go/v2/client"
	"github.com/cloudevents/sdk-go/v2/event"
	"go.temporal.io/sdk/worker"
)

type payments struct{ db *sql.DB }

func register(ctx context.Context, w worker.ActivityRegistry, c client.Client, p *payments) {
	w.RegisterActivity(p)
	c.StartReceiver(ctx, p.received)
	c.StartReceiver(ctx, p.known)
}

func (p *payments) Book(ctx context.Context, id string) error { // want `Temporal delivers a message again when it fails, times out, or its worker dies, and each delivery INSERTs into bookings`
	_, err := p.db.ExecContext(ctx, "INSERT INTO bookings (name) VALUES ($1)", id)
	return err
}

// It cannot fail: no activity.
func (p *payments) Close() { p.db.Exec("INSERT INTO bookings (name) VALUES (1)") }

func (p *payments) received(ctx context.Context, e event.Event) error { // want `the sender of the event delivers a message again when it gets no 2xx in time`
	_, err := p.db.ExecContext(ctx, "INSERT INTO bookings (name) VALUES ($1)", e.DataEncoded)
	return err
}

// The id of the event is the same for all deliveries.
func (p *payments) known(ctx context.Context, e event.Event) error {
	_, err := p.db.ExecContext(ctx, "INSERT INTO bookings (name, event) VALUES ($1, $2)", e.DataEncoded, e.ID())
	return err
}

type (
	charge struct{ Customer string }
	keyed  struct{ Customer, IdempotencyKey string }
)

func (p *payments) Charge(ctx context.Context, in *charge) error { // want `each delivery sends a POST \(http.NewRequestWithContext in activities.post\)`
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return post(ctx, "http://billing/charge", body)
}

// The key is part of what is sent.
func (p *payments) ChargeKeyed(ctx context.Context, in *keyed) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return post(ctx, "http://billing/charge", body)
}

// The order has its id from here.
func (p *payments) InsertOrder(ctx context.Context, id string) error {
	return post(ctx, "http://orders/orders/"+id+"/insert", nil)
}

// The payment is there already, and is to be cancelled.
func (p *payments) CancelPayment(ctx context.Context, id string) error {
	return post(ctx, fmt.Sprintf("http://billing/payment-requests/%s/cancel", id), nil)
}

func post(ctx context.Context, url string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := sender.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

var sender = &http.Client{Timeout: time.Second}
