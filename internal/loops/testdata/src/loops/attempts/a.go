// Package attempts has loops that say how many attempts they make.
package attempts

import (
	"errors"
	"io"
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

func below(url string) error {
	for i := 0; i < 3; i++ { // want `^loop attempts=3 bounds=attempts at once: get$`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func upTo(url string) error {
	for i := 1; i <= 3; i++ { // want `attempts=3 bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func zeroUpTo(url string) error {
	for i := 0; i <= 3; i++ { // want `attempts=4 bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func down(url string) error {
	for i := 3; i > 0; i-- { // want `attempts=3 bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func downToZero(url string) error {
	for i := 3; i >= 0; i-- { // want `attempts=4 bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func other(url string) error {
	for i := 0; i != 5; i++ { // want `attempts=5 bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func ranged(url string) error {
	for range 6 { // want `attempts=6 bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func rangedConst(url string) error {
	const tries uint = 7
	for attempt := range tries { // want `attempts=7 bounds=attempts`
		if err := get(url); err == nil || attempt > 10 {
			return err
		}
	}
	return errGaveUp
}

func inBody(url string) error {
	for i := 0; ; i++ { // want `attempts=4 bounds=attempts`
		err := get(url)
		if err == nil {
			return nil
		}
		if i == 3 {
			return err
		}
	}
}

func beforeTheAttempt(url string) error {
	for i := 0; ; i++ { // want `attempts=3 bounds=attempts`
		if i >= 3 {
			return errGaveUp
		}
		if err := get(url); err == nil {
			return nil
		}
	}
}

func counted(url string) error {
	n := 0
	for { // want `attempts=5 bounds=attempts`
		err := get(url)
		if err == nil {
			return nil
		}
		if n++; n >= 5 {
			return err
		}
	}
}

func remaining(url string) error {
	left := 4
	for { // want `attempts=4 bounds=attempts`
		err := get(url)
		if err == nil {
			return nil
		}
		left--
		if left == 0 {
			return err
		}
	}
}

func jump(url string) error {
	n := 0
again: // want `^goto attempts=3 bounds=attempts`
	err := get(url)
	if err != nil && n < 2 {
		n++
		goto again
	}
	return err
}

func both(url string, most int) error {
	for i := 0; i < 10; i++ { // want `attempts=10 bounds=attempts`
		err := get(url)
		if err == nil {
			return nil
		}
		if i > most {
			return err
		}
	}
	return errGaveUp
}

func smaller(url string) error {
	for i := 0; i < 10; i++ { // want `attempts=3 bounds=attempts`
		err := get(url)
		if err == nil || i == 2 {
			return err
		}
	}
	return errGaveUp
}

func parameter(url string, most int) error {
	for i := 0; i < most; i++ { // want `^loop bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func withError(url string) (err error) {
	err = errGaveUp
	for i := 0; i < 3 && err != nil; i++ { // want `attempts=3 bounds=attempts`
		err = get(url)
	}
	return err
}

func captured(url string) (err error) {
	n := 0
	defer func() { println(n) }()
	for n < 3 { // want `^loop bounds=attempts`
		if err = get(url); err == nil {
			return nil
		}
		n++
	}
	return err
}

type retrier struct{ n, most int }

func (r *retrier) field(url string) error {
	for r.n < r.most { // want `^loop bounds=(attempts|other|attempts,other) at once`
		if err := get(url); err == nil {
			return nil
		}
		r.n++
	}
	return errGaveUp
}

func again(url string, n int) error { return get(url) }

// Which attempt it is makes it no other one.
func told(url string) error {
	for attempt := 0; attempt < 3; attempt++ { // want `attempts=3 .*: again`
		if err := again(url, attempt); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func thrice(url string) error { return given(url, 3) }

func often(url string) error { return given(url, 8) }

func given(url string, most int) error {
	for i := 0; i < most; i++ { // want `attempts=8 bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

// Given can be called with any number by others.
func Given(url string, most int) error {
	for i := 0; i < most; i++ { // want `^loop bounds=attempts`
		if err := get(url); err == nil {
			return nil
		}
	}
	return errGaveUp
}

func twice(url string) error { return Given(url, 2) }
