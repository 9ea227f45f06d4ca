// Package ldapcalls asks a directory that has all the time in the world.
package ldapcalls

import "github.com/go-ldap/ldap/v3"

func login(addr, user, password string) error {
	l, err := ldap.DialURL(addr) // want `ldap.DialURL has no timeout: if the peer accepts the connection and goes quiet, this blocks for ever; call SetTimeout on the connection`
	if err != nil {
		return err
	}
	defer l.Close()
	if err := l.Bind(user, password); err != nil {
		return err
	}
	_, err = l.Search(&ldap.SearchRequest{})
	return err
}
