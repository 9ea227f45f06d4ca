// Package temporal is a stub.
package temporal

type RetryPolicy struct{ MaximumAttempts int32 }
