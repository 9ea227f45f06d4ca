// Package ldapunknown is given its connection.
package ldapunknown

import "github.com/go-ldap/ldap/v3"

func find(l *ldap.Conn) (*ldap.Result, error) { return l.Search(&ldap.SearchRequest{}) }
