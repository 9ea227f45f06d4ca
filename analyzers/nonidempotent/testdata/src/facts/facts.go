// Package facts tells others how far what its messages are about has come.
package facts

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"
	"github.com/segmentio/kafka-go"
)

type upload struct{ UploadID, UserID, Title string }

type transcoder struct {
	base   string
	writer *kafka.Writer
}

func (t *transcoder) publish(ctx context.Context, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return t.writer.WriteMessages(ctx, kafka.Message{Value: body})
}

func (t *transcoder) url(id string) string { return fmt.Sprintf("%s/%s", t.base, id) }

// Whoever is told twice that it is ready knows what they knew: silent.
func (t *transcoder) ready(ctx context.Context, task *asynq.Task) error {
	var up upload
	if err := json.Unmarshal(task.Payload(), &up); err != nil {
		return err
	}
	base := fmt.Sprintf("hls/%s/%s", up.UserID, up.UploadID)
	return t.publish(ctx, map[string]any{
		"uploadId": up.UploadID,
		"title":    up.Title,
		"master":   map[string]any{"url": t.url(fmt.Sprintf("%s/%s", base, "master.m3u8"))},
		"ready":    true,
	})
}

type transcoded struct{ UploadID, Status string }

// The same by a type, published here.
func (t *transcoder) typed(ctx context.Context, task *asynq.Task) error {
	var up upload
	if err := json.Unmarshal(task.Payload(), &up); err != nil {
		return err
	}
	body, err := json.Marshal(transcoded{UploadID: up.UploadID, Status: "ready"})
	if err != nil {
		return err
	}
	return t.writer.WriteMessages(ctx, kafka.Message{Value: body})
}

// The second one is another.
func (t *transcoder) stamped(ctx context.Context, task *asynq.Task) error { // want `each delivery publishes`
	var up upload
	if err := json.Unmarshal(task.Payload(), &up); err != nil {
		return err
	}
	return t.publish(ctx, map[string]any{"uploadId": up.UploadID, "ready": true, "at": time.Now()})
}

func (t *transcoder) fresh(ctx context.Context, task *asynq.Task) error { // want `each delivery publishes .*: whoever receives it acts twice; give what is published an id made of the message's`
	var up upload
	if err := json.Unmarshal(task.Payload(), &up); err != nil {
		return err
	}
	return t.publish(ctx, map[string]any{"id": uuid.NewString(), "uploadId": up.UploadID, "ready": true})
}

// It asks for something, and says nothing of how it stands.
func (t *transcoder) command(ctx context.Context, task *asynq.Task) error { // want `each delivery publishes`
	var up upload
	if err := json.Unmarshal(task.Payload(), &up); err != nil {
		return err
	}
	return t.publish(ctx, map[string]any{"uploadId": up.UploadID, "title": up.Title})
}
