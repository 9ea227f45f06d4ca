package nobreaker

import (
	"fmt"
	"strings"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/picture"
)

const (
	perCallMessage = "this circuit breaker lives for one call: it forgets what has failed before, and never opens; " +
		"make it once, beside the client that it protects"
	cancelsMessage = "this circuit breaker counts context.Canceled as a failure of the dependency: callers who give up open it for all others, " +
		"though the dependency is well; leave such errors out in IsExcluded or IsSuccessful"
	statusesMessage = "this circuit breaker counts 4xx as failures of the dependency: one caller who sends bad requests opens it for all others, " +
		"though the dependency is well; have IsSuccessful return true for what is the caller's fault"
)

// unprotectedMessage says what happens when the dependency of a group is slow. It does not depend on what is
// seen of the package's importers.
func unprotectedMessage(g *group) string {
	lift := ""
	if g.perCall {
		lift = "make it once, outside of the function that calls it, and "
	}
	name, what, remedy := "its server", "this http.Client", "wrap its transport in a circuit breaker, one for each dependency"
	switch {
	case g.first.Default:
		what, remedy = "http.DefaultClient", "use a client of its own, whose transport is wrapped in a circuit breaker"
	case g.first.Kind == catalog.GRPCPeer:
		what, remedy = "this connection", "give it an interceptor with a circuit breaker"
	}
	if g.first.Kind == catalog.SaaSPeer {
		name, what, remedy = g.first.Name, "this client", "run its calls through a circuit breaker, or give it an HTTP client that has one"
	}
	if len(g.labels) > 0 && g.first.Kind != catalog.SaaSPeer {
		name = "what is at " + strings.Join(g.labels, " or ")
		if len(g.labels) > 2 {
			name = "one of its servers"
		}
	}
	return fmt.Sprintf("nothing gives up on %s while it is slow or down: each request that needs it waits for it by %s, until this service can do "+
		"nothing else; %s%s", name, what, lift, remedy)
}

// servedBy says what an entry point does.
func servedBy(e *picture.Edge) string {
	what := "requests"
	if e.Entry.Kind == picture.Message {
		what = "messages"
	}
	if len(e.Path) == 0 {
		return e.Entry.Title + " serves " + what
	}
	return fmt.Sprintf("%s serves %s, and comes to it by %s", e.Entry.Title, what, hops(e))
}

func hops(e *picture.Edge) string {
	var names []string
	for _, hop := range e.Path {
		names = append(names, hop.Name)
	}
	if len(names) > 3 {
		names = append(names[:1], append([]string{"…"}, names[len(names)-1])...)
	}
	return strings.Join(names, ", ")
}
