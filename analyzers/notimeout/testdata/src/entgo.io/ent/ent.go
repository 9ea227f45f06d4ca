// Package ent is a stub of what the code that ent generates is built on.
package ent

import "context"

type (
	Value any
	Query any

	QueryContext struct{ Op string }

	Querier interface {
		Query(context.Context, Query) (Value, error)
	}
	QuerierFunc func(context.Context, Query) (Value, error)

	Interceptor interface{ Intercept(Querier) Querier }
)

func (f QuerierFunc) Query(ctx context.Context, q Query) (Value, error) { return f(ctx, q) }

func NewQueryContext(parent context.Context, c *QueryContext) context.Context { return parent }
func QueryFromContext(ctx context.Context) *QueryContext                      { return nil }
