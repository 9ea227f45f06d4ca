// Package sqlgraph is a stub.
package sqlgraph

import (
	"context"

	"entgo.io/ent/dialect"
)

type (
	QuerySpec  struct{}
	CreateSpec struct{}
)

func QueryNodes(ctx context.Context, drv dialect.Driver, spec *QuerySpec) error  { return nil }
func CreateNode(ctx context.Context, drv dialect.Driver, spec *CreateSpec) error { return nil }
