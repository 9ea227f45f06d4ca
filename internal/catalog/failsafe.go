package catalog

import "slices"

const failsafe = "github.com/failsafe-go/failsafe-go"

// failsafe-go retries twice and at once by default. -1 is no limit. Jitter changes a delay, and does
// nothing where there is none. The methods are those of the builder, which is called Builder since
// v0.7 and RetryPolicyBuilder before.
var _ = register(&Library{
	Path:    failsafe,
	Version: "v0.6.9, v0.9.8",
	Source:  "retrypolicy.NewBuilder, retrypolicy.config, With",
	Retries: "3 attempts",
	Retriers: slices.Concat(
		failsafeRuns(failsafe+".Executor", Retrier{Func: Arg0, Policy: Recv}),
		failsafeRuns(failsafe, Retrier{Func: Arg0, Policies: Arg1}),
	),
	Knobs: slices.Concat([]Knob{
		{Name: failsafe + ".With", Makes: &Schedule{Attempts: 1}, Policies: Arg0},
		{Name: failsafe + ".NewExecutor", Makes: &Schedule{Attempts: 1}, Policies: Arg0},
		{Name: failsafe + ".Executor.WithContext", Base: Recv, Sets: []Tuning{{Aspect: Until, Value: Arg0}}},
		{Name: failsafe + ".Executor.Compose", Base: Recv, Sets: []Tuning{{Aspect: Ending}}},
		{Name: failsafe + ".Executor.OnDone", Base: Recv},
		{Name: failsafe + ".Executor.OnSuccess", Base: Recv},
		{Name: failsafe + ".Executor.OnFailure", Base: Recv},

		{Name: failsafe + "/retrypolicy.NewBuilder", Makes: &Schedule{Attempts: 3}},
		{Name: failsafe + "/retrypolicy.Builder", Makes: &Schedule{Attempts: 3}},
		{Name: failsafe + "/retrypolicy.NewWithDefaults", Makes: &Schedule{Attempts: 3}},
		{Name: failsafe + "/retrypolicy.WithDefaults", Makes: &Schedule{Attempts: 3}},
		{Name: failsafe + "/failsafehttp.NewRetryPolicyBuilder", Makes: &Schedule{Attempts: 3, Growth: CustomDelay}},
		{Name: failsafe + "/failsafehttp.RetryPolicyBuilder", Makes: &Schedule{Attempts: 3, Growth: CustomDelay}},

		{Name: failsafe + ".DelayablePolicyBuilder.WithDelay", Base: Recv, Sets: []Tuning{{Aspect: Delays, Growth: ConstantDelay}, {Aspect: Delay, Value: Arg0}}},
		{Name: failsafe + ".DelayablePolicyBuilder.WithDelayFunc", Base: Recv, Sets: []Tuning{{Aspect: Delays, Growth: CustomDelay}}},
	}, failsafeBuilder(failsafe+"/retrypolicy.Builder"), failsafeBuilder(failsafe+"/retrypolicy.RetryPolicyBuilder"),
		failsafeBuilder(failsafe+".FailurePolicyBuilder")),
})

// failsafeRuns are the ways to run a function under policies.
func failsafeRuns(prefix string, r Retrier) []Retrier {
	var list []Retrier
	for _, name := range []string{"Run", "RunWithExecution", "Get", "GetWithExecution", "RunAsync", "RunAsyncWithExecution",
		"RunWithExecutionAsync", "GetAsync", "GetAsyncWithExecution", "GetWithExecutionAsync"} {
		r.Name = prefix + "." + name
		list = append(list, r)
	}
	return list
}

// failsafeBuilder are a builder's methods.
func failsafeBuilder(prefix string) []Knob {
	list := []Knob{
		{Name: "WithMaxAttempts", Sets: []Tuning{{Aspect: Attempts, Value: Arg0, Never: []int64{-1}}}},
		{Name: "WithMaxRetries", Sets: []Tuning{{Aspect: Retries, Value: Arg0, Never: []int64{-1}}}},
		{Name: "WithMaxDuration", Sets: []Tuning{{Aspect: Elapsed, Value: Arg0, Never: []int64{0}}}},
		{Name: "WithBackoff", Sets: []Tuning{
			{Aspect: Delays, Growth: ExponentialDelay}, {Aspect: Delay, Value: Arg0}, {Aspect: Ceiling, Value: Arg1},
		}},
		{Name: "WithBackoffFactor", Sets: []Tuning{
			{Aspect: Delays, Growth: ExponentialDelay}, {Aspect: Delay, Value: Arg0}, {Aspect: Ceiling, Value: Arg1},
			{Aspect: Factor, Value: Arg2},
		}},
		{Name: "WithRandomDelay", Sets: []Tuning{
			{Aspect: Delays, Growth: ConstantDelay}, {Aspect: Delay, Value: Arg0}, {Aspect: Jitter},
		}},
		{Name: "WithJitter", Sets: []Tuning{{Aspect: Jitter, Value: Arg0}}},
		{Name: "WithJitterFactor", Sets: []Tuning{{Aspect: Jitter, Value: Arg0}}},
		{Name: "WithBudget", Sets: []Tuning{{Aspect: Ending}}},
	}
	for _, name := range []string{"AbortOnResult", "AbortOnErrors", "AbortOnErrorTypes", "AbortIf", "ReturnLastFailure",
		"HandleErrors", "HandleErrorTypes", "HandleResult", "HandleIf", "OnSuccess", "OnFailure", "OnAbort", "OnRetry",
		"OnRetryScheduled", "OnRetriesExceeded", "Build"} {
		list = append(list, Knob{Name: name})
	}
	for i := range list {
		list[i].Name = prefix + "." + list[i].Name
		list[i].Base = Recv
	}
	return list
}
