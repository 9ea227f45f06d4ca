// Package goroutinespart starts a goroutine for each of a part of what there is: of a page, of what lies in a range.
package goroutinespart

import (
	"context"
	"sync"
)

type (
	account struct{ ID string }
	output  struct {
		Accounts  []account
		NextToken *string
	}
	duty struct {
		Slot uint64
		ID   string
	}
)

type client interface {
	ListAccounts(ctx context.Context, token *string) (*output, error)
	Duties(ctx context.Context) ([]duty, error)
	Get(ctx context.Context, id string) error
}

func each(ctx context.Context, c client, accounts []account) {
	var wg sync.WaitGroup
	for _, a := range accounts {
		wg.Go(func() { c.Get(ctx, a.ID) }) // want `this calls client.Get for each of accounts`
	}
	wg.Wait()
}

// first asks for one page.
func first(ctx context.Context, c client) error {
	page, err := c.ListAccounts(ctx, nil)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, s := range page.Accounts {
		wg.Go(func() { c.Get(ctx, s.ID) })
	}
	wg.Wait()
	return nil
}

// all asks for one page after the other.
func all(ctx context.Context, c client) error {
	var accounts []account
	var token *string
	for {
		page, err := c.ListAccounts(ctx, token)
		if err != nil {
			return err
		}
		for _, s := range page.Accounts {
			accounts = append(accounts, s)
		}
		if token = page.NextToken; token == nil {
			break
		}
	}
	each(ctx, c, accounts)
	return nil
}

// prepare leaves out what is not of the epoch.
func prepare(ctx context.Context, c client, first, last uint64) error {
	answer, err := c.Duties(ctx)
	if err != nil {
		return err
	}
	duties := make([]duty, 0, len(answer))
	for _, d := range answer {
		if d.Slot < first || d.Slot > last {
			continue
		}
		duties = append(duties, d)
	}
	for _, d := range duties {
		go func() { c.Get(ctx, d.ID) }()
	}
	var within []duty
	for _, d := range answer {
		if d.Slot >= first && last >= d.Slot {
			within = append(within, d)
		}
	}
	for _, d := range within {
		go func() { c.Get(ctx, d.ID) }()
	}
	var late []duty
	for _, d := range answer {
		if d.Slot < first || d.ID == "" {
			continue
		}
		late = append(late, d)
	}
	for _, d := range late {
		go func() { c.Get(ctx, d.ID) }() // want `this calls client.Get for each of late`
	}
	return nil
}
