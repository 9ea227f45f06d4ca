package clientfield

import (
	"net/http"
	"strings"
)

// Users is the first call of API's client.
func (a *API) Users() (*http.Response, error) { return a.hc.Get(a.base + "/users") }

// Groups is the second; the finding at the construction covers it.
func (a *API) Groups() (*http.Response, error) { return a.hc.Get(a.base + "/groups") }

// Remove copies the field to a local variable first.
func (a *API) Remove(id string) (*http.Response, error) {
	client := a.hc
	req, err := http.NewRequest(http.MethodDelete, a.base+"/users/"+id, nil)
	if err != nil {
		return nil, err
	}
	return client.Do(req)
}

// Items uses the field that was assigned.
func (c *Catalog) Items() (*http.Response, error) { return c.client.Get(c.base) }

// Charge uses the stored default client.
func (b *Billing) Charge(url string) (*http.Response, error) {
	return b.client.Post(url, "application/json", strings.NewReader("{}"))
}

// Find uses the parameter or its default.
func (s *Search) Find(url string) (*http.Response, error) { return s.hc.Get(url) }

// List reaches the client through the options.
func (o *Orders) List(url string) (*http.Response, error) { return o.opts.HTTPClient.Get(url) }

// Check calls the zero client.
func (p *Probe) Check() error {
	resp, err := p.client.Get(p.url) // want "has no timeout"
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Send uses the value field.
func (m *Mailer) Send(url string) (*http.Response, error) { return m.client.Get(url) }

// Say goes through the interface with a request that has no deadline.
func (b *Bot) Say(url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader(b.token))
	if err != nil {
		return nil, err
	}
	return b.doer.Do(req)
}

// Forward goes through an unknown implementation.
func (r *Relay) Forward(url string) (*http.Response, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return r.doer.Do(req)
}

// Fetch reads two fields.
func (n *Nested) Fetch(url string) (*http.Response, error) { return n.link.http.Get(url) }

// Once has a value receiver.
func (p Ping) Once(url string) (*http.Response, error) { return p.client.Get(url) }

// Latest uses the package-level instance.
func Latest(url string) (*http.Response, error) { return feed.client.Get(url) }

// Publish uses the client that init assigned.
func Publish(url string) (*http.Response, error) { return hub.Get(url) }

// Poll uses the client that Start assigned.
func (w *Watch) Poll(url string) (*http.Response, error) { return w.client.Get(url) }

// Locate uses the constructor's parameter.
func (g *geo) Locate(url string) (*http.Response, error) { return g.hc.Get(url) }

// Pull is called on twins of both kinds.
func (t *Twin) Pull(url string) (*http.Response, error) { return t.hc.Get(url) }

// Resolve uses the accessor.
func (l *Lookup) Resolve(url string) (*http.Response, error) { return l.client().Get(url) }

// Notify implements Notifier.
func (h *hook) Notify(text string) error {
	resp, err := h.hc.Post(h.url, "text/plain", strings.NewReader(text))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
