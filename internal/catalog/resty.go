package catalog

import "time"

// restyClient retries nothing until SetRetryCount is called; then with a jittered exponential delay
// (retry.go, jitterBackoff), under the request's context.
var restyClient = Schedule{
	Attempts: 1, Growth: ExponentialDelay, Delay: 100 * time.Millisecond, Ceiling: 2 * time.Second, Jitter: true, Context: true,
}

var (
	restyKnobs = []Knob{
		{Name: "github.com/go-resty/resty.New", Makes: &restyClient, Itself: true},
		{Name: "github.com/go-resty/resty.NewWithClient", Makes: &restyClient, Itself: true},
		{Name: "github.com/go-resty/resty.NewWithLocalAddr", Makes: &restyClient, Itself: true},
		{Name: "github.com/go-resty/resty.Client.SetRetryCount", Base: Recv, Sets: []Tuning{{Aspect: Retries, Value: Arg0}}},
		{Name: "github.com/go-resty/resty.Client.SetRetryWaitTime", Base: Recv, Sets: []Tuning{{Aspect: Delay, Value: Arg0}}},
		{Name: "github.com/go-resty/resty.Client.SetRetryMaxWaitTime", Base: Recv, Sets: []Tuning{{Aspect: Ceiling, Value: Arg0}}},
		{Name: "github.com/go-resty/resty.Client.SetRetryAfter", Base: Recv, Sets: []Tuning{{Aspect: Delays, Growth: CustomDelay}}},
	}
	restyTimetables = []Timetable{{
		Name: "github.com/go-resty/resty.Client", Zero: restyClient,
		Sets: []Tuning{
			{Aspect: Retries, Field: "RetryCount"},
			{Aspect: Delay, Field: "RetryWaitTime"},
			{Aspect: Ceiling, Field: "RetryMaxWaitTime"},
		},
	}}
)
