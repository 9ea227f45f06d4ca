package catalog

import "time"

// Retry libraries with few knobs, one after the other.

// eapache's retrier waits as a list of delays says, one retry for each; SetJitter is off by default.
var _ = register(&Library{
	Path:    "github.com/eapache/go-resiliency/retrier",
	Version: "v1.7.0",
	Source:  "New, Retrier.RunFn, ConstantBackoff, ExponentialBackoff",
	Retries: "one retry for each delay that it is given",
	Retriers: []Retrier{
		{Name: "github.com/eapache/go-resiliency/retrier.Retrier.Run", Func: Arg0, Policy: Recv},
		{Name: "github.com/eapache/go-resiliency/retrier.Retrier.RunCtx", Context: Arg0, Func: Arg1, Policy: Recv},
		{Name: "github.com/eapache/go-resiliency/retrier.Retrier.RunFn", Context: Arg0, Func: Arg1, Policy: Recv},
	},
	Knobs: []Knob{
		{Name: "github.com/eapache/go-resiliency/retrier.New", Base: Arg0},
		{
			Name: "github.com/eapache/go-resiliency/retrier.ConstantBackoff", Makes: &Schedule{Growth: ConstantDelay},
			Sets: []Tuning{{Aspect: Retries, Value: Arg0}, {Aspect: Delay, Value: Arg1}},
		},
		{
			Name: "github.com/eapache/go-resiliency/retrier.ExponentialBackoff", Makes: &Schedule{Growth: ExponentialDelay},
			Sets: []Tuning{{Aspect: Retries, Value: Arg0}, {Aspect: Delay, Value: Arg1}},
		},
		{
			Name: "github.com/eapache/go-resiliency/retrier.LimitedExponentialBackoff", Makes: &Schedule{Growth: ExponentialDelay},
			Sets: []Tuning{{Aspect: Retries, Value: Arg0}, {Aspect: Delay, Value: Arg1}, {Aspect: Ceiling, Value: Arg2}},
		},
		{
			Name: "github.com/eapache/go-resiliency/retrier.Retrier.SetJitter", Base: Recv,
			Sets: []Tuning{{Aspect: Jitter, Value: Arg0}},
		},
		{
			Name: "github.com/eapache/go-resiliency/retrier.Retrier.WithInfiniteRetry", Base: Recv,
			Sets: []Tuning{{Aspect: Forever}},
		},
		{Name: "github.com/eapache/go-resiliency/retrier.Retrier.WithSurfaceWorkErrors", Base: Recv},
	},
})

// jpillora's Backoff only says how long a loop is to wait: 100 ms to 10 s, doubling, without jitter
// unless Jitter is true.
var _ = register(&Library{
	Path:    "github.com/jpillora/backoff",
	Version: "v1.1.0",
	Source:  "Backoff.ForAttempt",
	Retries: "as often as the loop",
	Timetables: []Timetable{{
		Name: "github.com/jpillora/backoff.Backoff",
		Zero: Schedule{Growth: ExponentialDelay, Delay: 100 * time.Millisecond, Ceiling: 10 * time.Second},
		Sets: []Tuning{
			{Aspect: Delay, Field: "Min", Zero: true},
			{Aspect: Ceiling, Field: "Max", Zero: true},
			{Aspect: Factor, Field: "Factor", Zero: true},
			{Aspect: Jitter, Field: "Jitter"},
		},
	}},
	Pacers: []Pacer{
		{Name: "github.com/jpillora/backoff.Backoff.Duration"},
		{Name: "github.com/jpillora/backoff.Backoff.ForAttempt"},
	},
})

