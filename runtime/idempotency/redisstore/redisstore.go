// Package redisstore keeps the claims of package idempotency in Redis. It is a module of its own,
// so that nobody else depends on a client for Redis.
//
//	store := redisstore.New(client, "")
//	receipt, err := idempotency.Once(ctx, store, key, charge)
//
// All processes that use the same Redis know of the same keys, and it is the clock of Redis by which
// leases and TTLs run out. Each step is a script on one key, so it works in a cluster.
//
// What is known of a key is as durable as Redis is made. Replication is asynchronous: a failover
// may lose a claim, and then the work is done again, perhaps at the same time; WAIT would not change
// that. So does an eviction, unless maxmemory-policy is noeviction, and a restart without
// appendfsync always. Where that must not be, use a database (package sqlstore), and where effect
// and mark must not part, its OnceTx. A process that dies between the effect and the store's hearing of it
// leaves the key in flight, until its lease has run out and the work is done again.
package redisstore

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/resilint/resilint/runtime/idempotency"
)

// DefaultPrefix begins the names of keys in Redis where no other prefix is given.
const DefaultPrefix = "idempotency:"

// Each claim is a hash: token of the claim, done (0 in flight, 1 finished), fingerprint of the
// payload, lease (until when it is in flight, in milliseconds since 1970), result. It expires when
// the claim is over.
const clock = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
`

// The scripts. A claim is ARGV[1] by its token.
var (
	begin = redis.NewScript(clock + `
local old = redis.call('HMGET', KEYS[1], 'token', 'done', 'fingerprint', 'lease', 'result')
if old[1] == ARGV[1] then
	return {'claimed'} -- by this command, whose first answer was lost
end
if old[1] then
	if ARGV[2] ~= '' and old[3] ~= '' and ARGV[2] ~= old[3] then
		return {'mismatch'}
	end
	if old[2] == '1' then
		return {'finished', old[5]}
	end
	local left = old[4] - now
	if left > 0 then
		return {'in flight', left}
	end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'done', 0, 'fingerprint', ARGV[2], 'lease', string.format('%.0f', now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', ARGV[3] + ARGV[4]))
return {'claimed'}
`)
	complete = redis.NewScript(`
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then
	return 0
end
redis.call('HSET', KEYS[1], 'done', 1, 'result', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`)
	abandon = redis.NewScript(`
local old = redis.call('HMGET', KEYS[1], 'token', 'done')
if old[1] ~= ARGV[1] or old[2] ~= '0' then
	return 0
end
return redis.call('DEL', KEYS[1])
`)
)

// A Store keeps claims in Redis. It is safe for concurrent use; make it with [New].
type Store struct {
	client redis.Scripter
	prefix string
}

// New returns a store that uses client, which is a *redis.Client, a *redis.ClusterClient, or another
// one of go-redis. The names of its keys begin with prefix; "" means [DefaultPrefix].
//
// The client repeats commands that fail (MaxRetries), which does no harm: what was claimed, or
// finished, is so still.
func New(client redis.Scripter, prefix string) *Store {
	if prefix == "" {
		prefix = DefaultPrefix
	}
	return &Store{client, prefix}
}

// Begin claims a key, as [idempotency.Store] says. The error is Redis's.
func (s *Store) Begin(ctx context.Context, r idempotency.Request) (idempotency.Claim, error) {
	c := idempotency.Claim{Key: r.Key, TTL: r.TTL}
	token := rand.Text()
	answer, err := begin.Run(ctx, s.client, s.keys(r.Key), token, r.Fingerprint, millis(r.Lease), millis(r.TTL)).Slice()
	if err != nil {
		return c, err
	}
	if len(answer) == 0 {
		return c, fmt.Errorf("redisstore: the script's answer is empty")
	}
	switch answer[0] {
	case "claimed":
		c.State, c.Token = idempotency.Claimed, token
		return c, nil
	case "mismatch":
		c.State = idempotency.Mismatch
		return c, nil
	case "in flight":
		if left, ok := second[int64](answer); ok {
			c.State, c.Left = idempotency.InFlight, time.Duration(left)*time.Millisecond
			return c, nil
		}
	case "finished":
		if result, ok := second[string](answer); ok {
			c.State, c.Result = idempotency.Finished, []byte(result)
			return c, nil
		}
	}
	return c, fmt.Errorf("redisstore: the script's answer is %v", answer)
}

// second returns the second value of a script's answer.
func second[T any](answer []any) (v T, ok bool) {
	if len(answer) < 2 {
		return v, false
	}
	v, ok = answer[1].(T)
	return v, ok
}

// Complete finishes a claim, as [idempotency.Store] says. The error is idempotency.ErrLost, or
// Redis's.
func (s *Store) Complete(ctx context.Context, c idempotency.Claim, result []byte) error {
	return owned(complete.Run(ctx, s.client, s.keys(c.Key), c.Token, result, millis(c.TTL)).Int())
}

// Abandon gives a claim back, as [idempotency.Store] says: it deletes its key. The error is
// idempotency.ErrLost, or Redis's.
func (s *Store) Abandon(ctx context.Context, c idempotency.Claim) error {
	return owned(abandon.Run(ctx, s.client, s.keys(c.Key), c.Token).Int())
}

func (s *Store) keys(key string) []string { return []string{s.prefix + key} }

// owned returns the error for a script that does something only if the claim is the owner's.
func owned(n int, err error) error {
	if err == nil && n == 0 {
		err = idempotency.ErrLost
	}
	return err
}

// millis returns d in milliseconds, and not less than one.
func millis(d time.Duration) int64 { return max(1, d.Milliseconds()) }
