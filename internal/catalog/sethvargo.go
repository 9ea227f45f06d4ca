package catalog

// fibonacci is what a Fibonacci sequence grows by in the end.
const fibonacci = 1.618

// sethvargo/go-retry has no limit, no ceiling and no jitter unless a policy is wrapped; its
// functions take a context. It repeats only what the function marks with RetryableError.
var _ = register(&Library{
	Path:    "github.com/sethvargo/go-retry",
	Version: "v0.5.0",
	Source:  "DoValue, NewConstant, NewExponential, NewFibonacci",
	Retries: "until its context ends",
	Retriers: []Retrier{
		{Name: "github.com/sethvargo/go-retry.Do", Context: Arg0, Policy: Arg1, Func: Arg2},
		{Name: "github.com/sethvargo/go-retry.DoValue", Context: Arg0, Policy: Arg1, Func: Arg2},
		{
			Name: "github.com/sethvargo/go-retry.Constant", Context: Arg0, Func: Arg2,
			Default: Schedule{Growth: ConstantDelay}, Sets: []Tuning{{Aspect: Delay, Value: Arg1}},
		},
		{
			Name: "github.com/sethvargo/go-retry.Exponential", Context: Arg0, Func: Arg2,
			Default: Schedule{Growth: ExponentialDelay}, Sets: []Tuning{{Aspect: Delay, Value: Arg1}},
		},
		{
			Name: "github.com/sethvargo/go-retry.Fibonacci", Context: Arg0, Func: Arg2,
			Default: Schedule{Growth: ExponentialDelay, Factor: fibonacci}, Sets: []Tuning{{Aspect: Delay, Value: Arg1}},
		},
	},
	Knobs: []Knob{
		{
			Name: "github.com/sethvargo/go-retry.NewConstant", Makes: &Schedule{Growth: ConstantDelay},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
		{
			Name: "github.com/sethvargo/go-retry.NewExponential", Makes: &Schedule{Growth: ExponentialDelay},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
		{
			Name: "github.com/sethvargo/go-retry.NewFibonacci", Makes: &Schedule{Growth: ExponentialDelay, Factor: fibonacci},
			Sets: []Tuning{{Aspect: Delay, Value: Arg0}},
		},
		{Name: "github.com/sethvargo/go-retry.WithMaxRetries", Base: Arg1, Sets: []Tuning{{Aspect: Retries, Value: Arg0}}},
		{Name: "github.com/sethvargo/go-retry.WithMaxDuration", Base: Arg1, Sets: []Tuning{{Aspect: Elapsed, Value: Arg0}}},
		{Name: "github.com/sethvargo/go-retry.WithCappedDuration", Base: Arg1, Sets: []Tuning{{Aspect: Ceiling, Value: Arg0}}},
		{Name: "github.com/sethvargo/go-retry.WithJitter", Base: Arg1, Sets: []Tuning{{Aspect: Jitter, Value: Arg0}}},
		{Name: "github.com/sethvargo/go-retry.WithJitterPercent", Base: Arg1, Sets: []Tuning{{Aspect: Jitter, Value: Arg0}}},
		{Name: "github.com/sethvargo/go-retry.WithFullJitter", Base: Arg0, Sets: []Tuning{{Aspect: Jitter}}},
	},
	Pacers: []Pacer{{Name: "github.com/sethvargo/go-retry.Backoff.Next"}},
})
