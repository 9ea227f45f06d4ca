package fixdetached

import (
	stdctx "context"
	web "net/http"
)

func send(ctx stdctx.Context, url string) error {
	req, err := web.NewRequestWithContext(ctx, web.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func renamed(parent stdctx.Context) error {
	ctx := stdctx.TODO() // want `leaves parent out`
	return send(ctx, "http://stock.internal/")
}

func request(parent stdctx.Context) error {
	req, err := web.NewRequest(web.MethodGet, "http://stock.internal/", nil) // want `leaves parent out`
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// shadowed means another ctx there: no fix.
func shadowed(ctx stdctx.Context) error {
	if ctx := "http://stock.internal/"; ctx != "" {
		return send(stdctx.Background(), ctx) // want `leaves c.x out`
	}
	return nil
}

func each(ctx stdctx.Context, urls []string) error {
	for _, url := range urls {
		if err := send(stdctx.Background(), url); err != nil { // want `leaves c.x out`
			return err
		}
	}
	return nil
}
