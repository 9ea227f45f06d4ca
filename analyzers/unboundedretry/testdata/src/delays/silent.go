package delays

import (
	cryptorand "crypto/rand"
	"math"
	"math/big"
	"math/rand"
	rand2 "math/rand/v2"
	"time"

	"delays/pacing"
)

// Jittered adds to it.
func Jittered(url string) error {
	delay := 100 * time.Millisecond
	for range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay + rand2.N(delay/2))
		delay *= 2
	}
	return errGaveUp
}

// Full waits any time up to it.
func Full(url string) error {
	for i := range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Duration(rand.Int63n(int64(100*time.Millisecond) << i)))
	}
	return errGaveUp
}

// Factor multiplies it.
func Factor(url string) error {
	for i := range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Duration(math.Pow(2, float64(i)) * (0.5 + rand.Float64()) * float64(time.Second)))
	}
	return errGaveUp
}

// Spread has its jitter from a helper.
func Spread(url string) error {
	for i := range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(jitter(time.Second << i))
	}
	return errGaveUp
}

func jitter(d time.Duration) time.Duration { return d/2 + time.Duration(rand.Int63n(int64(d/2))) }

// Clock takes it from the clock.
func Clock(url string) error {
	for i := range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second<<i + time.Duration(time.Now().UnixNano()%1000)*time.Millisecond)
	}
	return errGaveUp
}

// Crypto takes it from the system.
func Crypto(url string) error {
	for i := range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		n, err := cryptorand.Int(cryptorand.Reader, big.NewInt(1000))
		if err != nil {
			return err
		}
		time.Sleep(time.Second<<i + time.Duration(n.Int64())*time.Millisecond)
	}
	return errGaveUp
}

// Decorrelated depends on the one before.
func Decorrelated(url string) error {
	delay := 100 * time.Millisecond
	for range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay)
		delay = min(20*time.Second, 100*time.Millisecond+rand2.N(3*delay))
	}
	return errGaveUp
}

// Source has its own source.
func Source(url string) error {
	r := rand.New(rand.NewSource(time.Now().UnixNano()))
	for i := range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Duration(r.Intn(1000<<i)) * time.Millisecond)
	}
	return errGaveUp
}

// ConstantJittered does not grow, but callers do not come back together.
func ConstantJittered(url string) error {
	for range 3 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second + rand2.N(500*time.Millisecond))
	}
	return errGaveUp
}

// Given is computed by whoever calls.
func Given(url string, delay func(attempt int) time.Duration) error {
	for i := range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(delay(i))
	}
	return errGaveUp
}

// Elsewhere is computed by another package.
func Elsewhere(url string) error {
	for i := range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(pacing.Next(i))
	}
	return errGaveUp
}

type jittered struct {
	delay  time.Duration
	spread float64
}

func (j *jittered) next() time.Duration {
	d := j.delay
	j.delay *= 2
	return d + time.Duration(rand.Float64()*j.spread*float64(d))
}

// Stateful keeps its state, and has jitter.
func Stateful(url string) error {
	j := &jittered{delay: time.Second, spread: 0.3}
	for range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(j.next())
	}
	return errGaveUp
}

// Rare is periodic work more than load.
func Rare(url string) error {
	for range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(10 * time.Minute)
	}
	return errGaveUp
}

// Chosen waits as long as its caller says.
func Chosen(url string, every time.Duration) error {
	for range 10 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(every)
	}
	return errGaveUp
}

type settings struct{ Attempts, Seconds int }

// Configured waits as long as a file says.
func Configured(url string, s *settings) error {
	for range s.Attempts {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Duration(s.Seconds) * time.Second)
	}
	return errGaveUp
}

// Few makes a few attempts, and leaves the server alone in between.
func Few(url string) error {
	for range 5 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second)
	}
	return errGaveUp
}

// Seldom comes back every half minute.
func Seldom(url string) error {
	for range 100 {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(30 * time.Second)
	}
	return errGaveUp
}

// Usual makes three attempts unless somebody says otherwise.
func Usual(url string, attempts int) error {
	if attempts == 0 {
		attempts = 3
	}
	for i := 0; i < attempts; i++ {
		resp, err := client.Get(url)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(3 * time.Second)
	}
	return errGaveUp
}
