package defaults

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
	avast "github.com/avast/retry-go/v4"
	"github.com/buildkite/roko"
	"github.com/cenkalti/backoff/v4"
	backoff5 "github.com/cenkalti/backoff/v5"
	"github.com/eapache/go-resiliency/retrier"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/go-resty/resty/v2"
	"github.com/hashicorp/go-retryablehttp"
	jpillora "github.com/jpillora/backoff"
	"github.com/sethvargo/go-retry"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/catalog"
)

var errDown = errors.New("down")

// made returns the schedule that the catalogue says a function makes.
func made(t *testing.T, name string) *catalog.Schedule {
	t.Helper()
	for _, lib := range catalog.Libraries() {
		for _, knob := range lib.Knobs {
			if knob.Name == name && knob.Makes != nil {
				return knob.Makes
			}
		}
	}
	require.Fail(t, "not in the catalogue", name)
	return nil
}

// entry returns the default schedule that it says a call has.
func entry(t *testing.T, name string) *catalog.Schedule {
	t.Helper()
	for _, lib := range catalog.Libraries() {
		for _, r := range lib.Retriers {
			if r.Name == name && r.Default != (catalog.Schedule{}) {
				return &r.Default
			}
		}
	}
	require.Fail(t, "not in the catalogue", name)
	return nil
}

// zero returns the schedule that it says a struct's zero value means.
func zero(t *testing.T, name string) *catalog.Schedule {
	t.Helper()
	for _, lib := range catalog.Libraries() {
		for _, table := range lib.Timetables {
			if table.Name == name {
				return &table.Zero
			}
		}
	}
	require.Fail(t, "not in the catalogue", name)
	return nil
}

func TestCenkalti(t *testing.T) {
	want := made(t, "github.com/cenkalti/backoff.NewExponentialBackOff")
	b := backoff.NewExponentialBackOff()
	assert.Equal(t, *want, catalog.Schedule{
		Elapsed: b.MaxElapsedTime, Growth: catalog.ExponentialDelay, Factor: b.Multiplier, Delay: b.InitialInterval,
		Ceiling: b.MaxInterval, Jitter: b.RandomizationFactor > 0,
	})
	assert.Equal(t, backoff.Stop, backoff.WithMaxRetries(&backoff.ZeroBackOff{}, 0).NextBackOff(), "0 retries are none")
	assert.Equal(t, backoff.Stop, (&backoff.StopBackOff{}).NextBackOff())

	b.MaxElapsedTime = time.Nanosecond
	b.Reset()
	time.Sleep(time.Microsecond)
	assert.Equal(t, time.Duration(-1), b.NextBackOff(), "what a loop waits for then")
	b.MaxElapsedTime = 0
	assert.NotEqual(t, backoff.Stop, b.NextBackOff(), "0 is no limit")

	// v4 does not notice a context that the policy does not have.
	ctx, cancel := context.WithCancel(context.Background())
	attempts := 0
	assert.ErrorIs(t, backoff.Retry(func() error {
		attempts++
		cancel()
		return errDown
	}, backoff.WithContext(&backoff.ZeroBackOff{}, ctx)), context.Canceled)
	assert.Equal(t, 1, attempts)

	want5 := entry(t, "github.com/cenkalti/backoff.Retry")
	b5 := backoff5.NewExponentialBackOff()
	assert.Equal(t, *want5, catalog.Schedule{
		Elapsed: backoff5.DefaultMaxElapsedTime, Growth: catalog.ExponentialDelay, Factor: b5.Multiplier, Delay: b5.InitialInterval,
		Ceiling: b5.MaxInterval, Jitter: b5.RandomizationFactor > 0,
	})
	tries := 0
	_, err := backoff5.Retry(context.Background(), func() (int, error) {
		if tries++; tries == 100 {
			return 0, backoff5.Permanent(errDown)
		}
		return 0, errors.New("again")
	}, backoff5.WithMaxTries(0), backoff5.WithMaxElapsedTime(0), backoff5.WithBackOff(&backoff5.ZeroBackOff{}))
	assert.ErrorIs(t, err, errDown, "0 is no limit of either")
	assert.Equal(t, 100, tries)
}

// clock is a timer that has always rung, and notes for how long it was set.
type clock struct{ waits []time.Duration }

func (c *clock) After(d time.Duration) <-chan time.Time {
	c.waits = append(c.waits, d)
	rung := make(chan time.Time, 1)
	rung <- time.Time{}
	return rung
}

func TestAvast(t *testing.T) {
	want := entry(t, "github.com/avast/retry-go.Do")
	fail := func() error { return errDown }
	plain, fixed := &clock{}, &clock{}
	assert.Error(t, avast.Do(fail, avast.WithTimer(plain)))
	assert.Len(t, plain.waits, int(want.Attempts)-1)
	for i, d := range plain.waits {
		assert.GreaterOrEqual(t, d, want.Delay<<i)
		assert.Less(t, d, want.Delay<<i+100*time.Millisecond, "a random part of up to 100 ms")
	}
	assert.Error(t, avast.Do(fail, avast.WithTimer(fixed), avast.DelayType(avast.FixedDelay)))
	assert.Equal(t, slices.Repeat([]time.Duration{want.Delay}, 9), fixed.waits)

	attempts := 0
	assert.ErrorIs(t, avast.Do(func() error {
		if attempts++; attempts == 100 {
			return avast.Unrecoverable(errDown)
		}
		return errors.New("again")
	}, avast.Attempts(0), avast.WithTimer(&clock{})), errDown)
	assert.Equal(t, 100, attempts, "0 attempts are no limit")
}

