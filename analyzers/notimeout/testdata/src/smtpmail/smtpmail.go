// Package smtpmail sends mail; net/smtp has no timeout of its own and takes no context.
package smtpmail

import (
	"net"
	"net/smtp"
	"time"
)

// Send uses the function for the whole conversation.
func Send(addr string, auth smtp.Auth, to []string, msg []byte) error {
	return smtp.SendMail(addr, auth, "shop@example.org", to, msg) // want "no timeout"
}

// Later sends in the background, where a hanging server piles up goroutines.
func Later(addr string, to []string, msg []byte, failed func(error)) {
	go func() {
		if err := smtp.SendMail(addr, nil, "shop@example.org", to, msg); err != nil { // want "no timeout"
			failed(err)
		}
	}()
}

// Dial connects without a bound and keeps the connection to itself.
func Dial(addr string) error {
	c, err := smtp.Dial(addr) // want "no timeout"
	if err != nil {
		return err
	}
	return c.Quit()
}

// Bounded connects with a timeout, sets a deadline and hands the connection to the client: silent.
func Bounded(addr, host string) error {
	conn, err := net.DialTimeout("tcp", addr, 10*time.Second)
	if err != nil {
		return err
	}
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		conn.Close()
		return err
	}
	c, err := smtp.NewClient(conn, host)
	if err != nil {
		conn.Close()
		return err
	}
	return c.Quit()
}

// Mailer has a method with a well-known name: silent.
type Mailer struct{ outbox chan []byte }

// SendMail only queues.
func (m *Mailer) SendMail(msg []byte) { m.outbox <- msg }

// Queue calls it.
func Queue(smtp *Mailer, msg []byte) { smtp.SendMail(msg) }
