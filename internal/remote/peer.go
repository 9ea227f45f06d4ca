package remote

import (
	"net/url"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/flow"
)

// request returns the call that made u's request, if there is just one.
func (f *finder) request(u *use) *ssa.Call {
	if u.request == nil {
		return nil
	}
	sources := f.g.Trace(u.request, nil)
	if len(sources) != 1 || sources[0].Kind != flow.Result {
		return nil
	}
	return sources[0].Value.(*ssa.Call)
}

// peer returns the name of the host that u talks to, if the source shows it.
func (f *finder) peer(u *use) string { return hostIn(prefix(f.url(u))) }

// url returns the URL or the address that u is told to talk to, or nil.
func (f *finder) url(u *use) ssa.Value {
	v := u.peer
	if request := f.request(u); v == nil && request != nil {
		switch catalog.Name(flow.CalleeObject(request)) {
		case "net/http.NewRequest":
			v = flow.Operand(request, catalog.Arg1)
		case "net/http.NewRequestWithContext":
			v = flow.Operand(request, catalog.Arg2)
		}
	}
	return v
}

// prefix returns the constant that the string v begins with.
func prefix(v ssa.Value) string {
	switch v := v.(type) {
	case *ssa.Const:
		s, _ := flow.ConstString(v)
		return s
	case *ssa.BinOp:
		return prefix(v.X)
	case *ssa.Call:
		if fn := flow.CalleeObject(v); fn != nil && catalog.Name(fn) == "fmt.Sprintf" {
			return prefix(v.Call.Args[0])
		}
	}
	return ""
}

// hostIn returns the host of a URL that s begins with, without port; "" if it is cut off.
func hostIn(s string) string {
	scheme, rest, ok := strings.Cut(s, "://")
	if !ok {
		return ""
	}
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		return ""
	}
	u, err := url.Parse(scheme + "://" + rest[:end])
	if err != nil || strings.Contains(u.Host, "%") {
		return ""
	}
	return u.Hostname()
}
