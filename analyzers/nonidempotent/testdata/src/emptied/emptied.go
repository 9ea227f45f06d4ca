// Package emptied makes orders of what is in a basket, and of what is not taken out of it.
package emptied

import (
	"context"
	"database/sql"
	"errors"

	"github.com/IBM/sarama"
	"github.com/gin-gonic/gin"
	"gorm.io/gorm"
)

type piece struct {
	Sku   string
	Count int
}

type baskets struct{ db *sql.DB }

func (b *baskets) Of(customer string) ([]piece, error) {
	_, err := b.db.Query("SELECT sku, count FROM pieces WHERE customer = $1", customer)
	return nil, err
}

func (b *baskets) Clear(tx *sql.Tx, customer string) error {
	_, err := tx.Exec("DELETE FROM pieces WHERE customer = $1", customer)
	return err
}

type counter struct {
	baskets, wishes *baskets
	producer        sarama.SyncProducer
	db              *sql.DB
	rows            *gorm.DB
}

func routes(g *gin.RouterGroup, s *counter) {
	g.POST("/orders/taken", func(c *gin.Context) { s.taken(c, c.GetHeader("a")) })
	g.POST("/orders/within", func(c *gin.Context) { s.within(c, c.GetHeader("a")) })
	g.POST("/orders/rows", func(c *gin.Context) { s.ofRows(c, c.GetHeader("a")) })
	g.POST("/orders/left", func(c *gin.Context) { s.left(c, c.GetHeader("a")) })           // want `each request INSERTs into orders`
	g.POST("/orders/other", func(c *gin.Context) { s.other(c, c.GetHeader("a")) })         // want `each request INSERTs into orders`
	g.POST("/orders/elsewhere", func(c *gin.Context) { s.elsewhere(c, c.GetHeader("a")) }) // want `each request INSERTs into orders`
	g.POST("/orders/none", func(c *gin.Context) { s.none(c, c.GetHeader("a")) })           // want `each request INSERTs into orders`
}

func (s *counter) order(ctx context.Context, what []piece) error {
	if _, err := s.db.ExecContext(ctx, "INSERT INTO orders (what) VALUES ($1)", what); err != nil {
		return err
	}
	_, _, err := s.producer.SendMessage(&sarama.ProducerMessage{})
	return err
}

// The second time there is nothing in it.
func (s *counter) taken(ctx context.Context, customer string) error {
	what, err := s.baskets.Of(customer)
	if err != nil || len(what) == 0 {
		return errors.New("nothing to order")
	}
	if err := s.order(ctx, what); err != nil {
		return err
	}
	return s.baskets.Clear(nil, customer)
}

// So in a transaction.
func (s *counter) within(ctx context.Context, customer string) error {
	what, err := s.baskets.Of(customer)
	if err != nil {
		return err
	}
	if len(what) < 1 {
		return errors.New("nothing to order")
	}
	return s.rows.Transaction(func(*gorm.DB) error {
		if err := s.order(ctx, what); err != nil {
			return err
		}
		return s.baskets.Clear(nil, customer)
	})
}

// So by the type of its rows.
func (s *counter) ofRows(ctx context.Context, customer string) error {
	var what []piece
	if err := s.rows.Where("customer = ?", customer).Find(&what).Error; err != nil {
		return err
	}
	if len(what) == 0 {
		return errors.New("nothing to order")
	}
	if err := s.order(ctx, what); err != nil {
		return err
	}
	return s.rows.Where("customer = ?", customer).Delete(&piece{}).Error
}

// Nobody takes it out.
func (s *counter) left(ctx context.Context, customer string) error {
	what, err := s.baskets.Of(customer)
	if err != nil || len(what) == 0 {
		return errors.New("nothing to order")
	}
	return s.order(ctx, what)
}

// Another list is cleared.
func (s *counter) other(ctx context.Context, customer string) error {
	what, err := s.wishes.Of(customer)
	if err != nil || len(what) == 0 {
		return errors.New("nothing to order")
	}
	if err := s.order(ctx, what); err != nil {
		return err
	}
	return s.baskets.Clear(nil, customer)
}

// Another customer's is cleared.
func (s *counter) elsewhere(ctx context.Context, customer string) error {
	what, err := s.baskets.Of(customer)
	if err != nil || len(what) == 0 {
		return errors.New("nothing to order")
	}
	if err := s.order(ctx, what); err != nil {
		return err
	}
	return s.baskets.Clear(nil, what[0].Sku)
}

// It orders nothing, the second time.
func (s *counter) none(ctx context.Context, customer string) error {
	what, err := s.baskets.Of(customer)
	if err != nil {
		return err
	}
	if len(what) == 0 {
		what = append(what, piece{Sku: "sample"})
	}
	if err := s.order(ctx, what); err != nil {
		return err
	}
	return s.baskets.Clear(nil, customer)
}
