package catalog

// Mails and text messages.

var _ = carry(&Traffic{
	Path: "net/smtp", Version: "Go 1.26", Source: "SendMail, Client.Data",
	Deeds: []Deed{{Name: "net/smtp.SendMail", Kind: Mails}, {Name: "net/smtp.Client.Data", Kind: Mails}},
})

var _ = carry(&Traffic{
	Path: "gopkg.in/gomail", Version: "v2.0.0", Source: "Dialer.DialAndSend",
	Deeds: []Deed{{Name: "gopkg.in/gomail.Dialer.DialAndSend", Kind: Mails}, {Name: "gopkg.in/gomail.Send", Kind: Mails}},
})

var _ = carry(&Traffic{
	Path: "gopkg.in/mail", Version: "v2.3.1", Source: "Dialer.DialAndSend",
	Deeds: []Deed{{Name: "gopkg.in/mail.Dialer.DialAndSend", Kind: Mails}, {Name: "gopkg.in/mail.Send", Kind: Mails}},
})

var _ = carry(&Traffic{
	Path: "github.com/wneessen/go-mail", Version: "v0.8.2", Source: "Client.DialAndSend, Client.Send",
	Deeds: []Deed{
		{Name: "github.com/wneessen/go-mail.Client.DialAndSend", Kind: Mails}, {Name: "github.com/wneessen/go-mail.Client.DialAndSendWithContext", Kind: Mails},
		{Name: "github.com/wneessen/go-mail.Client.Send", Kind: Mails},
	},
})

var _ = carry(&Traffic{
	Path: "github.com/sendgrid/sendgrid-go", Version: "v3.16.1", Source: "Client.Send",
	Deeds: []Deed{
		{Name: "github.com/sendgrid/sendgrid-go.Client.Send", Kind: Mails}, {Name: "github.com/sendgrid/sendgrid-go.Client.SendWithContext", Kind: Mails},
	},
})

var _ = carry(&Traffic{
	// SendWithOptions takes a key, and is left out.
	Path: "github.com/resend/resend-go", Version: "v2.28.0", Source: "EmailsSvc.Send, BatchSvc.Send; SendEmailOptions.IdempotencyKey",
	Deeds: []Deed{
		{Name: "github.com/resend/resend-go.EmailsSvc.Send", Kind: Mails}, {Name: "github.com/resend/resend-go.EmailsSvc.SendWithContext", Kind: Mails},
		{Name: "github.com/resend/resend-go.BatchSvc.Send", Kind: Mails}, {Name: "github.com/resend/resend-go.BatchSvc.SendWithContext", Kind: Mails},
	},
})
