package catalog

import "go/types"

// messageIDs are the expressions for the id of a message that stays the same however often it is
// delivered, by its type; %[1]s is the message. Watermill's UUID is none ("only used by Watermill for
// debugging. UUID can be empty"), nor is an offset, which is another one once a topic was made anew.
var messageIDs = map[string]string{
	// v1.55.1
	"github.com/aws/aws-lambda-go/events.SQSMessage": "%[1]s.MessageId",
	// service/sqs v1.53.0: "considered unique across all Amazon Web Services accounts"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types.Message": "*%[1]s.MessageId",
	// v2.16.2; the specification: source and id together are unique for each distinct event
	"github.com/cloudevents/sdk-go/event.Event": `%[1]s.Source()+" "+%[1]s.ID()`,
	// v0.26.0: "Only the tasks passed to Handler.ProcessTask have a valid ResultWriter pointer"
	"github.com/hibiken/asynq.Task": "%[1]s.ResultWriter().TaskID()",
}

// MessageID returns the expression for the id of a message of a type, with %[1]s for the message; "" if
// it has none that stays the same for all deliveries.
func MessageID(t types.Type) string { return messageIDs[TypeName(t)] }
