package catalog

import "time"

// cenkaltiDefault is the curve of NewExponentialBackOff in all versions. The 15 minutes are its own
// up to v4 (MaxElapsedTime) and Retry's from v5 on (WithMaxElapsedTime).
var cenkaltiDefault = Schedule{
	Elapsed: 15 * time.Minute,
	Growth:  ExponentialDelay, Factor: 1.5, Delay: 500 * time.Millisecond, Ceiling: time.Minute, Jitter: true,
}

// cenkalti/backoff up to v4 knows of no context but the one that WithContext wraps a policy with;
// v5 takes it first. A constant policy has no end and no jitter, and neither has an exponential one
// an end whose MaxElapsedTime is 0.
var _ = register(&Library{
	Path:    "github.com/cenkalti/backoff",
	Version: "v4.3.0, v5.0.3",
	Source:  "NewExponentialBackOff, Retry, WithMaxRetries, getContext",
	Retries: "15 min",
	Retriers: []Retrier{
		{Name: "github.com/cenkalti/backoff.Retry", Func: Arg0, Policy: Arg1},
		{Name: "github.com/cenkalti/backoff.Retry", Context: Arg0, Func: Arg1, Options: Arg2, Default: cenkaltiDefault},
		{Name: "github.com/cenkalti/backoff.RetryNotify", Func: Arg0, Policy: Arg1},
		{Name: "github.com/cenkalti/backoff.RetryNotifyWithTimer", Func: Arg0, Policy: Arg1},
		{Name: "github.com/cenkalti/backoff.RetryWithData", Func: Arg0, Policy: Arg1},
		{Name: "github.com/cenkalti/backoff.RetryNotifyWithData", Func: Arg0, Policy: Arg1},
		{Name: "github.com/cenkalti/backoff.RetryNotifyWithTimerAndData", Func: Arg0, Policy: Arg1},
	},
	Knobs: append([]Knob{
		{Name: "github.com/cenkalti/backoff.NewExponentialBackOff", Makes: &cenkaltiDefault, Options: Arg0},
		{
			Name: "github.com/cenkalti/backoff.NewConstantBackOff", Makes: &Schedule{Growth: ConstantDelay},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
		// 0 is no retry since v4.1, and no limit before.
		{
			Name: "github.com/cenkalti/backoff.WithMaxRetries", Base: Arg0,
			Sets: []Tuning{{Aspect: Retries, Value: Arg1}},
		},
		{Name: "github.com/cenkalti/backoff.WithContext", Base: Arg0, Sets: []Tuning{{Aspect: Until, Value: Arg1}}},

		{Name: "github.com/cenkalti/backoff.WithInitialInterval", Sets: []Tuning{{Aspect: Delay, Value: Arg0}}},
		{Name: "github.com/cenkalti/backoff.WithMultiplier", Sets: []Tuning{{Aspect: Factor, Value: Arg0}}},
		{Name: "github.com/cenkalti/backoff.WithRandomizationFactor", Sets: []Tuning{{Aspect: Jitter, Value: Arg0}}},
		{Name: "github.com/cenkalti/backoff.WithMaxInterval", Sets: []Tuning{{Aspect: Ceiling, Value: Arg0}}},
		{
			Name: "github.com/cenkalti/backoff.WithMaxElapsedTime",
			Sets: []Tuning{{Aspect: Elapsed, Value: Arg0, Never: []int64{0}}},
		},
		{
			Name: "github.com/cenkalti/backoff.WithMaxTries",
			Sets: []Tuning{{Aspect: Attempts, Value: Arg0, Never: []int64{0}}},
		},
		{Name: "github.com/cenkalti/backoff.WithBackOff", Sets: []Tuning{{Aspect: Spacing, Value: Arg0}}},
	}, neutral("github.com/cenkalti/backoff", "WithNotify", "WithRetryStopDuration", "WithClockProvider")...),
	Timetables: []Timetable{
		{
			Name: "github.com/cenkalti/backoff.ExponentialBackOff",
			Zero: Schedule{Growth: ExponentialDelay},
			Sets: []Tuning{
				{Aspect: Delay, Field: "InitialInterval"},
				{Aspect: Factor, Field: "Multiplier"},
				{Aspect: Jitter, Field: "RandomizationFactor"},
				{Aspect: Ceiling, Field: "MaxInterval"},
				{Aspect: Elapsed, Field: "MaxElapsedTime", Never: []int64{0}},
			},
		},
		{
			Name: "github.com/cenkalti/backoff.ConstantBackOff", Zero: Schedule{Growth: ConstantDelay},
			Sets: []Tuning{{Aspect: Delay, Field: "Interval"}},
		},
		{Name: "github.com/cenkalti/backoff.ZeroBackOff"},
		{Name: "github.com/cenkalti/backoff.StopBackOff", Zero: Schedule{Attempts: 1}},
	},
	Pacers: []Pacer{
		{Name: "github.com/cenkalti/backoff.BackOff.NextBackOff", Stop: -1},
		{Name: "github.com/cenkalti/backoff.BackOffContext.NextBackOff", Stop: -1},
		{Name: "github.com/cenkalti/backoff.ExponentialBackOff.NextBackOff", Stop: -1},
		{Name: "github.com/cenkalti/backoff.ConstantBackOff.NextBackOff", Stop: -1},
		{Name: "github.com/cenkalti/backoff.ZeroBackOff.NextBackOff", Stop: -1},
	},
	Stoppers: []string{"github.com/cenkalti/backoff.Permanent"},
})
