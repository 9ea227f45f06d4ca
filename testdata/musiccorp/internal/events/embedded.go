package events

import (
	"fmt"
	"strings"

	"github.com/twmb/franz-go/pkg/kfake"
)

// Broker is a Kafka in this process, for development and tests. It keeps
// everything in memory.
type Broker struct {
	cluster *kfake.Cluster
	Addr    string
}

// StartBroker starts a broker on the loopback interface, on any port that is
// free if port is 0.
func StartBroker(port int) (*Broker, error) {
	cluster, err := kfake.NewCluster(kfake.Ports(port), kfake.SeedTopics(1, Topic))
	if err != nil {
		return nil, fmt.Errorf("start broker: %w", err)
	}
	return &Broker{cluster: cluster, Addr: strings.Join(cluster.ListenAddrs(), ",")}, nil
}

// Close stops the broker.
func (b *Broker) Close() {
	b.cluster.Close()
}
