// Package goroutinesacross calls another package for each item.
package goroutinesacross

import (
	"context"
	"sync"

	"example.org/gate"
)

type directory interface {
	List(ctx context.Context) ([]string, error)
	Members(ctx context.Context) ([]*node, error)
}

type node struct{ name string }

func every(ctx context.Context, dir directory) {
	ids, _ := dir.List(ctx)
	var wg sync.WaitGroup
	for _, id := range ids {
		wg.Go(func() { gate.Fetch(id) }) // it waits there
	}
	for _, id := range ids {
		wg.Go(func() { gate.Direct(id) }) // want `this calls gate.Direct for each of ids`
	}
	wg.Wait()
}

// cluster has a goroutine for each node.
func cluster(ctx context.Context, dir directory) {
	all, _ := dir.Members(ctx)
	for _, n := range all {
		go gate.Direct(n.name)
	}
}