// Rican7's Retry calls its action for ever and at once, but for what its strategies say; they sleep
// without a context.
var _ = register(&Library{
	Path:     "github.com/Rican7/retry",
	Version:  "v0.3.1",
	Source:   "Retry, strategy.Limit, strategy.BackoffWithJitter",
	Retries:  "for ever",
	Retriers: []Retrier{{Name: "github.com/Rican7/retry.Retry", Func: Arg0, Options: Arg1}},
	Knobs: []Knob{
		{Name: "github.com/Rican7/retry/strategy.Limit", Sets: []Tuning{{Aspect: Attempts, Value: Arg0}}},
		{Name: "github.com/Rican7/retry/strategy.Delay"}, // before the first attempt only
		{Name: "github.com/Rican7/retry/strategy.Wait", Sets: []Tuning{{Aspect: Delays, Growth: CustomDelay}}},
		{Name: "github.com/Rican7/retry/strategy.Backoff", Sets: []Tuning{{Aspect: Spacing, Value: Arg0}}},
		{
			Name: "github.com/Rican7/retry/strategy.BackoffWithJitter",
			Sets: []Tuning{{Aspect: Spacing, Value: Arg0}, {Aspect: Jitter}},
		},
		{
			Name: "github.com/Rican7/retry/backoff.Incremental", Makes: &Schedule{Growth: LinearDelay},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
		{
			Name: "github.com/Rican7/retry/backoff.Linear", Makes: &Schedule{Growth: LinearDelay},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
		{
			Name: "github.com/Rican7/retry/backoff.Exponential", Makes: &Schedule{Growth: ExponentialDelay},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}, {Aspect: Factor, Value: Arg1}},
		},
		{
			Name: "github.com/Rican7/retry/backoff.BinaryExponential", Makes: &Schedule{Growth: ExponentialDelay},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
		{
			Name: "github.com/Rican7/retry/backoff.Fibonacci", Makes: &Schedule{Growth: ExponentialDelay, Factor: fibonacci},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
	},
})

// try attempts 10 times, as its variable MaxRetries says, and leaves waiting to the function.
var _ = register(&Library{
	Path:     "github.com/matryer/try",
	Version:  "v0.0.0-20161228173917-9ac251b645a2",
	Source:   "Do, MaxRetries",
	Retries:  "10 attempts",
	Retriers: []Retrier{{Name: "github.com/matryer/try.Do", Func: Arg0, Default: Schedule{Attempts: 10, Growth: CustomDelay}}},
})

// rafaeljesus' Do waits 500 ms and up to half as much more, and doubles that; nothing interrupts it.
var _ = register(&Library{
	Path:    "github.com/rafaeljesus/retry-go",
	Version: "5981a38",
	Source:  "Do",
	Retries: "as often as it is told",
	Retriers: []Retrier{
		{
			Name: "github.com/rafaeljesus/retry-go.Do", Func: Arg0, Default: Schedule{Growth: ExponentialDelay, Jitter: true},
			Sets: []Tuning{{Aspect: Attempts, Value: Arg1}, {Aspect: Delay, Value: Arg2, Zero: true}},
		},
		{
			Name: "github.com/rafaeljesus/retry-go.DoHTTP", Func: Arg0, Default: Schedule{Growth: ExponentialDelay, Jitter: true},
			Sets: []Tuning{{Aspect: Attempts, Value: Arg1}, {Aspect: Delay, Value: Arg2, Zero: true}},
		},
	},
})

// flowchartsman's Retrier takes 0 and less for its defaults: 5 attempts, 200 ms to 1 s.
var flowchartsman = Schedule{
	Attempts: 5, Growth: ExponentialDelay, Delay: 200 * time.Millisecond, Ceiling: time.Second, Jitter: true,
}

var _ = register(&Library{
	Path:    "github.com/flowchartsman/retry",
	Version: "v1.2.0",
	Source:  "NewRetrier, Retrier.RunContext",
	Retries: "5 attempts",
	Retriers: []Retrier{
		{Name: "github.com/flowchartsman/retry.Retrier.Run", Func: Arg0, Policy: Recv},
		{Name: "github.com/flowchartsman/retry.Retrier.RunContext", Context: Arg0, Func: Arg1, Policy: Recv},
	},
	Knobs: []Knob{{
		Name: "github.com/flowchartsman/retry.NewRetrier", Makes: &flowchartsman,
		Sets: []Tuning{
			{Aspect: Attempts, Value: Arg0, Zero: true},
			{Aspect: Delay, Value: Arg1, Zero: true},
			{Aspect: Ceiling, Value: Arg2, Zero: true},
		},
	}},
	Timetables: []Timetable{{Name: "github.com/flowchartsman/retry.Retrier", Zero: flowchartsman}},
	Stoppers:   []string{"github.com/flowchartsman/retry.Stop"},
})

// lestrrat's policies drive a loop of the program's own; its jitter is off by default.
var _ = register(&Library{
	Path:    "github.com/lestrrat-go/backoff",
	Version: "v2.0.8",
	Source:  "newController, NewExponentialInterval, NewConstantInterval",
	Retries: "10 attempts",
	Retriers: []Retrier{
		{Name: "github.com/lestrrat-go/backoff.Policy.Start", Context: Arg0, Policy: Recv},
	},
	Knobs: append([]Knob{
		{Name: "github.com/lestrrat-go/backoff.Constant", Makes: &lestrratConstant, Options: Arg0},
		{Name: "github.com/lestrrat-go/backoff.NewConstantPolicy", Makes: &lestrratConstant, Options: Arg0},
		{Name: "github.com/lestrrat-go/backoff.Exponential", Makes: &lestrratExponential, Options: Arg0},
		{Name: "github.com/lestrrat-go/backoff.NewExponentialPolicy", Makes: &lestrratExponential, Options: Arg0},
		{
			Name: "github.com/lestrrat-go/backoff.WithMaxRetries",
			Sets: []Tuning{{Aspect: Retries, Value: Arg0, Never: []int64{0}}},
		},
		{Name: "github.com/lestrrat-go/backoff.WithInterval", Sets: []Tuning{{Aspect: Delay, Value: Arg0}}},
		{Name: "github.com/lestrrat-go/backoff.WithMinInterval", Sets: []Tuning{{Aspect: Delay, Value: Arg0}}},
		{Name: "github.com/lestrrat-go/backoff.WithMaxInterval", Sets: []Tuning{{Aspect: Ceiling, Value: Arg0}}},
		{Name: "github.com/lestrrat-go/backoff.WithMultiplier", Sets: []Tuning{{Aspect: Factor, Value: Arg0, Zero: true}}},
		{Name: "github.com/lestrrat-go/backoff.WithJitterFactor", Sets: []Tuning{{Aspect: Jitter, Value: Arg0}}},
	}, neutral("github.com/lestrrat-go/backoff", "WithRNG")...),
})

var (
	lestrratConstant    = Schedule{Attempts: 11, Growth: ConstantDelay, Delay: time.Minute}
	lestrratExponential = Schedule{
		Attempts: 11, Growth: ExponentialDelay, Factor: 1.5, Delay: 500 * time.Millisecond, Ceiling: time.Minute,
	}
)

// resilintRetry is this project's own library: bounded, jittered, and obedient to its context,
// whatever its policy leaves out.
var resilintRetry = Schedule{
	Attempts: 3, Growth: ExponentialDelay, Delay: 100 * time.Millisecond, Ceiling: 10 * time.Second, Jitter: true,
}

var _ = register(&Library{
	Path:    "github.com/resilint/resilint/runtime/retry",
	Version: "v0.0.0",
	Source:  "DefaultMaxAttempts, DefaultBase, DefaultCap",
	Retries: "3 attempts",
	Retriers: []Retrier{
		{Name: "github.com/resilint/resilint/runtime/retry.Do", Context: Arg0, Policy: Arg1, Func: Arg2},
		{Name: "github.com/resilint/resilint/runtime/retry.Value", Context: Arg0, Policy: Arg1, Func: Arg2},
	},
	Timetables: []Timetable{{
		Name: "github.com/resilint/resilint/runtime/retry.Policy", Zero: resilintRetry,
		Sets: []Tuning{
			{Aspect: Attempts, Field: "MaxAttempts", Zero: true},
			{Aspect: Delay, Field: "Base", Zero: true},
			{Aspect: Ceiling, Field: "Cap", Zero: true},
			{Aspect: Elapsed, Field: "MaxElapsed", Never: []int64{0}},
		},
	}},
})
