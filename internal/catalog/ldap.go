package catalog

// go-ldap connects within 60 s (DefaultTimeout), and waits for a response without a bound unless
// SetTimeout sets one (requestTimeout: 0).
var _ = register(&Library{
	Path:    "github.com/go-ldap/ldap",
	Version: "v3.4.15",
	Default: "for ever; 60 s to connect",
	Source:  "Conn.SetTimeout, DefaultTimeout",
	Calls: each(Call{Kind: Query, Once: true, Advice: "call SetTimeout on the connection"}, "github.com/go-ldap/ldap.Conn",
		"Bind", "SimpleBind", "UnauthenticatedBind", "ExternalBind", "NTLMBind", "Search", "SearchWithPaging", "Add", "Modify", "ModifyDN", "Del", "Compare", "PasswordModify", "StartTLS", "WhoAmI"),
	Bounders: []string{"github.com/go-ldap/ldap.Conn.SetTimeout"},
	Equippers: []Equipper{
		{Name: "github.com/go-ldap/ldap.DialURL"},
		{Name: "github.com/go-ldap/ldap.Dial"},
		{Name: "github.com/go-ldap/ldap.DialTLS"},
	},
})
