package wait

import "time"

type Backoff struct {
	Duration time.Duration
	Steps    int
}

func ExponentialBackoff(b Backoff, f func() (bool, error)) error        { return nil }
func PollInfinite(interval time.Duration, f func() (bool, error)) error { return nil }
