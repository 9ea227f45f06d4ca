// Package unknown gets its clients from where nobody can see: unknown is silent.
package unknown

import (
	"context"
	"net/http"
	"sync"

	"example.org/httpkit"
)

// FromLibrary calls a constructor that the catalogue does not know.
func FromLibrary(url string) (*http.Response, error) { return httpkit.NewClient().Get(url) }

// FromParameter leaves the choice to its caller.
func FromParameter(c *http.Client, url string) (*http.Response, error) { return c.Get(url) }

// FromFunc calls a function value.
func FromFunc(client func() *http.Client, url string) (*http.Response, error) {
	return client().Get(url)
}

// Provider is implemented elsewhere.
type Provider interface{ HTTP() *http.Client }

// FromProvider asks an interface.
func FromProvider(p Provider, url string) (*http.Response, error) { return p.HTTP().Get(url) }

// FromSlice takes whatever is in the slice.
func FromSlice(pool []*http.Client, n int, url string) (*http.Response, error) {
	return pool[n%len(pool)].Get(url)
}

// Registry is filled by its users.
type Registry struct {
	Clients map[string]*http.Client
}

// FromMap takes whatever was registered.
func (r *Registry) FromMap(name, url string) (*http.Response, error) {
	return r.Clients[name].Get(url)
}

// FromChannel takes whatever arrives.
func FromChannel(free chan *http.Client, url string) (*http.Response, error) {
	c := <-free
	defer func() { free <- c }()
	return c.Get(url)
}

// FromAssertion takes whatever is in the interface.
func FromAssertion(v any, url string) (*http.Response, error) {
	if c, ok := v.(*http.Client); ok {
		return c.Get(url)
	}
	return nil, http.ErrNotSupported
}

// FromContext takes whatever the context carries.
func FromContext(ctx context.Context, key any, url string) (*http.Response, error) {
	return ctx.Value(key).(*http.Client).Get(url)
}

// FromPool takes whatever the pool makes.
func FromPool(p *sync.Pool, url string) (*http.Response, error) {
	c := p.Get().(*http.Client)
	defer p.Put(c)
	return c.Get(url)
}

// Exported is set by the programs that use the package, or never.
type Exported struct {
	Client *http.Client
}

// Get uses a field that nothing in the package fills.
func (e *Exported) Get(url string) (*http.Response, error) { return e.Client.Get(url) }
