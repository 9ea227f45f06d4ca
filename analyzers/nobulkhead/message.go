package nobulkhead

import (
	"fmt"
	"strings"

	"github.com/resilint/resilint/internal/fanout"
	"github.com/resilint/resilint/internal/picture"
)

// goroutinesMessage says what a goroutine for each item does.
func goroutinesMessage(fan *fanout.Fan, over string) string {
	remedy := "start no more than a few at a time: with an errgroup and SetLimit, or with workers"
	if fan.Group {
		remedy = "call SetLimit on the group, or have a few workers"
	}
	return fmt.Sprintf("this calls %s for each of %s at the same time: a thousand items are a thousand calls at once, which take all connections "+
		"and bring the other side down; %s", fan.Op.Name, over, remedy)
}

// poolMessage says what a pool without a limit does.
func poolMessage(pool *picture.Pool) string {
	what := "this pool opens a connection for each query that finds none idle"
	if pool.Tuned {
		what = "this pool is tuned, and still opens a connection for each query that finds none idle"
	}
	return what + ": when the database slows down, requests pile up in it until it refuses everyone (too many connections); " +
		"call SetMaxOpenConns, with no more than the database allows divided by the number of instances"
}

// sharedMessage says what a client for several services does.
func sharedMessage(hosts []string) string {
	return fmt.Sprintf("this http.Client is for %s together, and opens as many connections to each as there are calls: the one that is slow takes all of them, "+
		"and the others' turn never comes; give each a client of its own, whose transport sets MaxConnsPerHost", strings.Join(hosts, " and "))
}
