// Package routes registers what makes things in all the ways there are.
package routes

import (
	"context"
	"database/sql"
	"net/http"

	"connectrpc.com/connect"
	"github.com/IBM/sarama"
	"github.com/google/uuid"
	"github.com/gorilla/mux"
)

var (
	db       *sql.DB
	producer sarama.SyncProducer
)

func place(ctx context.Context) {
	db.ExecContext(ctx, "INSERT INTO orders (id) VALUES ($1)", uuid.NewString())
	producer.SendMessage(&sarama.ProducerMessage{})
}

func routes(r *mux.Router, std *http.ServeMux) {
	r.HandleFunc("/after", after).Methods("POST")
	r.Methods("POST", "OPTIONS").Path("/before").HandlerFunc(before)
	r.HandleFunc("/read", read).Methods("GET")
	r.HandleFunc("/any", any1)
	r.HandleFunc("/both", both).Methods("GET", "POST")
	std.Handle("POST /object", &object{})
	std.Handle("POST /func", http.HandlerFunc(converted))
	std.Handle("POST /around", logged(http.HandlerFunc(around)))
	std.Handle("GET /object", &reader{})
	std.Handle(NewShopServiceHandler(&shop{}))
}

func after(w http.ResponseWriter, r *http.Request)     { place(r.Context()) } // want `a client that gets no answer in time sends the request again`
func before(w http.ResponseWriter, r *http.Request)    { place(r.Context()) } // want `a client that gets no answer in time`
func converted(w http.ResponseWriter, r *http.Request) { place(r.Context()) } // want `a client that gets no answer in time`
func around(w http.ResponseWriter, r *http.Request)    { place(r.Context()) } // want `a client that gets no answer in time`

// What a route is for, its methods say; who says none may mean all.
func read(w http.ResponseWriter, r *http.Request) { place(r.Context()) }
func any1(w http.ResponseWriter, r *http.Request) { place(r.Context()) }
func both(w http.ResponseWriter, r *http.Request) { place(r.Context()) }

type object struct{}

func (o *object) ServeHTTP(w http.ResponseWriter, r *http.Request) { place(r.Context()) } // want `a client that gets no answer in time`

type reader struct{}

func (o *reader) ServeHTTP(w http.ResponseWriter, r *http.Request) { place(r.Context()) }

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })
}

type (
	order              struct{}
	ShopServiceHandler interface {
		PlaceOrder(ctx context.Context, req *connect.Request[order]) (*connect.Response[order], error)
	}
)

// NewShopServiceHandler is what a generator would write.
func NewShopServiceHandler(svc ShopServiceHandler, opts ...connect.HandlerOption) (string, http.Handler) {
	return "/shop.Service/", nil
}

type shop struct{}

func (s *shop) PlaceOrder(ctx context.Context, req *connect.Request[order]) (*connect.Response[order], error) { // want `a client that gets no answer in time`
	place(ctx)
	return nil, nil
}

// Cloud Scheduler calls it, again if it gets no answer.
func scheduled(w http.ResponseWriter, r *http.Request) { // want `Cloud Scheduler delivers a message again when it gets no 2xx in time, and each delivery INSERTs into orders`
	if r.Header.Get("X-CloudScheduler-JobName") == "" {
		return
	}
	place(r.Context())
}

// The time that a run was to begin at tells it from the others.
func scheduledOnce(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-CloudScheduler-JobName") == "" || done(r.Header.Get("X-CloudScheduler-ScheduleTime")) {
		return
	}
	place(r.Context())
}

func done(run string) bool { return run == "" }
