package fault

import (
	"context"
	"io"
	"sync"
)

// slowReader is the body of a response that comes in drops.
type slowReader struct {
	body io.ReadCloser
	t    *RoundTripper
	rule Rule
	wait func() error // for the next drop
	left int64        // of the drop that is there
	slow sync.Once    // counted

	closed chan struct{}
	close  sync.Once
}

func newSlowReader(ctx context.Context, t *RoundTripper, r Rule, body io.ReadCloser) *slowReader {
	b := &slowReader{body: body, t: t, rule: r, closed: make(chan struct{})}
	b.wait = func() error { return t.wait(ctx, r.delay, b.closed) }
	return b
}

func (b *slowReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return b.body.Read(p)
	}
	if b.left == 0 {
		b.slow.Do(func() { b.t.engine.count(slowBody) })
		if err := b.wait(); err != nil {
			return 0, err
		}
		b.left = b.rule.bytes
	}
	n, err := b.body.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// Close ends a Read that waits, as that of http.Transport's bodies does.
func (b *slowReader) Close() error {
	b.close.Do(func() { close(b.closed) })
	return b.body.Close()
}

// cutReader is the body of a response that breaks off.
type cutReader struct {
	io.ReadCloser
	t    *RoundTripper
	left int64
	cut  sync.Once // counted
}

func (b *cutReader) Read(p []byte) (int, error) {
	if b.left == 0 {
		b.cut.Do(func() { b.t.engine.count(cutBody) })
		return 0, io.ErrUnexpectedEOF
	}
	n, err := b.ReadCloser.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}
