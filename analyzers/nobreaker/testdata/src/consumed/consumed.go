// Package consumed calls others for one message after the other: while it waits, only the next message does.
package consumed

import (
	"errors"
	"net/http"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

type scorer struct {
	hc  *http.Client
	url string
}

func newScorer(url string) *scorer { return &scorer{&http.Client{Timeout: 10 * time.Second}, url} }

func (s *scorer) score(text []byte) error {
	resp, err := s.hc.Get(s.url + "/score?text=" + string(text))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return errors.New(resp.Status)
	}
	return nil
}

type consumer struct {
	ch     *amqp.Channel
	scorer *scorer
}

func (c *consumer) run() error {
	posts, err := c.ch.Consume("posts", "", false, false, false, false, nil)
	if err != nil {
		return err
	}
	for post := range posts {
		if err := c.scorer.score(post.Body); err != nil {
			post.Nack(false, true)
			continue
		}
		post.Ack(false)
	}
	return nil
}

func start(ch *amqp.Channel, url string) {
	c := &consumer{ch, newScorer(url)}
	go c.run()
}
