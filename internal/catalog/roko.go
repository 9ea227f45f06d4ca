package catalog

import "time"

// roko panics without attempts or TryForever, and without a strategy; jitter is up to the program.
// Exponential(base, adjustment) waits baseⁿ seconds, from one second on, and has no ceiling.
var _ = register(&Library{
	Path:    "github.com/buildkite/roko",
	Version: "v1.4.0",
	Source:  "NewRetrier, Retrier.DoWithContext, Exponential, ExponentialSubsecond",
	Retries: "as often as it is told",
	Retriers: []Retrier{
		{Name: "github.com/buildkite/roko.Retrier.Do", Func: Arg0, Policy: Recv},
		{Name: "github.com/buildkite/roko.Retrier.DoWithContext", Context: Arg0, Func: Arg1, Policy: Recv},
		{Name: "github.com/buildkite/roko.DoFunc", Context: Arg0, Policy: Arg1, Func: Arg2},
		{Name: "github.com/buildkite/roko.DoFunc2", Context: Arg0, Policy: Arg1, Func: Arg2},
		{Name: "github.com/buildkite/roko.DoFunc3", Context: Arg0, Policy: Arg1, Func: Arg2},
	},
	Knobs: append([]Knob{
		{Name: "github.com/buildkite/roko.NewRetrier", Makes: &Schedule{Growth: CustomDelay}, Options: Arg0},
		{Name: "github.com/buildkite/roko.WithMaxAttempts", Sets: []Tuning{{Aspect: Attempts, Value: Arg0}}},
		{Name: "github.com/buildkite/roko.TryForever", Sets: []Tuning{{Aspect: Forever}}},
		{Name: "github.com/buildkite/roko.WithStrategy", Sets: []Tuning{{Aspect: Spacing, Value: Arg0}}},
		{Name: "github.com/buildkite/roko.WithJitter", Sets: []Tuning{{Aspect: Jitter}}},
		{Name: "github.com/buildkite/roko.WithJitterRange", Sets: []Tuning{{Aspect: Jitter}}},

		{
			Name: "github.com/buildkite/roko.Constant", Makes: &Schedule{Growth: ConstantDelay},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
		{
			Name: "github.com/buildkite/roko.Exponential", Makes: &Schedule{Growth: ExponentialDelay, Delay: time.Second},
			Sets: []Tuning{{Aspect: Seconds, Value: Arg0}},
		},
		{ // initial milliseconds to the power of n/16+1: from 1 s on by 1.54, from 5 s by 1.7
			Name: "github.com/buildkite/roko.ExponentialSubsecond", Makes: &Schedule{Growth: ExponentialDelay, Factor: 1.5},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},

		// What the function attempted says to its retrier.
		{Name: "github.com/buildkite/roko.Retrier.SetNextInterval", Base: Recv, Sets: []Tuning{{Aspect: Delays, Growth: CustomDelay}}},
		{Name: "github.com/buildkite/roko.Retrier.AttemptCount", Base: Recv, Sets: []Tuning{{Aspect: Ending}}},
	}, neutral("github.com/buildkite/roko", "WithRand", "WithSleepFunc")...),
})
