package ignorescontext

import (
	"context"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// patient waits in itself, until it is its turn or its context has ended.
func patient(ctx context.Context, url string) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-turns:
	}
	return get(ctx, url)
}

var turns = make(chan struct{})

// Alternatives sleeps for one second and two, or for one second twice, whatever an attempt waits for.
func Alternatives(ctx context.Context, url string) error {
	const limit = 3
	for attempt := 0; attempt < limit; attempt++ {
		err := patient(ctx, url)
		if err == nil {
			return nil
		}
		if strings.Contains(err.Error(), "429") && attempt < limit-1 {
			time.Sleep(time.Second << attempt)
			continue
		}
		if attempt == limit-1 {
			return err
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// LongAlternatives comes to seven seconds.
func LongAlternatives(ctx context.Context, url string) error {
	const limit = 4
	for attempt := 0; attempt < limit; attempt++ { // want `does not listen to ctx`
		err := patient(ctx, url)
		if err == nil {
			return nil
		}
		if strings.Contains(err.Error(), "429") && attempt < limit-1 {
			time.Sleep(time.Second << attempt)
			continue
		}
		if attempt == limit-1 {
			return err
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// Both sleeps twice in a round: six seconds.
func Both(ctx context.Context, url string) error {
	const limit = 3
	for attempt := 0; attempt < limit; attempt++ { // want `does not listen to ctx`
		err := patient(ctx, url)
		if err == nil {
			return nil
		}
		if strings.Contains(err.Error(), "429") {
			time.Sleep(1500 * time.Millisecond)
		}
		time.Sleep(time.Second << attempt)
	}
	return errGaveUp
}

// Squared sleeps for half a second in all.
func Squared(ctx context.Context, url string) (err error) {
	const limit = 3
	for i := 1; i <= limit; i++ {
		if err = patient(ctx, url); err == nil {
			return nil
		}
		if i+1 <= limit {
			time.Sleep(time.Duration(100*i*i) * time.Millisecond)
		}
	}
	return err
}

// SquaredLong is as if it grew by the same each time, but does not: half a second, two, and four and a half.
func SquaredLong(ctx context.Context, url string) (err error) {
	const limit = 4
	for i := 1; i <= limit; i++ { // want `does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		if i+1 <= limit {
			time.Sleep(time.Duration(500*i*i) * time.Millisecond)
		}
	}
	return err
}

// Before sleeps before all attempts but the first: one second, and two.
func Before(ctx context.Context, url string) (err error) {
	for i := range 3 {
		if i > 0 {
			time.Sleep(time.Duration(i) * time.Second)
		}
		if err = get(ctx, url); err == nil {
			return nil
		}
	}
	return err
}

// BeforeLong comes to six seconds.
func BeforeLong(ctx context.Context, url string) (err error) {
	for i := range 4 { // want `does not listen to ctx`
		if i > 0 {
			time.Sleep(time.Duration(i) * time.Second)
		}
		if err = get(ctx, url); err == nil {
			return nil
		}
	}
	return err
}

// Varied depends on what it was told.
func Varied(ctx context.Context, url string, unit time.Duration) (err error) {
	for i := 1; i <= 3; i++ {
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i*i) * unit)
	}
	return err
}

// Outlived goes on when its caller has gone.
func Outlived(ctx context.Context, url string) error {
	ctx = context.WithoutCancel(ctx)
	var err error
	for attempt := range 4 {
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt+1) * time.Second)
	}
	return err
}

// Kept has a copy that outlives its caller for something else.
func Kept(ctx context.Context, url string) error {
	go get(context.WithoutCancel(ctx), url)
	var err error
	for attempt := range 4 { // want `time.Sleep between the attempts at get does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(attempt+1) * time.Second)
	}
	return err
}

// Jittered comes to three seconds at most.
func Jittered(ctx context.Context, url string) error {
	delay := 200 * time.Millisecond
	for range 5 {
		if err := get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(rand.N(delay))
		delay *= 2
	}
	return errGaveUp
}

// JitteredLong comes to seven seconds and a half.
func JitteredLong(ctx context.Context, url string) error {
	delay := 500 * time.Millisecond
	for range 5 { // want `does not listen to ctx`
		if err := get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(rand.N(delay))
		delay *= 2
	}
	return errGaveUp
}

// Rising has half a second for each attempt that was made, and up to a fifth more.
func Rising(ctx context.Context, url string) (err error) {
	for i := range 4 {
		if err = get(ctx, url); err == nil {
			return nil
		}
		base := float64(i+1) * 0.5
		time.Sleep(time.Duration((base + rand.Float64()*0.2*base) * float64(time.Second) / 2))
	}
	return err
}

// RisingLong comes to as much as six seconds.
func RisingLong(ctx context.Context, url string) (err error) {
	for i := range 4 { // want `does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		base := float64(i+1) * 0.5
		time.Sleep(time.Duration((base + rand.Float64()*base) * float64(time.Second)))
	}
	return err
}

// Limited would come to fifteen seconds, but for its ceiling.
func Limited(ctx context.Context, url string) error {
	delay := time.Second
	for range 5 {
		if err := get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(rand.N(delay))
		if delay *= 2; delay > 1200*time.Millisecond {
			delay = 1200 * time.Millisecond
		}
	}
	return errGaveUp
}

// Settings are what somebody may say.
type Settings struct {
	Attempts int
	Delay    time.Duration
}

// A Sender has settings, of which there are none here.
type Sender struct{ settings Settings }

// NewSender returns one.
func NewSender(settings Settings) *Sender {
	if settings.Attempts == 0 {
		settings.Attempts = 3
	}
	return &Sender{settings}
}

// Send attempts it as often as the settings say.
func (s *Sender) Send(ctx context.Context, url string) (err error) {
	for attempt := range s.settings.Attempts {
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(s.settings.Delay<<attempt + rand.N(time.Millisecond))
	}
	return err
}

// Seldom attempts it as often as its caller says, ten seconds apart.
func Seldom(ctx context.Context, attempts int, url string) (err error) {
	for range attempts { // want `does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(10*time.Second + rand.N(time.Second))
	}
	return err
}

// Usual has a default, with which it comes to seven seconds.
func Usual(ctx context.Context, attempts int, url string) (err error) {
	if attempts == 0 {
		attempts = 4
	}
	for i := range attempts { // want `does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(rand.N(time.Second << i))
	}
	return err
}

// UsualBrief has a default, with which it comes to three seconds.
func UsualBrief(ctx context.Context, attempts int, url string) (err error) {
	if attempts == 0 {
		attempts = 3
	}
	for i := range attempts {
		if err = get(ctx, url); err == nil {
			return nil
		}
		time.Sleep(rand.N(time.Second << i))
	}
	return err
}

// Alternating sleeps once a round, for two seconds at most: three in all.
func Alternating(ctx context.Context, url string) error {
	delay := 200 * time.Millisecond
	for attempt := 1; attempt <= 5; attempt++ {
		err := patient(ctx, url)
		if err == nil {
			return nil
		}
		if strings.Contains(err.Error(), "429") {
			time.Sleep(delay + rand.N(time.Millisecond))
			delay *= 2
			if delay > 2*time.Second {
				delay = 2 * time.Second
			}
			continue
		}
		time.Sleep(delay + rand.N(time.Millisecond))
		delay *= 2
		if delay > 2*time.Second {
			delay = 2 * time.Second
		}
	}
	return errGaveUp
}

// Plain makes a request without a context.
func Plain(url string) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return insist(req)
}

func insist(req *http.Request) error {
	for attempt := range 5 {
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second<<attempt + rand.N(time.Second))
	}
	return errGaveUp
}

// Send is given a request by whoever: it may have a context that ends, or none.
func Send(req *http.Request) error {
	for attempt := range 5 {
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second<<attempt + rand.N(time.Second))
	}
	return errGaveUp
}

// Bound makes one with a context.
func Bound(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	return persist(req)
}

func persist(req *http.Request) error {
	for attempt := range 5 { // want `does not listen to req.Context`
		resp, err := client.Do(req)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second<<attempt + rand.N(time.Second))
	}
	return errGaveUp
}

// Less takes a bit away, or nothing: seven seconds at most.
func Less(ctx context.Context, url string) (err error) {
	for attempt := range 4 { // want `does not listen to ctx`
		if err = get(ctx, url); err == nil {
			return nil
		}
		delay := time.Second << attempt
		time.Sleep(delay - rand.N(delay/2))
	}
	return err
}
