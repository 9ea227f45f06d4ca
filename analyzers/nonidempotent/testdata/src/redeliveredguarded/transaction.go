package redeliveredguarded

import "github.com/IBM/sarama"

// A relay publishes what it makes of a message together with how far it has read.
type relay struct{ producer sarama.SyncProducer }

func (r *relay) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		if err := r.handle(msg); err != nil {
			return err
		}
	}
	return nil
}

func (r *relay) handle(msg *sarama.ConsumerMessage) error {
	if err := r.producer.BeginTxn(); err != nil {
		return err
	}
	if _, _, err := r.producer.SendMessage(&sarama.ProducerMessage{Topic: "shipments", Value: msg.Value}); err != nil {
		return err
	}
	if err := r.producer.AddMessageToTxn(msg, "shipments", nil); err != nil {
		return err
	}
	return r.producer.CommitTxn()
}
