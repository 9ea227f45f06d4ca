// Package handled sends, by methods and interfaces whose names might be of a handler.
package handled

import (
	"context"
	"time"
)

// An Order is to be paid.
type Order struct{ ID string }

// A Processor takes payments.
type Processor interface {
	Process(ctx context.Context, order Order) error
}

// A StorageHandler has a server behind it.
type StorageHandler interface {
	Upload(ctx context.Context, order Order) error
}

type shop struct {
	processor Processor
	storage   StorageHandler
	tries     int
}

func (s *shop) Paid(ctx context.Context, order Order) (err error) {
	delay := 100 * time.Millisecond
	for range s.tries { // want `Processor.Process`
		if err = s.processor.Process(ctx, order); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}

func (s *shop) Stored(ctx context.Context, order Order) (err error) {
	delay := 100 * time.Millisecond
	for range s.tries { // want `StorageHandler.Upload`
		if err = s.storage.Upload(ctx, order); err == nil {
			return nil
		}
		time.Sleep(delay)
		delay *= 2
	}
	return err
}
