package silentfailover

import (
	"bytes"
	"encoding/json"
	"net/http"
)

// A seller is one of several.
type seller struct{ ID, URL string }

// Order asks one seller after the other, through a gateway that is told which.
func Order(client *http.Client, gateway string, sellers []seller) error {
	for _, p := range sellers {
		body, err := json.Marshal(map[string]any{"to": map[string]any{"id": p.ID, "url": p.URL}})
		if err != nil {
			return err
		}
		resp, err := client.Post(gateway, "application/json", bytes.NewReader(body))
		if err == nil {
			return resp.Body.Close()
		}
	}
	return nil
}
