// Command shopper places orders with a shop that is running.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"time"

	"github.com/musiccorp/musiccorp/internal/env"
	"github.com/musiccorp/musiccorp/internal/id"
	"github.com/musiccorp/musiccorp/internal/web"
	"github.com/musiccorp/musiccorp/order"
)

var client = &http.Client{Timeout: 10 * time.Second}

func main() {
	log.SetFlags(0)
	n := flag.Int("n", 1, "how many orders to place")
	sku := flag.String("sku", "give-blood", "what to buy")
	customer := flag.String("customer", "sam", "who buys")
	flag.Parse()
	shop := env.Get("ORDER_URL", "http://localhost:8080")
	for range *n {
		begun := time.Now()
		c, err := buy(shop, order.Request{ID: id.New("ord"), SKU: *sku, Quantity: 1, Customer: *customer})
		if err != nil {
			log.Fatalf("after %v: %v", time.Since(begun).Round(time.Millisecond), err)
		}
		line, err := json.Marshal(c)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%v %s\n", time.Since(begun).Round(time.Millisecond), line)
	}
}

func buy(shop string, req order.Request) (order.Confirmation, error) {
	var c order.Confirmation
	body, err := web.Body(req)
	if err != nil {
		return c, err
	}
	resp, err := client.Post(shop+"/orders", "application/json", body)
	if err != nil {
		return c, err
	}
	defer resp.Body.Close()
	return c, web.Read(resp, &c)
}
