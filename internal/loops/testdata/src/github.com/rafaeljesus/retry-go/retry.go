package retry

import "time"

type Func func() error

func Do(f Func, retries int, sleep time.Duration) error { return nil }
