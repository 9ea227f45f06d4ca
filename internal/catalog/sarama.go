package catalog

var _ = saramaTraffic("github.com/IBM/sarama", "v1.61.1")

// The path that it had before.
var _ = saramaTraffic("github.com/Shopify/sarama", "v1.38.1")

// saramaTraffic: marks are committed once a second; a consumer that takes over begins at the last one.
func saramaTraffic(path, version string) bool {
	return carry(&Traffic{
		Path: path, Version: version, Source: "ConsumerGroupHandler, Config.Consumer.Offsets.AutoCommit",
		Name: "Kafka", Again: "after a rebalance or a crash",
		Shapes: []Shape{{
			Method: "ConsumeClaim", Params: []string{path + ".ConsumerGroupSession", path + ".ConsumerGroupClaim"}, Results: []string{"error"},
		}},
		Given:  []string{path + ".ConsumerMessage"},
		Acks:   []string{path + ".ConsumerGroupSession.MarkMessage", path + ".ConsumerGroupSession.MarkOffset"},
		Begins: []string{path + ".SyncProducer.BeginTxn", path + ".AsyncProducer.BeginTxn"},
		Deeds: []Deed{
			{Name: path + ".SyncProducer.SendMessage", Kind: Publishes},
			{Name: path + ".SyncProducer.SendMessages", Kind: Publishes},
			{Name: path + ".AsyncProducer.Input", Kind: Publishes}, // a channel, for what is sent next
		},
	})
}
