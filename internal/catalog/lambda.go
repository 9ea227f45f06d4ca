package catalog

const lambdaEvents = "github.com/aws/aws-lambda-go/events"

// An error makes Lambda hand over the whole batch again, unless the response names the messages that
// failed.
var _ = carry(&Traffic{
	Path:    lambdaEvents,
	Version: "v1.55.1",
	Source:  "SQSEvent, SNSEvent, KinesisEvent, DynamoDBEvent",
	Name:    "Lambda", Again: "when the handler fails or times out, with its whole batch",
	Shapes: lambdaShapes("SQSEvent", "SNSEvent", "KinesisEvent", "DynamoDBEvent", "CloudWatchEvent", "S3Event"), // EventBridgeEvent is an alias
})

func lambdaShapes(names ...string) []Shape {
	var shapes []Shape
	for _, name := range names {
		shapes = append(shapes,
			Shape{Params: []string{"context.Context", lambdaEvents + "." + name}, Results: []string{"error"}},
			Shape{Params: []string{"context.Context", lambdaEvents + "." + name}, Results: []string{"", "error"}},
			Shape{Params: []string{lambdaEvents + "." + name}, Results: []string{"error"}},
			Shape{Params: []string{lambdaEvents + "." + name}, Results: []string{"", "error"}})
	}
	return shapes
}
