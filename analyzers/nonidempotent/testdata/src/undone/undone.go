// Package undone works off what is not done yet, as the conditions of its lookups say.
package undone

import (
	"context"
	"errors"
	"fmt"

	"github.com/hibiken/asynq"
	"gorm.io/gorm"
)

type (
	receipt struct {
		gorm.Model
		Amount    int
		IsMatched bool
		Status    string
	}
	entry struct {
		gorm.Model
		Amount int
	}
	book struct{ db *gorm.DB }
)

type standing string

const (
	pending standing = "pending"
	active  standing = "active"
)

// It says in line what it looks for, and sets it.
func (b *book) match(ctx context.Context, task *asynq.Task) error {
	return b.db.Transaction(func(tx *gorm.DB) error {
		var r receipt
		if err := tx.First(&r, "id = ? AND is_matched = ?", string(task.Payload()), false).Error; err != nil {
			return fmt.Errorf("no such receipt: %w", err)
		}
		if err := tx.Create(&entry{Amount: r.Amount}).Error; err != nil {
			return err
		}
		return tx.Model(&r).Update("is_matched", true).Error
	})
}

// By a state, and with more than one answer.
func (b *book) waiting(ctx context.Context, task *asynq.Task) error {
	var r receipt
	if err := b.db.Where("id = ? AND status = ?", string(task.Payload()), pending).First(&r).Error; err != nil {
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil
		}
		return err
	}
	return b.db.Create(&entry{Amount: r.Amount}).Error
}

// What is active stays so.
func (b *book) lively(ctx context.Context, task *asynq.Task) error { // want `each delivery adds a row`
	var r receipt
	if err := b.db.Where("id = ? AND status = ?", string(task.Payload()), active).First(&r).Error; err != nil {
		return err
	}
	return b.db.Create(&entry{Amount: r.Amount}).Error
}

// What is matched, is so the second time, too.
func (b *book) matched(ctx context.Context, task *asynq.Task) error { // want `each delivery adds a row`
	var r receipt
	if err := b.db.First(&r, "id = ? AND is_matched = ?", string(task.Payload()), true).Error; err != nil {
		return err
	}
	return b.db.Create(&entry{Amount: r.Amount}).Error
}

// It goes on without one.
func (b *book) anyway(ctx context.Context, task *asynq.Task) error { // want `each delivery adds a row`
	var r receipt
	if err := b.db.First(&r, "id = ? AND is_matched = ?", string(task.Payload()), false).Error; err != nil {
		r.Amount = 1
	}
	return b.db.Create(&entry{Amount: r.Amount}).Error
}

func (b *book) open(day string) ([]receipt, error) {
	var all []receipt
	if err := b.db.Where("day = ? AND status = ?", day, pending).Find(&all).Error; err != nil {
		return nil, err
	}
	return all, nil
}

func (b *book) kept(day string) ([]receipt, error) {
	var all []receipt
	if err := b.db.Where("day = ? AND status = ?", day, active).Find(&all).Error; err != nil {
		return nil, err
	}
	return all, nil
}

// The second run works off what the first has left.
func (b *book) batch(ctx context.Context, task *asynq.Task) error {
	all, err := b.open(string(task.Payload()))
	if err != nil {
		return err
	}
	for _, r := range all {
		if err := b.db.Create(&entry{Amount: r.Amount}).Error; err != nil {
			return err
		}
		b.db.Model(&r).Update("status", "done")
	}
	return nil
}

// The second run finds the same.
func (b *book) again(ctx context.Context, task *asynq.Task) error { // want `each delivery adds a row`
	all, err := b.kept(string(task.Payload()))
	if err != nil {
		return err
	}
	for _, r := range all {
		if err := b.db.Create(&entry{Amount: r.Amount}).Error; err != nil {
			return err
		}
	}
	return nil
}
