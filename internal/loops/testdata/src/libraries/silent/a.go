package silent

import (
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/util/retry"
)

func done() (bool, error) { return false, nil }

// Conflicts, and polls for a state.
func silent() {
	retry.RetryOnConflict(retry.DefaultRetry, func() error { return nil })
	retry.OnError(wait.Backoff{Steps: 5}, func(error) bool { return true }, func() error { return nil })
	wait.PollInfinite(time.Second, done)
	wait.ExponentialBackoff(wait.Backoff{Steps: 3}, done)
}
