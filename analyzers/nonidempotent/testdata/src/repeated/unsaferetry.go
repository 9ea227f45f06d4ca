// Package repeated sends again what may have arrived.
package repeated

import (
	"bytes"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/hashicorp/go-retryablehttp"
	"github.com/stripe/stripe-go/v82"
	"github.com/stripe/stripe-go/v82/paymentintent"
)

var client = &http.Client{Timeout: 5 * time.Second}

func createOrder(url string, body []byte) error {
	for i := 0; i < 3; i++ {
		resp, err := client.Post(url, "application/json", bytes.NewReader(body)) // want `this POST is made up to 3 times: when only the answer was lost, the second makes another one; send an Idempotency-Key that is the same for all attempts, made before the first`
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func searchOrders(url string, body []byte) error {
	for i := 0; i < 3; i++ {
		resp, err := client.Post(url, "application/json", bytes.NewReader(body))
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func post(body []byte) (*http.Response, error) {
	req, err := http.NewRequest("POST", "http://shop/orders", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return client.Do(req)
}

func submit(body []byte) error {
	for i := 0; i < 3; i++ {
		resp, err := post(body) // want `this POST is made up to 3 times`
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func postKeyed(key string, body []byte) (*http.Response, error) {
	req, err := http.NewRequest("POST", "http://shop/orders", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Idempotency-Key", key)
	return client.Do(req)
}

func submitKeyed(body []byte) error {
	key := uuid.NewString()
	for i := 0; i < 3; i++ {
		resp, err := postKeyed(key, body)
		if err == nil {
			return resp.Body.Close()
		}
		time.Sleep(time.Second << i)
	}
	return nil
}

func charge(params *stripe.PaymentIntentParams) error {
	var err error
	for i := 0; i < 5; i++ {
		if _, err = paymentintent.New(params); err == nil { // want `this payment is made up to 5 times: when only the answer was lost, the customer pays twice`
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

func chargeKeyed(order string, params *stripe.PaymentIntentParams) error {
	params.SetIdempotencyKey(order)
	var err error
	for i := 0; i < 5; i++ {
		if _, err = paymentintent.New(params); err == nil {
			return nil
		}
		time.Sleep(time.Second << i)
	}
	return err
}

func createByItself(body []byte) error {
	c := retryablehttp.NewClient()
	resp, err := c.Post("http://shop/orders", "application/json", body) // want `this POST is sent up to 5 times by the client itself: when only the answer was lost, the second makes another one`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// The server confirms, so that a second intent is a second payment.
func confirmed(params *stripe.PaymentIntentParams, yes bool) { params.Confirm = &yes }
