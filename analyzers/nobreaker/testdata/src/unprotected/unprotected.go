// Package unprotected calls others while it serves requests and messages, with nothing in between.
package unprotected

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/IBM/sarama"
	"github.com/gin-gonic/gin"
	"github.com/slack-go/slack"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// A stock client has a timeout, which is not enough: each request waits for all of it.
type stock struct {
	base string
	hc   *http.Client
}

func newStock(base string) *stock {
	return &stock{base: base, hc: &http.Client{Timeout: 2 * time.Second}} // want `nothing gives up on what is at stock.base`
}

func (s *stock) count(ctx context.Context, sku string) (n int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/stock/"+url.PathEscape(sku), nil)
	if err != nil {
		return 0, err
	}
	resp, err := s.hc.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return n, json.NewDecoder(resp.Body).Decode(&n)
}

type shop struct {
	stock *stock
	rates *rates
	chat  *slack.Client
}

func newShop() *shop {
	return &shop{
		stock: newStock(os.Getenv("STOCK_URL")),
		rates: &rates{client: http.Client{Transport: otelhttp.NewTransport(http.DefaultTransport)}},
		chat:  slack.New(os.Getenv("SLACK_TOKEN")), // want `nothing gives up on Slack`
	}
}

// serve is a handler of net/http, by a method value and through an unexported function.
func (s *shop) serve(w http.ResponseWriter, r *http.Request) {
	n, err := s.load(r.Context(), r.PathValue("sku"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	fmt.Fprint(w, n)
}

func (s *shop) load(ctx context.Context, sku string) (int, error) { return s.stock.count(ctx, sku) }

func routes(s *shop) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /stock/{sku}", s.serve)
	return mux
}

// A rates client holds the http.Client itself. A transport that traces is none that protects.
type rates struct {
	client http.Client // want `nothing gives up on what is at rates.example.org`
}

func (r *rates) latest(currency string) (*http.Response, error) {
	return r.client.Get(fmt.Sprintf("https://rates.example.org/v1/latest/%s", currency))
}

// ginRoutes has a literal for a handler.
func ginRoutes(s *shop) *gin.Engine {
	e := gin.New()
	e.GET("/rates", func(c *gin.Context) {
		resp, err := s.rates.latest(c.Query("currency"))
		if err != nil {
			c.JSON(http.StatusBadGateway, err.Error())
			return
		}
		defer resp.Body.Close()
		c.JSON(http.StatusOK, nil)
	})
	e.GET("/call", s.page)
	return e
}

func (s *shop) page(c *gin.Context) {
	if _, err := s.chat.PostMessageContext(c, "shop", "someone waits"); err != nil {
		c.JSON(http.StatusBadGateway, err.Error())
	}
}

var taxURL = os.Getenv("TAX_URL")

// tax is asked by a handler of messages, through a client that nobody makes.
func tax(country string) error {
	resp, err := http.Get(taxURL + "/" + country) // want `nothing gives up on what is at taxURL .* by http.DefaultClient`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type consumer struct{}

func (consumer) ConsumeClaim(sess sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		if err := tax(string(msg.Key)); err != nil {
			return err
		}
		sess.MarkMessage(msg, "")
	}
	return nil
}

// logging is a transport of the package's own, which protects from nothing.
type logging struct{ next http.RoundTripper }

func (l *logging) RoundTrip(r *http.Request) (*http.Response, error) {
	fmt.Println(r.URL)
	return l.next.RoundTrip(r)
}

type geo struct {
	endpoint string
	do       interface {
		Do(r *http.Request) (*http.Response, error)
	}
}

var places = &geo{
	endpoint: "https://geo.example.org",
	do:       &http.Client{Transport: &logging{http.DefaultTransport}}, // want `nothing gives up on what is at places.endpoint`
}

// locate is waited for, though it is a goroutine.
func locate(w http.ResponseWriter, r *http.Request) {
	done := make(chan error)
	go func() {
		req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, places.endpoint+"/where", nil)
		if err == nil {
			_, err = places.do.Do(req)
		}
		done <- err
	}()
	if err := <-done; err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}
