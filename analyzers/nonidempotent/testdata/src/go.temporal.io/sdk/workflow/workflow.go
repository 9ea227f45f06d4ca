// Package workflow is a stub.
package workflow

import (
	"time"

	"go.temporal.io/sdk/temporal"
)

type Context interface{ Done() <-chan struct{} }

type Future interface {
	Get(ctx Context, valuePtr any) error
}

type ActivityOptions struct {
	StartToCloseTimeout time.Duration
	RetryPolicy         *temporal.RetryPolicy
}

func WithActivityOptions(ctx Context, options ActivityOptions) Context { return ctx }

func ExecuteActivity(ctx Context, activity any, args ...any) Future { return nil }
