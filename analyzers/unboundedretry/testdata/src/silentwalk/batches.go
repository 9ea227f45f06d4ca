package silentwalk

import (
	"errors"
	"net/http"
	"strings"
)

// Upload sends what it has in batches: a failure of one is told in the end.
func Upload(client *http.Client, records []string, size int) (failed error) {
	for len(records) > 0 {
		var batch, remaining []string
		if len(records) > size {
			batch, remaining = records[:size], records[size:]
		} else {
			batch = records
		}
		records = remaining

		var body strings.Builder
		write(&body, batch)
		if err := send(client, body.String()); err != nil {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

func write(to *strings.Builder, batch []string) {
	for _, record := range batch {
		to.WriteString(record)
	}
}

func send(client *http.Client, body string) error {
	resp, err := client.Post("http://bulk/records", "text/csv", strings.NewReader(body))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
