// Package storebounded sets what bounds all calls of a store: silent.
package storebounded

import (
	"context"
	"time"

	"github.com/go-ldap/ldap/v3"
	"github.com/gomodule/redigo/redis"
	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/valyala/fasthttp"
	"go.etcd.io/etcd/client/v3"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

func documents(uri string) error {
	client, err := mongo.Connect(options.Client().ApplyURI(uri).SetTimeout(10 * time.Second))
	if err != nil {
		return err
	}
	_, err = client.Database("d").Collection("albums").Find(context.Background(), nil)
	return err
}

func keys() error {
	c, err := clientv3.New(clientv3.Config{DialKeepAliveTime: 30 * time.Second})
	if err != nil {
		return err
	}
	_, err = c.Get(context.Background(), "k")
	return err
}

func cached(addr string) error {
	c, err := redis.Dial("tcp", addr, redis.DialReadTimeout(time.Second))
	if err != nil {
		return err
	}
	_, err = c.Do("GET", "k")
	return err
}

func produce() error {
	c, err := kgo.NewClient(kgo.SeedBrokers("kafka:9092"), kgo.RecordDeliveryTimeout(time.Minute))
	if err != nil {
		return err
	}
	c.ProduceSync(context.Background(), &kgo.Record{})
	return nil
}

func bind(addr string) error {
	l, err := ldap.DialURL(addr)
	if err != nil {
		return err
	}
	l.SetTimeout(5 * time.Second)
	return l.Bind("cn=admin", "")
}

func get(url string) error {
	req := &fasthttp.Request{}
	req.SetRequestURI(url)
	req.SetTimeout(time.Second)
	return fasthttp.Do(req, &fasthttp.Response{})
}
