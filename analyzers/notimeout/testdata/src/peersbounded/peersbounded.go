// Package peersbounded gives its clients what bounds them, or what may.
package peersbounded

import (
	"context"
	"net/http"
	"time"

	"github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
)

func index(transport http.RoundTripper) error {
	es, err := elasticsearch.NewClient(elasticsearch.Config{Transport: transport})
	if err != nil {
		return err
	}
	_, err = esapi.BulkRequest{Index: "albums"}.Do(context.Background(), es)
	return err
}

func block(url string) (uint64, error) {
	c, err := rpc.DialHTTPWithClient(url, &http.Client{Timeout: 10 * time.Second})
	if err != nil {
		return 0, err
	}
	return ethclient.NewClient(c).BlockNumber(context.Background())
}
