package silentfailover

import "net/http"

func (p *pool) rotate() { p.current = (p.current + 1) % len(p.servers) }

func (p *pool) failed() { p.rotate() }

// Moved has a method that sets which is the current one.
func (p *pool) Moved(path string) (*http.Response, error) {
	for range p.servers {
		resp, err := client.Get(p.servers[p.current] + path)
		if err == nil {
			return resp, nil
		}
		p.failed()
	}
	return nil, errNone
}

// Captured counts in a variable that a closure reads.
func (p *pool) Captured(path string) (*http.Response, error) {
	i := 0
	url := func() string { return p.servers[i] + path }
	for range p.servers {
		resp, err := client.Get(url())
		if err == nil {
			return resp, nil
		}
		i++
	}
	return nil, errNone
}
