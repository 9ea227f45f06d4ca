package catalog

import "time"

// avastDefault is newDefaultRetryConfig, in v5 newRetrierCore: CombineDelay(BackOffDelay,
// RandomDelay) of 100 ms each, under context.Background().
var avastDefault = Schedule{Attempts: 10, Growth: ExponentialDelay, Delay: 100 * time.Millisecond, Jitter: true}

// avast/retry-go attempts for ever where it is told to attempt 0 times, since v4; before that it
// does not call the function at all. v5 has its options in a Retrier.
var _ = register(&Library{
	Path:    "github.com/avast/retry-go",
	Version: "v3.1.1, v4.7.0, v5.1.1",
	Source:  "newDefaultRetryConfig, newRetrierCore, DoWithData",
	Retries: "10 attempts",
	Retriers: []Retrier{
		{Name: "github.com/avast/retry-go.Do", Func: Arg0, Options: Arg1, Default: avastDefault},
		{Name: "github.com/avast/retry-go.DoWithData", Func: Arg0, Options: Arg1, Default: avastDefault},
		{Name: "github.com/avast/retry-go.Retrier.Do", Func: Arg0, Policy: Recv},
		{Name: "github.com/avast/retry-go.RetrierWithData.Do", Func: Arg0, Policy: Recv},
	},
	Knobs: append([]Knob{
		{Name: "github.com/avast/retry-go.New", Makes: &avastDefault, Options: Arg0},
		{Name: "github.com/avast/retry-go.NewWithData", Makes: &avastDefault, Options: Arg0},

		{
			Name: "github.com/avast/retry-go.Attempts",
			Sets: []Tuning{{Aspect: Attempts, Value: Arg0, Never: []int64{0}, Since: 4}},
		},
		{Name: "github.com/avast/retry-go.UntilSucceeded", Sets: []Tuning{{Aspect: Forever}}},
		{Name: "github.com/avast/retry-go.AttemptsForError", Sets: []Tuning{{Aspect: Ending}}},
		{Name: "github.com/avast/retry-go.WithThrottle", Sets: []Tuning{{Aspect: Ending}}},
		{Name: "github.com/avast/retry-go.WithFixedTokenBucketThrottle", Sets: []Tuning{{Aspect: Ending}}},
		{Name: "github.com/avast/retry-go.Context", Sets: []Tuning{{Aspect: Until, Value: Arg0}}},
		{Name: "github.com/avast/retry-go.Delay", Sets: []Tuning{{Aspect: Delay, Value: Arg0}}},
		{Name: "github.com/avast/retry-go.MaxDelay", Sets: []Tuning{{Aspect: Ceiling, Value: Arg0}}},
		{Name: "github.com/avast/retry-go.DelayType", Sets: []Tuning{{Aspect: Spacing, Value: Arg0}}},

		{Name: "github.com/avast/retry-go.BackOffDelay", Makes: &Schedule{Growth: ExponentialDelay}},
		{Name: "github.com/avast/retry-go.FixedDelay", Makes: &Schedule{Growth: ConstantDelay}},
		{Name: "github.com/avast/retry-go.RandomDelay", Makes: &Schedule{Growth: ConstantDelay, Jitter: true}},
		{Name: "github.com/avast/retry-go.FullJitterBackoffDelay", Makes: &Schedule{Growth: ExponentialDelay, Jitter: true}},
		{Name: "github.com/avast/retry-go.CombineDelay", Makes: &Schedule{}, Sums: Arg0},
	}, neutral("github.com/avast/retry-go", "MaxJitter", "OnRetry", "RetryIf", "LastErrorOnly", "WithTimer",
		"WrapContextErrorWithLastError")...),
	Stoppers: []string{"github.com/avast/retry-go.Unrecoverable"},
})
