package fixdial

import (
	"crypto/tls"
	"net"
	"net/smtp"
	"net/textproto"
	"time"
)

// mail dials, and then waits for the greeting: a bound on the dial alone would not end that, so
// there is no fix.
func mail(addr, host string, secure bool) (*smtp.Client, error) {
	var conn net.Conn
	var err error
	if secure {
		conn, err = tls.Dial("tcp", addr, nil) // want `use tls.DialWithDialer with a net.Dialer that sets Timeout, and set a deadline on the connection before smtp.NewClient waits for the peer to speak`
	} else {
		conn, err = net.Dial("tcp", addr) // want `accepts the connection and goes quiet, this blocks for ever; use net.DialTimeout, and set a deadline on the connection`
	}
	if err != nil {
		return nil, err
	}
	return smtp.NewClient(conn, host)
}

// lines does so for another protocol.
func lines(addr string) (*textproto.Conn, error) {
	d := &net.Dialer{} // want `set Timeout, and set a deadline on the connection before textproto.NewConn waits`
	conn, err := d.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return textproto.NewConn(conn), nil
}

// timed sets a deadline, so that what is left is the dial.
func timed(addr, host string) (*smtp.Client, error) {
	conn, err := tls.Dial("tcp", addr, nil) // want `sets Timeout$`
	if err != nil {
		return nil, err
	}
	conn.SetDeadline(time.Now().Add(time.Minute))
	return smtp.NewClient(conn, host)
}
