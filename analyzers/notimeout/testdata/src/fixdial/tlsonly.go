package fixdial

import "crypto/tls"

// TLSOnly is in a file that imports neither net nor time.
func TLSOnly(addr string) error {
	conn, err := tls.Dial("tcp", addr, nil) // want "no timeout"
	if err != nil {
		return err
	}
	return conn.Close()
}

// TLSShadowed has local names where the fix needs packages.
func TLSShadowed(addr string, net, time string) error {
	conn, err := tls.Dial("tcp", addr+net+time, nil) // want "no timeout"
	if err != nil {
		return err
	}
	return conn.Close()
}
