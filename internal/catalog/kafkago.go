package catalog

// ReadMessage commits before the message is handled: it is lost rather than repeated.
var _ = carry(&Traffic{
	Path:    "github.com/segmentio/kafka-go",
	Version: "v0.4.51",
	Source:  "Reader.FetchMessage, Reader.ReadMessage",
	Name:    "Kafka", Again: "after a rebalance or a crash",
	Receivers: []string{"github.com/segmentio/kafka-go.Reader.FetchMessage"},
	Acks:      []string{"github.com/segmentio/kafka-go.Reader.CommitMessages"},
	Deeds:     []Deed{{Name: "github.com/segmentio/kafka-go.Writer.WriteMessages", Kind: Publishes}},
})
