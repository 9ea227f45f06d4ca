// Package onetime takes what can be used once.
package onetime

import (
	"context"
	"database/sql"
	"errors"

	"github.com/IBM/sarama"
	"github.com/gin-gonic/gin"
)

type request struct{ Slip, QuoteID, Account string }

type cache struct{ kept map[string][]byte }

func (c *cache) Get(key string) ([]byte, error) { return c.kept[key], nil }

func (c *cache) Delete(key string) error {
	delete(c.kept, key)
	return nil
}

type shop struct {
	slips, accounts *cache
	producer        sarama.SyncProducer
	db              *sql.DB
}

func routes(g *gin.RouterGroup, s *shop) {
	g.POST("/transfer/slip", func(c *gin.Context) { s.slip(c, request{Slip: c.GetHeader("a")}) })
	g.POST("/transfer/quote", func(c *gin.Context) { s.quoted(c, request{QuoteID: c.GetHeader("a")}) })
	g.POST("/transfer/cached", func(c *gin.Context) { s.cached(c, request{Account: c.GetHeader("a")}) })     // want `each request INSERTs into transfers`
	g.POST("/transfer/missing", func(c *gin.Context) { s.missing(c, request{Slip: c.GetHeader("a")}) })      // want `each request INSERTs into transfers`
	g.POST("/transfer/account", func(c *gin.Context) { s.ofAccount(c, request{Account: c.GetHeader("a")}) }) // want `each request INSERTs into transfers`
}

func (s *shop) move(ctx context.Context, what []byte) error {
	if _, err := s.db.ExecContext(ctx, "INSERT INTO transfers (what) VALUES ($1)", what); err != nil {
		return err
	}
	_, _, err := s.producer.SendMessage(&sarama.ProducerMessage{})
	return err
}

// The slip is torn up when it is done.
func (s *shop) slip(ctx context.Context, r request) error {
	what, err := s.slips.Get(r.Slip)
	if err != nil {
		return errors.New("no such slip")
	}
	if err := s.move(ctx, what); err != nil {
		return err
	}
	return s.slips.Delete(r.Slip)
}

// A quote is taken up once, as its name says.
func (s *shop) quoted(ctx context.Context, r request) error {
	what, err := s.slips.Get(r.QuoteID)
	if err != nil {
		return err
	}
	return s.move(ctx, what)
}

// What was changed is taken out of a cache, and is there still.
func (s *shop) cached(ctx context.Context, r request) error {
	what, err := s.accounts.Get(r.Account)
	if err != nil {
		return err
	}
	if err := s.move(ctx, what); err != nil {
		return err
	}
	return s.slips.Delete(r.Account)
}

// It goes on without a slip.
func (s *shop) missing(ctx context.Context, r request) error {
	what, err := s.slips.Get(r.Slip)
	if err != nil {
		what = []byte("none")
	}
	if err := s.move(ctx, what); err != nil {
		return err
	}
	return s.slips.Delete(r.Slip)
}

// An account is there the second time.
func (s *shop) ofAccount(ctx context.Context, r request) error {
	what, err := s.accounts.Get(r.Account)
	if err != nil {
		return err
	}
	return s.move(ctx, what)
}
