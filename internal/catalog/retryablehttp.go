package catalog

import "time"

// retryablehttp's client sends a request again by itself. DefaultBackoff doubles from RetryWaitMin
// up to RetryWaitMax, and has no jitter; LinearJitterBackoff draws from between the two, times the
// number of the attempt. RetryMax below 0 is no retry, as 0 is.
var (
	retryableKnobs = []Knob{
		{Name: "github.com/hashicorp/go-retryablehttp.NewClient", Itself: true, Makes: &Schedule{
			Attempts: 5, Growth: ExponentialDelay, Delay: time.Second, Ceiling: 30 * time.Second, Context: true,
		}},
		{Name: "github.com/hashicorp/go-retryablehttp.DefaultBackoff", Makes: &Schedule{Growth: ExponentialDelay}},
		{Name: "github.com/hashicorp/go-retryablehttp.LinearJitterBackoff", Makes: &Schedule{Growth: LinearDelay, Jitter: true}},
		{Name: "github.com/hashicorp/go-retryablehttp.RateLimitLinearJitterBackoff", Makes: &Schedule{Growth: LinearDelay, Jitter: true}},
	}
	retryableTimetables = []Timetable{{
		Name: "github.com/hashicorp/go-retryablehttp.Client", Itself: true,
		Zero: Schedule{Attempts: 1, Growth: CustomDelay, Context: true},
		Sets: []Tuning{
			{Aspect: Retries, Field: "RetryMax", Negative: true},
			{Aspect: Delay, Field: "RetryWaitMin"},
			{Aspect: Ceiling, Field: "RetryWaitMax"},
			{Aspect: Spacing, Field: "Backoff"},
		},
	}}
)
