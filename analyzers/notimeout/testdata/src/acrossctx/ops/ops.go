// Package ops stands between ctxkit and its users.
package ops

import (
	"context"

	"acrossctx/ctxkit"
)

func Named(name string) context.Context { return ctxkit.Traced(ctxkit.Root(), name) }

func Limited(name string) (context.Context, context.CancelFunc) {
	return ctxkit.Quick(Named(name))
}
