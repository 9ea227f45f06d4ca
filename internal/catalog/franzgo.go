package catalog

// franz-go delivers a record for as long as it takes (RecordDeliveryTimeout, RecordRetries:
// unlimited).
var _ = register(&Library{
	Path:    "github.com/twmb/franz-go/pkg/kgo",
	Version: "v1.22.3",
	Default: "for ever",
	Source:  "RecordDeliveryTimeout, RecordRetries",
	Calls: each(Call{Kind: Query, Context: Arg0, Advice: "Kafka's client tries to deliver for ever unless RecordDeliveryTimeout is set"},
		"github.com/twmb/franz-go/pkg/kgo.Client", "ProduceSync", "Flush"),
	Bounders: []string{
		"github.com/twmb/franz-go/pkg/kgo.RecordDeliveryTimeout",
		"github.com/twmb/franz-go/pkg/kgo.RecordRetries",
	},
})

var _ = carry(&Traffic{
	Path:    "github.com/twmb/franz-go/pkg/kgo",
	Version: "v1.22.2",
	Source:  "Client.PollFetches, Client.CommitRecords",
	Name:    "Kafka", Again: "after a rebalance or a crash",
	Receivers: []string{"github.com/twmb/franz-go/pkg/kgo.Client.PollFetches", "github.com/twmb/franz-go/pkg/kgo.Client.PollRecords"},
	Acks:      []string{"github.com/twmb/franz-go/pkg/kgo.Client.CommitRecords", "github.com/twmb/franz-go/pkg/kgo.Client.MarkCommitRecords"},
	Begins:    []string{"github.com/twmb/franz-go/pkg/kgo.Client.BeginTransaction", "github.com/twmb/franz-go/pkg/kgo.GroupTransactSession.Begin"},
	Deeds: []Deed{
		{Name: "github.com/twmb/franz-go/pkg/kgo.Client.ProduceSync", Kind: Publishes},
		{Name: "github.com/twmb/franz-go/pkg/kgo.Client.Produce", Kind: Publishes},
	},
})
