// Package creates makes things for clients that ask twice.
package creates

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/IBM/sarama"
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"google.golang.org/grpc"
)

type shop struct {
	db       *sql.DB
	producer sarama.SyncProducer
	payments PaymentClient
}

type (
	ChargeRequest struct{}
	ChargeReply   struct{}
	PaymentClient interface {
		Charge(ctx context.Context, in *ChargeRequest, opts ...grpc.CallOption) (*ChargeReply, error)
	}
	ShopServer interface {
		PlaceOrder(ctx context.Context, in *ChargeRequest) (*ChargeReply, error)
		GetOrder(ctx context.Context, in *ChargeRequest) (*ChargeReply, error)
	}
)

func RegisterShopServer(s grpc.ServiceRegistrar, srv ShopServer) {}

func routes(g *gin.RouterGroup, mux *http.ServeMux, r grpc.ServiceRegistrar, s *shop) {
	g.POST("/orders", s.create)
	g.POST("/keyed", s.keyed)
	g.POST("/vouchers", s.redeem)
	g.GET("/orders", s.read)
	mux.HandleFunc("POST /orders", s.plain)
	mux.HandleFunc("GET /orders", s.list)
	RegisterShopServer(r, s)
}

func (s *shop) place(ctx context.Context) {
	s.db.ExecContext(ctx, "INSERT INTO orders (id) VALUES ($1)", uuid.NewString())
	s.producer.SendMessage(&sarama.ProducerMessage{Key: uuid.NewString()})
}

func (s *shop) create(c *gin.Context) { s.place(c) } // want `a client that gets no answer in time sends the request again, and each request INSERTs into orders`

func (s *shop) keyed(c *gin.Context) {
	if c.GetHeader("Idempotency-Key") != "" {
		s.place(c)
	}
}

// A voucher can be used once.
func (s *shop) redeem(c *gin.Context) { s.place(c) }

func (s *shop) read(c *gin.Context) { s.place(c) }

func (s *shop) plain(w http.ResponseWriter, r *http.Request) { s.place(r.Context()) } // want `a client that gets no answer in time`

func (s *shop) list(w http.ResponseWriter, r *http.Request) { s.place(r.Context()) }

func (s *shop) PlaceOrder(ctx context.Context, in *ChargeRequest) (*ChargeReply, error) { // want `each request moves money \(creates.PaymentClient.Charge in shop.PlaceOrder\): the customer pays twice`
	return s.payments.Charge(ctx, &ChargeRequest{})
}

func (s *shop) GetOrder(ctx context.Context, in *ChargeRequest) (*ChargeReply, error) {
	return nil, nil
}
