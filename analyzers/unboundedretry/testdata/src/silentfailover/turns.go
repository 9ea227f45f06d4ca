package silentfailover

import (
	"context"
	"iter"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
)

func tag(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	return resp.Header.Get("ETag"), nil
}

// Shuffled takes each mirror once; that a literal captures the list changes nothing.
func Shuffled(ctx context.Context, mirrors []string) (s string, err error) {
	rand.Shuffle(len(mirrors), func(i, j int) { mirrors[i], mirrors[j] = mirrors[j], mirrors[i] })
	for len(mirrors) > 0 {
		mirror := mirrors[0]
		mirrors = mirrors[1:]
		if s, err = tag(ctx, mirror); err == nil {
			return s, nil
		}
	}
	return "", err
}

// First asks by a literal, and takes off the list in the loop.
func First(ctx context.Context, hosts []string, path string) (s string, err error) {
	ask := func() error {
		s, err = tag(ctx, hosts[0]+path)
		return err
	}
	for ; len(hosts) > 0; hosts = hosts[1:] {
		if ask() == nil {
			return s, nil
		}
	}
	return "", err
}

// A Ring counts for all goroutines.
type Ring struct {
	Hosts []string
	n     atomic.Uint64
	next  uint32
}

func (r *Ring) Get(ctx context.Context) (s string, err error) {
	for range r.Hosts {
		if s, err = tag(ctx, r.Hosts[r.n.Add(1)%uint64(len(r.Hosts))]); err == nil {
			return s, nil
		}
	}
	return "", err
}

func (r *Ring) Counted(ctx context.Context) (s string, err error) {
	for range r.Hosts {
		if s, err = tag(ctx, r.Hosts[int(r.next)%len(r.Hosts)]); err == nil {
			return s, nil
		}
		atomic.AddUint32(&r.next, 1)
	}
	return "", err
}

// A Cluster has one method that names the host, and another that moves on.
type Cluster struct {
	Hosts []string
	cur   int
}

func (c *Cluster) host() string { return c.Hosts[c.cur] }
func (c *Cluster) rotate()      { c.cur = (c.cur + 1) % len(c.Hosts) }

func (c *Cluster) Get(ctx context.Context) (s string, err error) {
	for n := 0; n < len(c.Hosts); n++ {
		if s, err = tag(ctx, c.host()); err == nil {
			return s, nil
		}
		c.rotate()
	}
	return "", err
}

func (c *Cluster) try(ctx context.Context) (string, error) { return tag(ctx, c.Hosts[c.cur]) }

// Try leaves it to the attempt which host it is.
func (c *Cluster) Try(ctx context.Context) (s string, err error) {
	for n := 0; n < len(c.Hosts); n++ {
		if s, err = c.try(ctx); err == nil {
			return s, nil
		}
		c.rotate()
	}
	return "", err
}

// Back puts the host that failed at the end.
func (c *Cluster) Back(ctx context.Context) (s string, err error) {
	for n := len(c.Hosts); n > 0; n-- {
		host := c.Hosts[0]
		if s, err = tag(ctx, host); err == nil {
			return s, nil
		}
		c.Hosts = append(c.Hosts[1:], host)
	}
	return "", err
}

// A cursor says when there is no other.
type cursor struct {
	urls []string
	i    int
}

func (c *cursor) current() string { return c.urls[c.i] }

func (c *cursor) advance() bool {
	if c.i+1 >= len(c.urls) {
		return false
	}
	c.i++
	return true
}

func Cursor(ctx context.Context, urls []string) (string, error) {
	c := &cursor{urls: urls}
	for {
		s, err := tag(ctx, c.current())
		if err == nil {
			return s, nil
		}
		if !c.advance() {
			return "", err
		}
	}
}

// A Pool is told which endpoint has failed.
type Pool interface {
	Endpoint() string
	MarkDown(endpoint string)
	Len() int
}

func Pooled(ctx context.Context, pool Pool) (s string, err error) {
	for i, n := 0, pool.Len(); i < n; i++ {
		endpoint := pool.Endpoint()
		if s, err = tag(ctx, endpoint); err == nil {
			return s, nil
		}
		pool.MarkDown(endpoint)
	}
	return "", err
}

// Pulled takes the next of a sequence.
func Pulled(ctx context.Context, all iter.Seq[string]) (s string, err error) {
	next, stop := iter.Pull(all)
	defer stop()
	for {
		endpoint, ok := next()
		if !ok {
			return "", err
		}
		if s, err = tag(ctx, endpoint); err == nil {
			return s, nil
		}
	}
}

// Handed is given a function that hands them out.
func Handed(ctx context.Context, endpoint func() (string, bool)) (s string, err error) {
	for {
		url, ok := endpoint()
		if !ok {
			return "", err
		}
		if s, err = tag(ctx, url); err == nil {
			return s, nil
		}
	}
}
