package delays

import (
	"math"
	"time"
)

// Linear grows by the same each time.
func Linear(url string) error {
	for i := 0; i < 8; i++ { // want `callers for whom http.Client.Get fails at the same time wait equally long: they come back in waves, all at once; add jitter`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Duration(i+1) * time.Second)
	}
	return errGaveUp
}

// Doubled doubles.
func Doubled(url string) error {
	delay := 100 * time.Millisecond
	for range 5 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		delay *= 2
	}
	return errGaveUp
}

// Added doubles, too.
func Added(url string) error {
	delay := 100 * time.Millisecond
	for range 5 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		delay += delay
	}
	return errGaveUp
}

// HalfAgain grows by half, as a float.
func HalfAgain(url string) error {
	delay := 100 * time.Millisecond
	for range 5 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		delay = time.Duration(float64(delay) * 1.5)
	}
	return errGaveUp
}

// Shifted is a power of two.
func Shifted(url string) error {
	for i := 0; i < 5; i++ { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep((1 << i) * 100 * time.Millisecond)
	}
	return errGaveUp
}

// ShiftedUnsigned converts first.
func ShiftedUnsigned(url string) error {
	for i := 0; i < 8; i++ { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << uint(i))
	}
	return errGaveUp
}

// Power is a power of two, as a float.
func Power(url string) error {
	for i := 0; i < 8; i++ { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Duration(math.Pow(2, float64(i))) * time.Second)
	}
	return errGaveUp
}

// Exp is a power of e.
func Exp(url string) error {
	for i := 0; i < 5; i++ { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Duration(math.Exp2(float64(i)) * float64(time.Second)))
	}
	return errGaveUp
}

// Listed ranges over delays.
func Listed(url string) error {
	for _, delay := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
	}
	return errGaveUp
}

var delays = []time.Duration{time.Second, 5 * time.Second, 20 * time.Second}

// Indexed takes one after the other.
func Indexed(url string) error {
	for i := 0; i <= len(delays); i++ { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		if i < len(delays) {
			time.Sleep(delays[i])
		}
	}
	return errGaveUp
}

// Ceiling is as long as it gets.
func Ceiling(url string) error {
	delay := 100 * time.Millisecond
	for range 20 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		if delay *= 2; delay > 10*time.Second {
			delay = 10 * time.Second
		}
	}
	return errGaveUp
}

// Min is as long as it gets, too.
func Min(url string) error {
	delay := 100 * time.Millisecond
	for range 20 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		delay = min(2*delay, 10*time.Second)
	}
	return errGaveUp
}

// Guarded grows as long as it is short.
func Guarded(url string) error {
	delay := time.Second
	for range 20 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		if delay < time.Minute {
			delay *= 2
		}
	}
	return errGaveUp
}

// Helper computes it elsewhere.
func Helper(url string) error {
	for i := 1; i <= 8; i++ { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(exponential(i))
	}
	return errGaveUp
}

func exponential(n int) time.Duration {
	d := time.Second << (n - 1)
	if d > 30*time.Second {
		return 30 * time.Second
	}
	return d
}

// Looped multiplies in a loop of the helper.
func Looped(url string) error {
	for i := 1; i <= 5; i++ { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(multiplied(i))
	}
	return errGaveUp
}

func multiplied(n int) time.Duration {
	d := 50 * time.Millisecond
	for i := 0; i < n; i++ {
		d *= 2
	}
	return d
}

type backoff struct {
	delay, most time.Duration
}

func (b *backoff) next() time.Duration {
	d := b.delay
	b.delay = min(2*b.delay, b.most)
	return d
}

// Kept keeps what the next delay is.
func Kept(url string) error {
	b := &backoff{delay: 100 * time.Millisecond, most: 10 * time.Second}
	for range 10 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(b.next())
	}
	return errGaveUp
}

// Captured grows in a closure.
func Captured(url string) error {
	delay := time.Second
	wait := func() {
		time.Sleep(delay)
		delay *= 2
	}
	for range 6 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		wait()
	}
	return errGaveUp
}

type paced struct {
	delay func(attempt int) time.Duration
}

func doubling(base time.Duration) func(int) time.Duration {
	return func(attempt int) time.Duration { return base << attempt }
}

func newPaced() *paced { return &paced{delay: doubling(time.Second)} }

// ByFunction asks a function value, of which there is just one.
func (p *paced) ByFunction(url string) error {
	for attempt := range 8 { // want `wait equally long`
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(p.delay(attempt))
	}
	return errGaveUp
}

// Thrice is over before all have fallen into step.
func Thrice(url string) error {
	delay := 500 * time.Millisecond
	for range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		delay *= 2
	}
	return errGaveUp
}
