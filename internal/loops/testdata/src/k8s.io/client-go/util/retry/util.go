package retry

import "k8s.io/apimachinery/pkg/util/wait"

var DefaultRetry wait.Backoff

func RetryOnConflict(b wait.Backoff, f func() error) error                     { return nil }
func OnError(b wait.Backoff, retriable func(error) bool, f func() error) error { return nil }
