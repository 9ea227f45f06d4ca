package defaults

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/IBM/sarama"
	"github.com/bradfitz/gomemcache/memcache"
	"github.com/digitalocean/godo"
	"github.com/go-ldap/ldap/v3"
	"github.com/go-resty/resty/v2"
	"github.com/gofiber/fiber/v2"
	"github.com/google/go-github/v62/github"
	"github.com/gorilla/websocket"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/labstack/echo/v4"
	"github.com/redis/go-redis/v9"
	"github.com/sashabaranov/go-openai"
	"github.com/segmentio/kafka-go"
	"github.com/sendgrid/rest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/valyala/fasthttp"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"golang.org/x/oauth2"

	"github.com/resilint/resilint/internal/catalog"
)

// TestUnbounded checks that what is listed has no default.
func TestUnbounded(t *testing.T) {
	assert.Zero(t, github.NewClient(nil).Client().Timeout, "go-github")
	assert.Zero(t, godo.NewClient(nil).HTTPClient.Timeout, "godo")
	assert.Zero(t, openai.DefaultConfig("").HTTPClient.(*http.Client).Timeout, "go-openai")
	assert.Zero(t, rest.DefaultClient.HTTPClient.Timeout, "sendgrid")
	assert.Zero(t, oauth2.NewClient(context.Background(), nil).Timeout, "oauth2")
	assert.Zero(t, resty.New().GetClient().Timeout, "resty")

	retrying := retryablehttp.NewClient()
	assert.Zero(t, retrying.HTTPClient.Timeout, "retryablehttp")
	assert.Equal(t, 4, retrying.RetryMax)

	e := echo.New()
	assert.Zero(t, e.Server.ReadTimeout+e.Server.ReadHeaderTimeout, "echo")
	assert.Zero(t, e.TLSServer.ReadTimeout+e.TLSServer.ReadHeaderTimeout, "echo")
	assert.Zero(t, fiber.New().Config().ReadTimeout, "fiber")

	client, err := kgo.NewClient()
	require.NoError(t, err)
	defer client.Close()
	assert.Zero(t, client.OptValue(kgo.RecordDeliveryTimeout), "franz-go")

	assert.Nil(t, options.Client().ApplyURI("mongodb://db").Timeout, "mongo")
}

// TestFinite checks the defaults that keep a library, or a part of its calls, out of the catalogue.
func TestFinite(t *testing.T) {
	r := redis.NewClient(&redis.Options{Addr: "db:6379"})
	defer r.Close()
	assert.Equal(t, 3*time.Second, r.Options().ReadTimeout)
	assert.Equal(t, 5*time.Second, r.Options().DialTimeout)
	assert.Equal(t, 3, r.Options().MaxRetries)
	assert.False(t, r.Options().ContextTimeoutEnabled)
	for _, off := range []time.Duration{-1, -2} {
		r := redis.NewClient(&redis.Options{Addr: "db:6379", ReadTimeout: off})
		assert.LessOrEqual(t, r.Options().ReadTimeout, time.Duration(0), "%d is none", off)
		r.Close()
	}

	assert.Equal(t, 500*time.Millisecond, memcache.DefaultTimeout)

	config := sarama.NewConfig().Net
	assert.Equal(t, [3]time.Duration{30 * time.Second, 30 * time.Second, 30 * time.Second},
		[3]time.Duration{config.DialTimeout, config.ReadTimeout, config.WriteTimeout}, "sarama")

	writer := &kafka.Writer{}
	stats := writer.Stats()
	assert.Equal(t, 10*time.Second, stats.ReadTimeout, "kafka-go")
	assert.Equal(t, 10*time.Second, stats.WriteTimeout, "kafka-go")

	assert.Equal(t, 45*time.Second, websocket.DefaultDialer.HandshakeTimeout, "gorilla")
	assert.Equal(t, time.Minute, ldap.DefaultTimeout, "go-ldap connects within that")
	assert.Equal(t, 3*time.Second, fasthttp.DefaultDialTimeout, "fasthttp connects within that")
}

// TestVersions checks that the rows name the releases that are checked here.
func TestVersions(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	require.NoError(t, err)
	versions := map[string]string{} // by path without major version
	for line := range strings.Lines(string(mod)) {
		if fields := strings.Fields(line); len(fields) == 2 && strings.HasPrefix(fields[1], "v") {
			versions[catalog.Path(fields[0])] = fields[1]
		}
	}
	checked := 0
	check := func(path, version string) {
		for module, built := range versions {
			if path == module || len(path) > len(module) && path[:len(module)+1] == module+"/" {
				assert.Contains(t, built, version, path)
				checked++
			}
		}
	}
	for _, lib := range catalog.Libraries() {
		if len(lib.Calls)+len(lib.Families)+len(lib.Types) > 0 {
			check(lib.Path, lib.Version)
		}
	}
	for _, f := range catalog.FiniteDefaults() {
		check(f.Path, f.Version)
	}
	assert.Greater(t, checked, 12)
}

// Not checked, because the values are not exported, and waiting for them takes longer than a test
// may: amqp091's heartbeats, JetStream's 5 s, stripe's 80 s, the drivers of database/sql.
