package backoff

import "time"

type Algorithm func(attempt uint) time.Duration

func Linear(d time.Duration) Algorithm            { return nil }
func BinaryExponential(d time.Duration) Algorithm { return nil }
