package silentreconnect

import (
	"log"
	"math/rand/v2"
	"net"
	"time"
)

// Beat keeps a connection open for as long as it may, and opens another where it is lost.
func Beat(addr string, every time.Duration, done <-chan struct{}) {
again:
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		time.Sleep(every/2 + rand.N(every/2))
		goto again
	}
	for range time.Tick(every) {
		select {
		case <-done:
			conn.Close()
			return
		default:
		}
		if _, err := conn.Write([]byte("beat\n")); err != nil {
			log.Print(err)
			goto again
		}
	}
}
