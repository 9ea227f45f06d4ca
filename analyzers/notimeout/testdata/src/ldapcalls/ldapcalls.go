// Package ldapcalls asks a directory that has all the time in the world.
package ldapcalls

import "github.com/go-ldap/ldap/v3"

func login(addr, user, password string) error {
	l, err := ldap.DialURL(addr)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := l.Bind(user, password); err != nil { // want `Bind takes no context: if the server hangs, this call hangs with it, for ever; call SetTimeout on the connection \(so does 1 more call in this package\)`
		return err
	}
	_, err = l.Search(&ldap.SearchRequest{})
	return err
}
