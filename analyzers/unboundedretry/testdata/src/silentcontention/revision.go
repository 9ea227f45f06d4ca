package silentcontention

import (
	"context"
	"encoding/json"
	"log"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// read ends with the first failure to read.
func read(ctx context.Context, kv jetstream.KeyValue, key string) (list []string, revision uint64, err error) {
	entry, err := kv.Get(ctx, key)
	if err != nil {
		return nil, 0, err
	}
	return list, entry.Revision(), json.Unmarshal(entry.Value(), &list)
}

// AddTo writes a list back if it is the one that was read.
func AddTo(ctx context.Context, kv jetstream.KeyValue, key, value string) error {
	for {
		list, revision, err := read(ctx, kv, key)
		if err != nil {
			return err
		}
		text, err := json.Marshal(append(list, value))
		if err != nil {
			return err
		}
		if _, err = kv.Update(ctx, key, text, revision); err == nil {
			return nil
		}
		log.Print(err)
		time.Sleep(time.Second)
	}
}

// Replace asks the entry itself for its revision.
func Replace(ctx context.Context, kv jetstream.KeyValue, key string, text []byte) error {
	for {
		entry, err := kv.Get(ctx, key)
		if err != nil {
			return err
		}
		if _, err = kv.Update(ctx, key, text, entry.Revision()); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
}
