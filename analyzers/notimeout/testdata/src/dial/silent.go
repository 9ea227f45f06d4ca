package dial

import (
	"context"
	"net"
	"net/http"
	"time"
)

// Timeout uses the bounded function.
func Timeout(addr string) (net.Conn, error) {
	return net.DialTimeout("tcp", addr, 5*time.Second)
}

// DialerTimeout sets the field.
func DialerTimeout(addr string) (net.Conn, error) {
	d := &net.Dialer{Timeout: 5 * time.Second}
	return d.Dial("tcp", addr)
}

// DialerLater assigns the field of a declared dialer, from a parameter.
func DialerLater(addr string, limit time.Duration) (net.Conn, error) {
	var d net.Dialer
	d.Timeout = limit
	return d.Dial("tcp", addr)
}

// DialerDeadline uses the other field.
func DialerDeadline(addr string) (net.Conn, error) {
	d := net.Dialer{Deadline: time.Now().Add(5 * time.Second)}
	return d.Dial("tcp", addr)
}

// DialerGiven gets its dialer from the caller.
func DialerGiven(d *net.Dialer, addr string) (net.Conn, error) { return d.Dial("tcp", addr) }

// Pool keeps a bounded dialer in a field.
type Pool struct{ d net.Dialer }

// NewPool sets the field of the field.
func NewPool(limit time.Duration) *Pool {
	p := &Pool{}
	p.d.Timeout = limit
	return p
}

// Conn uses it with Background: the dialer is bound enough.
func (p *Pool) Conn(addr string) (net.Conn, error) {
	return p.d.DialContext(context.Background(), "tcp", addr)
}

// TimedContext bounds an empty dialer by its context.
func TimedContext(addr string) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return (&net.Dialer{}).DialContext(ctx, "tcp", addr)
}

// GivenContext leaves the bound to the caller.
func GivenContext(ctx context.Context, addr string) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

// SetDeadline bounds the whole conversation right after connecting.
func SetDeadline(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	_, err = conn.Write([]byte("QUIT\r\n"))
	return err
}

// SetBoth bounds both directions one by one.
func SetBoth(addr string, limit time.Duration) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	conn.SetWriteDeadline(time.Now().Add(limit))
	conn.SetReadDeadline(time.Now().Add(limit))
	_, err = conn.Write([]byte("PING\r\n"))
	return err
}

// UDP does not wait for anybody.
func UDP(addr string) (net.Conn, error) { return net.Dial("udp", addr) }

const statsdNetwork = "udp4"

// NamedUDP has the network in a constant.
func NamedUDP(addr string) (net.Conn, error) { return net.Dial(statsdNetwork, addr) }

// Unix talks to a process on this machine.
func Unix() (net.Conn, error) { return net.Dial("unix", "/run/app.sock") }

// UnixDialer does the same with a dialer.
func UnixDialer() (net.Conn, error) {
	return (&net.Dialer{}).DialContext(context.Background(), "unixgram", "/run/log.sock")
}

// Hook dials inside a transport: the client around it bounds the exchange.
func Hook(url string) (*http.Response, error) {
	c := &http.Client{
		Timeout: 10 * time.Second,
		Transport: &http.Transport{
			Dial: func(network, addr string) (net.Conn, error) { return net.Dial(network, addr) },
		},
	}
	return c.Get(url)
}

// HookLater assigns the hook, which ignores the address.
func HookLater(url, target string) (*http.Response, error) {
	tr := &http.Transport{}
	tr.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return net.Dial("tcp", target)
	}
	c := &http.Client{Timeout: 10 * time.Second, Transport: tr}
	return c.Get(url)
}

// HookNamed uses a function of the package as the hook.
func HookNamed(url string) (*http.Response, error) {
	c := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{Dial: dialFirst}}
	return c.Get(url)
}

func dialFirst(_, addr string) (net.Conn, error) { return net.Dial("tcp4", addr) }

// Resolver dials inside a resolver, which has its own timeouts.
func Resolver(server string) *net.Resolver {
	return &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			return new(net.Dialer).Dial("tcp", server)
		},
	}
}
