// Package consumedbefore asks once how it is configured, before it takes messages from many at a time.
package consumedbefore

import (
	"net/http"
	"os"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

func settings() {
	hc := &http.Client{Timeout: time.Second}
	if resp, err := hc.Get(os.Getenv("SETTINGS_URL")); err == nil {
		resp.Body.Close()
	}
}

var prices = &http.Client{Timeout: time.Second} // want `nothing gives up on what is at PRICES_URL`

func price() {
	if resp, err := prices.Get(os.Getenv("PRICES_URL")); err == nil {
		resp.Body.Close()
	}
}

func work(posts <-chan amqp.Delivery) {
	settings()
	tags := &http.Client{Timeout: time.Second}
	if resp, err := tags.Get(os.Getenv("TAGS_URL")); err == nil {
		resp.Body.Close()
	}
	price()
	for post := range posts {
		price()
		post.Ack(false)
	}
}

func start(posts <-chan amqp.Delivery) {
	for range 8 {
		go work(posts)
	}
}
