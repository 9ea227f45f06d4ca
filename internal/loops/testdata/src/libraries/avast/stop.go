package avast

import (
	"errors"
	"strings"

	"github.com/avast/retry-go/v4"
)

type peer struct{ stopped bool }

// follow ends when somebody says so.
func (p *peer) follow() {
	retry.Do(func() error { // want `attempts=0 bounds=other growth=exponential`
		if p.stopped {
			return retry.Unrecoverable(errors.New("stopped"))
		}
		return send()
	}, retry.Attempts(0))
}

// refused ends for one kind of failure, and goes on for others.
func (p *peer) refused() {
	retry.Do(func() error { // want `attempts=0 bounds=none growth=exponential`
		err := send()
		if err != nil && strings.Contains(err.Error(), "certificate") {
			return retry.Unrecoverable(err)
		}
		return err
	}, retry.Attempts(0))
}
