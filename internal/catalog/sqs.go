package catalog

// What is not deleted within the visibility timeout is received again.
var _ = carry(&Traffic{
	Path:    "github.com/aws/aws-sdk-go-v2/service/sqs",
	Version: "v1.42.20",
	Source:  "Client.ReceiveMessage, SendMessageInput.MessageDeduplicationId",
	Name:    "SQS", Again: "when it is not deleted within the visibility timeout",
	Receivers: []string{"github.com/aws/aws-sdk-go-v2/service/sqs.Client.ReceiveMessage"},
	Acks: []string{
		"github.com/aws/aws-sdk-go-v2/service/sqs.Client.DeleteMessage", "github.com/aws/aws-sdk-go-v2/service/sqs.Client.DeleteMessageBatch",
	},
	Deeds: []Deed{
		{Name: "github.com/aws/aws-sdk-go-v2/service/sqs.Client.SendMessage", Kind: Publishes},
		{Name: "github.com/aws/aws-sdk-go-v2/service/sqs.Client.SendMessageBatch", Kind: Publishes},
	},
})

var _ = carry(&Traffic{
	Path:    "github.com/aws/aws-sdk-go/service/sqs",
	Version: "v1.55.8",
	Source:  "SQS.ReceiveMessage",
	Name:    "SQS", Again: "when it is not deleted within the visibility timeout",
	Receivers: []string{
		"github.com/aws/aws-sdk-go/service/sqs.SQS.ReceiveMessage", "github.com/aws/aws-sdk-go/service/sqs.SQS.ReceiveMessageWithContext",
	},
	Acks: []string{
		"github.com/aws/aws-sdk-go/service/sqs.SQS.DeleteMessage", "github.com/aws/aws-sdk-go/service/sqs.SQS.DeleteMessageWithContext",
	},
	Deeds: []Deed{
		{Name: "github.com/aws/aws-sdk-go/service/sqs.SQS.SendMessage", Kind: Publishes},
		{Name: "github.com/aws/aws-sdk-go/service/sqs.SQS.SendMessageWithContext", Kind: Publishes},
	},
})

var _ = carry(&Traffic{
	Path:    "github.com/aws/aws-sdk-go-v2/service/sns",
	Version: "v1.38.0",
	Source:  "Client.Publish",
	Deeds:   []Deed{{Name: "github.com/aws/aws-sdk-go-v2/service/sns.Client.Publish", Kind: Publishes}},
})

var _ = carry(&Traffic{
	Path:    "github.com/aws/aws-sdk-go-v2/service/sesv2",
	Version: "v1.50.0",
	Source:  "Client.SendEmail",
	Deeds:   []Deed{{Name: "github.com/aws/aws-sdk-go-v2/service/sesv2.Client.SendEmail", Kind: Mails}},
})

var _ = carry(&Traffic{
	Path:    "github.com/aws/aws-sdk-go-v2/service/ses",
	Version: "v1.34.0",
	Source:  "Client.SendEmail, Client.SendRawEmail",
	Deeds: []Deed{
		{Name: "github.com/aws/aws-sdk-go-v2/service/ses.Client.SendEmail", Kind: Mails},
		{Name: "github.com/aws/aws-sdk-go-v2/service/ses.Client.SendRawEmail", Kind: Mails},
	},
})
