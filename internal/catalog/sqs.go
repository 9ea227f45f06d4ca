package catalog

// What is not deleted within the visibility timeout is received again.
var _ = carry(&Traffic{
	Path:    "github.com/aws/aws-sdk-go-v2/service/sqs",
	Version: "v1.42.20",
	Source:  "Client.ReceiveMessage, SendMessageInput.MessageDeduplicationId",
	Name:    "SQS", Again: "when it is not deleted within the visibility timeout",
	Receivers: []string{"github.com/aws/aws-sdk-go-v2/service/sqs.Client.ReceiveMessage"},
	Given:     []string{"github.com/aws/aws-sdk-go-v2/service/sqs/types.Message"},
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
	Version: "v1.48.0",
	Source:  "Client.Publish, Client.PublishBatch",
	Deeds: []Deed{
		{Name: "github.com/aws/aws-sdk-go-v2/service/sns.Client.Publish", Kind: Publishes},
		{Name: "github.com/aws/aws-sdk-go-v2/service/sns.Client.PublishBatch", Kind: Publishes},
	},
})

var _ = carry(&Traffic{
	Path:    "github.com/aws/aws-sdk-go-v2/service/sesv2",
	Version: "v1.79.9",
	Source:  "Client.SendEmail, Client.SendBulkEmail",
	Deeds: []Deed{
		{Name: "github.com/aws/aws-sdk-go-v2/service/sesv2.Client.SendEmail", Kind: Mails},
		{Name: "github.com/aws/aws-sdk-go-v2/service/sesv2.Client.SendBulkEmail", Kind: Mails},
	},
})

var _ = carry(&Traffic{
	Path:    "github.com/aws/aws-sdk-go-v2/service/ses",
	Version: "v1.43.0",
	Source:  "Client.SendEmail, Client.SendRawEmail, Client.SendTemplatedEmail",
	Deeds: []Deed{
		{Name: "github.com/aws/aws-sdk-go-v2/service/ses.Client.SendEmail", Kind: Mails},
		{Name: "github.com/aws/aws-sdk-go-v2/service/ses.Client.SendRawEmail", Kind: Mails},
		{Name: "github.com/aws/aws-sdk-go-v2/service/ses.Client.SendTemplatedEmail", Kind: Mails},
		{Name: "github.com/aws/aws-sdk-go-v2/service/ses.Client.SendBulkTemplatedEmail", Kind: Mails},
	},
})
