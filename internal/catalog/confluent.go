package catalog

var _ = carry(&Traffic{
	Path:    "github.com/confluentinc/confluent-kafka-go/kafka",
	Version: "v2.11.1",
	Source:  "Consumer.ReadMessage, Consumer.Poll",
	Name:    "Kafka", Again: "after a rebalance or a crash",
	Receivers: []string{"github.com/confluentinc/confluent-kafka-go/kafka.Consumer.ReadMessage", "github.com/confluentinc/confluent-kafka-go/kafka.Consumer.Poll"},
	Acks: []string{
		"github.com/confluentinc/confluent-kafka-go/kafka.Consumer.CommitMessage", "github.com/confluentinc/confluent-kafka-go/kafka.Consumer.StoreMessage",
	},
	Begins: []string{"github.com/confluentinc/confluent-kafka-go/kafka.Producer.BeginTransaction"},
	Deeds:  []Deed{{Name: "github.com/confluentinc/confluent-kafka-go/kafka.Producer.Produce", Kind: Publishes}},
})
