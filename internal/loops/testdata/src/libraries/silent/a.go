package silent

import (
	"net/http"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/util/retry"
)

func done() (bool, error) {
	_, err := http.Get("https://example.org/")
	return err == nil, err
}

// Conflicts, and polls for a state.
func silent() {
	retry.RetryOnConflict(retry.DefaultRetry, func() error { _, err := done(); return err })
	retry.OnError(wait.Backoff{Steps: 5}, func(error) bool { return true }, func() error { _, err := done(); return err })
	wait.PollInfinite(time.Second, done)
	wait.ExponentialBackoff(wait.Backoff{Steps: 3}, done)
}