func TestSethvargo(t *testing.T) {
	for name, b := range map[string]retry.Backoff{
		"NewConstant": retry.NewConstant(time.Millisecond), "NewExponential": retry.NewExponential(time.Millisecond),
		"NewFibonacci": retry.NewFibonacci(time.Millisecond),
	} {
		want := made(t, "github.com/sethvargo/go-retry."+name)
		assert.Zero(t, want.Attempts, name)
		assert.Zero(t, want.Ceiling, name)
		var last time.Duration
		for range 200 {
			next, stop := b.Next()
			require.False(t, stop, "%s has no limit", name)
			last = next
		}
		if want.Growth == catalog.ConstantDelay {
			assert.Equal(t, time.Millisecond, last, name)
		} else {
			assert.Greater(t, last, 24*365*time.Hour, "%s has no ceiling", name)
		}
	}
	b := retry.WithMaxRetries(0, retry.NewConstant(1))
	_, stop := b.Next()
	assert.True(t, stop, "0 retries are none")
}

func TestRoko(t *testing.T) {
	assert.Panics(t, func() { roko.NewRetrier() }, "it has no default")
	waits := func(s roko.Strategy, name string) []time.Duration {
		var waits []time.Duration
		r := roko.NewRetrier(roko.WithMaxAttempts(5), roko.WithStrategy(s, name), roko.WithSleepFunc(func(time.Duration) {}))
		assert.Error(t, r.Do(func(r *roko.Retrier) error {
			waits = append(waits, r.NextInterval())
			return errDown
		}))
		return waits
	}
	second := made(t, "github.com/buildkite/roko.Exponential").Delay
	assert.Equal(t, []time.Duration{second, 3 * second, 9 * second, 27 * second, 81 * second}, waits(roko.Exponential(3*time.Second, 0)))
	assert.Equal(t, slices.Repeat([]time.Duration{time.Minute}, 5), waits(roko.Constant(time.Minute)), "no jitter unless asked for")
	grown := waits(roko.ExponentialSubsecond(time.Second))
	assert.Equal(t, time.Second, grown[0])
	assert.InDelta(t, made(t, "github.com/buildkite/roko.ExponentialSubsecond").Factor, grown[1].Seconds(), .1)
}

func TestRetryingClients(t *testing.T) {
	want := made(t, "github.com/hashicorp/go-retryablehttp.NewClient")
	c := retryablehttp.NewClient()
	assert.EqualValues(t, want.Attempts, c.RetryMax+1)
	assert.Equal(t, want.Delay, c.RetryWaitMin)
	assert.Equal(t, want.Ceiling, c.RetryWaitMax)
	for i, d := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
		assert.Equal(t, d*time.Second, c.Backoff(c.RetryWaitMin, c.RetryWaitMax, i, nil), "no jitter")
	}

	wantResty := made(t, "github.com/go-resty/resty.New")
	r := resty.New()
	assert.EqualValues(t, wantResty.Attempts, r.RetryCount+1)
	assert.Equal(t, wantResty.Delay, r.RetryWaitTime)
	assert.Equal(t, wantResty.Ceiling, r.RetryMaxWaitTime)
}

func TestFailsafe(t *testing.T) {
	want := made(t, "github.com/failsafe-go/failsafe-go/retrypolicy.NewBuilder")
	attempts := 0
	began := time.Now()
	assert.Error(t, failsafe.With(retrypolicy.NewWithDefaults[any]()).Run(func() error {
		attempts++
		return errDown
	}))
	assert.EqualValues(t, want.Attempts, attempts)
	assert.Less(t, time.Since(began), time.Second, "no delay")

	attempts = 0
	assert.NoError(t, failsafe.With(retrypolicy.NewBuilder[any]().WithMaxRetries(-1).Build()).Run(func() error {
		if attempts++; attempts == 100 {
			return nil
		}
		return errDown
	}), "-1 is no limit")
}

func TestEapache(t *testing.T) {
	attempts := 0
	assert.ErrorIs(t, retrier.New(retrier.ConstantBackoff(3, 0), nil).Run(func() error {
		attempts++
		return errDown
	}), errDown)
	assert.Equal(t, 4, attempts, "3 retries")
	assert.Equal(t, []time.Duration{1, 2, 4}, retrier.ExponentialBackoff(3, 1))
}

func TestJpillora(t *testing.T) {
	want := zero(t, "github.com/jpillora/backoff.Backoff")
	b := &jpillora.Backoff{}
	assert.Equal(t, want.Delay, b.Duration())
	assert.Equal(t, 2*want.Delay, b.Duration(), "no jitter")
	for range 100 {
		b.Duration()
	}
	assert.Equal(t, want.Ceiling, b.Duration())
}

// TestWatermill checks that a middleware without an interval handles a message again at once.
func TestWatermill(t *testing.T) {
	attempts := 0
	began := time.Now()
	handle := middleware.Retry{MaxRetries: 5}.Middleware(func(*message.Message) ([]*message.Message, error) {
		attempts++
		return nil, errDown
	})
	_, err := handle(message.NewMessage("1", nil))
	assert.ErrorIs(t, err, errDown)
	assert.Equal(t, 6, attempts)
	assert.Less(t, time.Since(began), 100*time.Millisecond)
}

// TestRetryVersions checks that the rows name the releases that are checked here.
func TestRetryVersions(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	checked := 0
	for line := range strings.Lines(string(mod)) {
		fields := strings.Fields(line)
		if len(fields) < 2 || !strings.HasPrefix(fields[1], "v") {
			continue
		}
		for _, lib := range catalog.Libraries() {
			path := catalog.Path(fields[0])
			if lib.Retries != "" && (lib.Path == path || strings.HasPrefix(lib.Path, path+"/")) {
				assert.Contains(t, lib.Version, fields[1], fields[0])
				checked++
			}
		}
	}
	assert.GreaterOrEqual(t, checked, 10)
}
