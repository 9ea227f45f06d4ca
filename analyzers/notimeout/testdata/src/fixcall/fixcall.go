// Package fixcall asks servers under contexts without a deadline, which get one for the call.
package fixcall

import (
	"context"
	"database/sql"
	"errors"
	"log"
	"time"

	_ "github.com/lib/pq"
	"grpccalls/pb"
)

type shop struct {
	rates pb.RatesClient
	db    *sql.DB
}

// Total has no context at all.
func (s *shop) Total() error {
	_, err := s.rates.Convert(context.Background(), &pb.Request{}) // want "Convert's context has no deadline"
	return err
}

// Returned is returned at once.
func (s *shop) Returned() (*pb.Reply, error) {
	return s.rates.Convert(context.TODO(), &pb.Request{}) // want "Convert's context has no deadline"
}

// If asks in a condition.
func (s *shop) If() error {
	if _, err := s.rates.Convert(context.Background(), &pb.Request{}); err != nil { // want "Convert's context has no deadline"
		return err
	}
	return nil
}

// Own has a context of its own, for more than one call.
func (s *shop) Own() error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := s.rates.Convert(ctx, &pb.Request{}) // want "Convert's context has no deadline"
	if err != nil {
		return err
	}
	_, err = s.rates.Convert(ctx, &pb.Request{}) // want "Convert's context has no deadline"
	return err
}

// Given is given one, and does not use it.
func (s *shop) Given(ctx context.Context) error {
	_, err := s.rates.Convert(context.Background(), &pb.Request{}) // want "Convert's context has no deadline"
	return err
}

// Timed has one with a deadline, for another call.
func (s *shop) Timed(id string) error {
	queryCtx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if _, err := s.db.ExecContext(queryCtx, "UPDATE orders SET seen = true WHERE id = $1", id); err != nil {
		return err
	}
	_, err := s.rates.Convert(context.Background(), &pb.Request{}) // want "Convert's context has no deadline"
	return err
}

// Deferred runs when the context may be over.
func (s *shop) Deferred(ctx context.Context) (err error) {
	defer func() {
		_, convertErr := s.rates.Convert(context.Background(), &pb.Request{}) // want "Convert's context has no deadline"
		err = errors.Join(err, convertErr)
	}()
	return ctx.Err()
}

// Each asks for each: nothing is put off until the end.
func (s *shop) Each(requests []*pb.Request) {
	for _, req := range requests {
		_, err := s.rates.Convert(context.Background(), req) // want "Convert's context has no deadline"
		if err != nil {
			log.Print(err)
		}
	}
}

// First asks what it goes through.
func (s *shop) First(query string) (names []string, err error) {
	rows, err := s.db.QueryContext(context.Background(), query) // want "QueryContext's context has no deadline"
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}

// Row is read in the same statement.
func (s *shop) Row() (n int, err error) {
	err = s.db.QueryRowContext(context.Background(), "SELECT count(*) FROM orders").Scan(&n) // want "QueryRowContext's context has no deadline"
	return n, err
}

// Alive is asked without a context: it is the one that is reported.
func (s *shop) Alive() error {
	return s.db.Ping() // want "Ping takes no context"
}

// Line is all on one line.
func (s *shop) Line() { s.rates.Convert(context.Background(), &pb.Request{}) } // want "Convert's context has no deadline"

// Branches ask in one block or another.
func (s *shop) Branches(first bool) error {
	if first {
		_, err := s.rates.Convert(context.Background(), &pb.Request{}) // want "Convert's context has no deadline"
		return err
	}
	_, err := s.rates.Convert(context.Background(), &pb.Request{}) // want "Convert's context has no deadline"
	return err
}

// Rows outlive the function: no edit.
func (s *shop) Rows() (*sql.Rows, error) {
	return s.db.QueryContext(context.Background(), "SELECT id FROM orders") // want "QueryContext's context has no deadline"
}

// Kept is kept: no edit.
func (s *shop) Kept(keep func(*sql.Rows) *sql.Rows) error {
	rows, err := s.db.QueryContext(context.Background(), "SELECT id FROM orders") // want "QueryContext's context has no deadline"
	keep(rows)
	return err
}

// Begins has the context for as long as the transaction takes: no edit.
func (s *shop) Begins() error {
	tx, err := s.db.BeginTx(context.Background(), nil) // want "BeginTx's context has no deadline"
	if err != nil {
		return err
	}
	return tx.Commit()
}

// Later would be cancelled before it begins: no edit.
func (s *shop) Later() {
	go s.rates.Convert(context.Background(), &pb.Request{})    // want "Convert's context has no deadline"
	defer s.rates.Convert(context.Background(), &pb.Request{}) // want "Convert's context has no deadline"
}

// Asks asks in a loop, where there is no room to cancel: no edit.
func (s *shop) Asks(requests []*pb.Request) error {
	for _, req := range requests {
		if _, err := s.rates.Convert(context.Background(), req); err != nil { // want "Convert's context has no deadline"
			return err
		}
	}
	return nil
}
