// Package delays has loops that wait, and for how long.
package delays

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"time"
)

var client = &http.Client{Timeout: time.Second}

var errGaveUp = errors.New("gave up")

func get(url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func constant(url string) error {
	for range 5 { // want `^loop attempts=5 bounds=attempts constant even delay=1.5s: get$`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(1500 * time.Millisecond)
	}
	return errGaveUp
}

func parameter(url string, d time.Duration) error {
	for range 5 { // want `constant even: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
	}
	return errGaveUp
}

func jittered(url string) error {
	for range 5 { // want `constant jittered delay=1s: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(time.Second + rand.N(time.Second))
	}
	return errGaveUp
}

func linear(url string) error {
	for i := range 5 { // want `linear even`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * time.Second)
	}
	return errGaveUp
}

func linearFromOne(url string) error {
	for i := 1; i <= 5; i++ { // want `linear even delay=2s`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(i) * 2 * time.Second)
	}
	return errGaveUp
}

func doubled(url string) error {
	d := 100 * time.Millisecond
	for range 5 { // want `exponential even delay=100ms: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
		d *= 2
	}
	return errGaveUp
}

func doubledTo(url string) error {
	d := 100 * time.Millisecond
	for range 5 { // want `exponential even delay=100ms ceiling=10s: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
		if d *= 2; d > 10*time.Second {
			d = 10 * time.Second
		}
	}
	return errGaveUp
}

func doubledMin(url string) error {
	d := 100 * time.Millisecond
	for range 5 { // want `exponential even delay=100ms ceiling=10s: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
		d = min(2*d, 10*time.Second)
	}
	return errGaveUp
}

func doubledWhile(url string, most time.Duration) error {
	d := 100 * time.Millisecond
	for range 5 { // want `exponential even delay=100ms ceiling: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
		if d < most {
			d *= 2
		}
	}
	return errGaveUp
}

func shifted(url string) error {
	for i := range 5 { // want `exponential even delay=100ms: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond << i)
	}
	return errGaveUp
}

func shiftedAtMost(url string) error {
	for i := range 20 { // want `exponential even delay=100ms ceiling: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond << min(i, 6))
	}
	return errGaveUp
}

func power(url string) error {
	for i := range 5 { // want `exponential even delay=1s: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(time.Duration(math.Pow(2, float64(i)) * float64(time.Second)))
	}
	return errGaveUp
}

// intervals are written out once, for the whole package.
var intervals = []time.Duration{2 * time.Minute, time.Minute, 5 * time.Minute}

func timetable(url string) error {
	for i := 0; ; i++ { // want `table even delay=1m0s`
		err := get(url)
		if err == nil {
			return nil
		}
		if i == len(intervals) {
			return err
		}
		time.Sleep(intervals[i])
	}
}

func table(url string) error {
	for _, d := range []time.Duration{time.Second, time.Minute} { // want `table even delay=1s`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
	}
	return errGaveUp
}

func full(url string) error {
	for i := range 5 { // want `exponential jittered`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(rand.N(min(time.Second<<i, time.Minute)))
	}
	return errGaveUp
}

func decorrelated(url string) error {
	d := time.Second
	for range 5 { // want `(linear|exponential) jittered delay=1s ceiling=20s: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
		d = min(20*time.Second, time.Second+rand.N(3*d))
	}
	return errGaveUp
}

func given(url string, next func(int) time.Duration) error {
	for i := range 5 { // want `opaque: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(next(i))
	}
	return errGaveUp
}

func wraps(url string) error {
	d := time.Second
	for { // want `bounds=none exponential even delay=1s wraps: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
		d *= 2
	}
}

func long(url string) error {
	d := time.Second
	for range 20 { // want `attempts=20 bounds=attempts exponential even delay=1s wraps: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(d)
		d *= 2
	}
	return errGaveUp
}

func firstAtOnce(url string) error {
	for i := range 4 { // want `attempts=4 bounds=attempts constant even delay=1s: get`
		if i > 0 {
			time.Sleep(time.Second)
		}
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func helper(url string) error {
	for i := range 4 { // want `exponential jittered delay=500ms ceiling=30s: get`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(backoff(i))
	}
	return errGaveUp
}

func backoff(n int) time.Duration {
	d := time.Second << n
	if d > 30*time.Second {
		d = 30 * time.Second
	}
	return d/2 + rand.N(d/2)
}

type state struct{ d time.Duration }

func (s *state) next() time.Duration {
	d := s.d
	s.d *= 2
	return d
}

func stateful(url string) error {
	s := &state{d: time.Second}
	for range 4 { // want `exponential even`
		if err := get(url); err == nil {
			return nil
		}
		time.Sleep(s.next())
	}
	return errGaveUp
}
