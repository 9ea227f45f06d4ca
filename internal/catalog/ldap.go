package catalog

// go-ldap connects within 60 s (DefaultTimeout), and waits for each response without a bound unless
// SetTimeout sets one on the connection (conn.go, requestTimeout: 0).
var _ = register(&Library{
	Path:    "github.com/go-ldap/ldap",
	Version: "v3.4.15",
	Source:  "Conn.SetTimeout, DefaultTimeout",
	Default: "for ever; 60 s to connect",
	Calls: concat(
		each(Call{Kind: Dial, Peer: Arg0, Handshake: true, Advice: ldapTimeout}, "github.com/go-ldap/ldap", "DialURL"),
		each(Call{Kind: Dial, Network: Arg0, Peer: Arg1, Handshake: true, Advice: ldapTimeout}, "github.com/go-ldap/ldap", "Dial", "DialTLS"),
	),
	Bounders: []string{"github.com/go-ldap/ldap.Conn.SetTimeout"},
})

const ldapTimeout = "call SetTimeout on the connection"
