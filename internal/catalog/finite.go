package catalog

// A Finite is a library whose calls give up by themselves. It is not listed: its calls do not hang.
type Finite struct {
	Path    string
	Version string // the release that was read
	Source  string // where in it
	Default string // when it gives up
}

var finite = []Finite{
	{"github.com/redis/go-redis", "v9.19.0", "Options.ReadTimeout, Options.DialTimeout, Options.MaxRetries", "3 s to read (5 s in newer releases), 5 s to connect, 4 tries; a `ReadTimeout` of -1 is none, and is reported"},
	{"github.com/bradfitz/gomemcache/memcache", "v0.0.0-20250403215159", "DefaultTimeout", "0.5 s"},
	{"github.com/IBM/sarama", "v1.45.1", "NewConfig: Net.DialTimeout, Net.ReadTimeout, Net.WriteTimeout", "30 s, a try"},
	{"github.com/segmentio/kafka-go", "v0.4.51", "Writer.ReadTimeout, Writer.WriteTimeout", "10 s, a try of its Writer; readers wait for messages"},
	{"github.com/nats-io/nats.go/jetstream", "v1.52.0", "defaultAPITimeout", "5 s"},
	{"github.com/stripe/stripe-go", "v72.50.0", "defaultHTTPTimeout", "80 s"},
}

// FiniteDefaults returns the libraries that are not listed because their calls do not hang.
func FiniteDefaults() []Finite { return finite }
