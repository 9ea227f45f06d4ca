package deadline

import (
	"fmt"
	"go/ast"
	"go/types"
	"path"
	"strings"
	"time"

	"github.com/resilint/resilint/internal/budget"
	"github.com/resilint/resilint/internal/flow"
)

func invertedMessage(i *budget.Inversion) string {
	inner, outer := span(i.Inner.D), span(i.Outer.D)
	switch {
	case i.Handler != nil && i.Replaced:
		return fmt.Sprintf("the handler's time is over after %s and a 503 is sent, while it still waits up to %s for %s: nothing that it does then reaches the client; make this less than %s",
			outer, inner, peer(i.Call.Peer), outer)
	case i.Handler != nil:
		return fmt.Sprintf("the server's WriteTimeout is over after %s, while the handler waits up to %s for %s: when that is slow, clients get an empty reply, not even an error; make this less than %s",
			outer, inner, peer(i.Call.Peer), outer)
	case i.Inner.Store != nil:
		return fmt.Sprintf("this timeout of %s never passes: each request is sent under a context that ends after %s at most; make it less, or drop it", inner, outer)
	}
	return fmt.Sprintf("this timeout of %s never passes: the context that it is set on ends after %s; derive it from one that lives longer, or make it less", inner, outer)
}

func retriesMessage(r *budget.Retry) string {
	if r.Within != nil {
		return fmt.Sprintf("this timeout of %s covers all tries that the transport makes together: one that hangs uses it up, and is never repeated; give each try in %s a timeout, and the request's context this one",
			span(r.Overall.D), receiver(r))
	}
	sum := fmt.Sprintf("%d × %s", r.Attempts, span(r.Try.D))
	if r.Delay > 0 {
		sum += fmt.Sprintf(" + %d × %s", r.Attempts-1, span(r.Delay))
	}
	text := fmt.Sprintf("%s = %s > %s: if the server hangs, ", sum, span(r.Sum()), span(r.Overall.D))
	reached := r.Reached()
	if reached < r.Attempts {
		text += fmt.Sprintf("the %s attempt never happens", ordinal(reached+1))
	} else {
		begins := time.Duration(r.Attempts-1) * (r.Try.D + r.Delay)
		text += fmt.Sprintf("the %s attempt is cut off after %s", ordinal(r.Attempts), span(r.Overall.D-begins))
	}
	return text + "; make each shorter, or the deadline longer"
}

func receiver(r *budget.Retry) string {
	return strings.TrimPrefix(types.TypeString(r.Within.Params[0].Type(), func(*types.Package) string { return "" }), "*")
}

func detachedMessage(d *budget.Detachment, root *ast.CallExpr, have string) string {
	first := d.Calls[0]
	text := types.ExprString(root.Fun) + " leaves " + have + " out: when the caller gives up or its deadline passes, "
	if first.Remote != nil {
		text += "the call of " + peer(first.Leaf.Peer) + " goes on"
	} else {
		text += first.Leaf.In + "'s call of " + peer(first.Leaf.Peer) + " goes on"
	}
	return text + " for nobody; pass " + have + ", or context.WithoutCancel(" + have + ") if that is meant"
}

func ignoredMessage(i *budget.Ignored) string {
	first := i.Calls[0]
	wait := span(i.Wait)
	if !i.Set {
		wait += " or longer, which is the default of " + i.Client.Wait
	}
	library := path.Base(i.Client.Maker[:strings.LastIndexByte(i.Client.Maker, '.')])
	return fmt.Sprintf("the %s deadline of %s's context does nothing here: %s ignores it unless %s is set, so a server that hangs holds the call for %s; set %s, or a shorter %s",
		span(first.Outer.D), flow.CalleeObject(first.Instr).Name(), library, i.Client.Heed, wait, i.Client.Heed, i.Client.Wait)
}

func peer(name string) string {
	if name == "" {
		return "the server"
	}
	return name
}

// span returns a duration as people write it: 2m rather than 2m0s.
func span(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

func ordinal(n int64) string {
	words := []string{"", "first", "second", "third", "fourth", "fifth"}
	if n < int64(len(words)) {
		return words[n]
	}
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}
