// Package consumedmany has many take messages at a time, or starts a goroutine for each.
package consumedmany

import (
	"net/http"
	"time"

	amqp "github.com/rabbitmq/amqp091-go"
)

type rater struct {
	hc  *http.Client
	url string
}

func newRater(url string) *rater {
	return &rater{&http.Client{Timeout: 10 * time.Second}, url} // want `nothing gives up on what is at rater.url`
}

func (r *rater) rate(text []byte) error {
	resp, err := r.hc.Get(r.url + "/rate?text=" + string(text))
	if err == nil {
		resp.Body.Close()
	}
	return err
}

func (r *rater) run(posts <-chan amqp.Delivery) {
	for post := range posts {
		if r.rate(post.Body) == nil {
			post.Ack(false)
		}
	}
}

func start(posts <-chan amqp.Delivery, url string) {
	r := newRater(url)
	for range 64 {
		go r.run(posts)
	}
}

type sorter struct {
	hc      *http.Client
	address string
}

func newSorter(address string) *sorter {
	return &sorter{&http.Client{Timeout: 10 * time.Second}, address} // want `nothing gives up on what is at sorter.address`
}

func (s *sorter) run(posts <-chan amqp.Delivery) {
	for post := range posts {
		go func() {
			if resp, err := s.hc.Get(s.address); err == nil {
				resp.Body.Close()
				post.Ack(false)
			}
		}()
	}
}

// A letter is taken by one, and asked for by many.
type letters struct {
	hc   *http.Client
	base string
}

func newLetters(base string) *letters {
	return &letters{&http.Client{Timeout: 10 * time.Second}, base} // want `nothing gives up on what is at letters.base`
}

func (l *letters) open() {
	if resp, err := l.hc.Get(l.base); err == nil {
		resp.Body.Close()
	}
}

func (l *letters) run(posts <-chan amqp.Delivery) {
	for range posts {
		l.open()
	}
}

func (l *letters) ServeHTTP(w http.ResponseWriter, r *http.Request) { l.open() }
