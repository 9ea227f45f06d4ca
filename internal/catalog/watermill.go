package catalog

// watermill's middleware handles a message again with the curve of cenkalti/backoff, of which it
// sets every part: what is left out is zero there. Without InitialInterval there is no delay at
// all; without RandomizationFactor it is the same for all. MaxRetries always ends it, and so does
// the message's context.
var _ = register(&Library{
	Path:    "github.com/ThreeDotsLabs/watermill/message/router/middleware",
	Version: "v1.5.1",
	Source:  "Retry.Middleware",
	Retries: "2 attempts at most",
	Timetables: []Timetable{{
		Name: "github.com/ThreeDotsLabs/watermill/message/router/middleware.Retry", Itself: true,
		Zero: Schedule{Attempts: 1, Growth: ExponentialDelay, Context: true},
		Sets: []Tuning{
			{Aspect: Retries, Field: "MaxRetries"},
			{Aspect: Delay, Field: "InitialInterval"},
			{Aspect: Ceiling, Field: "MaxInterval"},
			{Aspect: Factor, Field: "Multiplier"},
			{Aspect: Elapsed, Field: "MaxElapsedTime", Never: []int64{0}},
			{Aspect: Jitter, Field: "RandomizationFactor"},
		},
	}},
})
