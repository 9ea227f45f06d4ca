package inverted

import (
	"context"
	"flag"
	"time"
)

var limit = flag.Duration("limit", time.Second, "how long it may take")

// Shorter is as it has to be.
func Shorter(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, 3*time.Second)
	defer stop()
	return send(ctx, "http://stock.internal/")
}

// Same is no contradiction.
func Same(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	return send(ctx, "http://stock.internal/")
}

// Apart are two contexts of one parent.
func Apart(parent context.Context) error {
	ctx, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	if err := send(ctx, "http://stock.internal/ping"); err != nil {
		return err
	}
	ctx, cancel = context.WithTimeout(parent, 30*time.Second)
	defer cancel()
	return send(ctx, "http://stock.internal/export")
}

// Configured is not known.
func Configured(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, *limit)
	defer cancel()
	ctx, stop := context.WithTimeout(ctx, 30*time.Second)
	defer stop()
	return send(ctx, "http://stock.internal/")
}

// Sometimes has the short deadline under a condition.
func Sometimes(ctx context.Context, hurry bool) error {
	if hurry {
		short, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		ctx = short
	}
	ctx, stop := context.WithTimeout(ctx, 30*time.Second)
	defer stop()
	return send(ctx, "http://stock.internal/")
}

// Free of the short one's end by WithoutCancel.
func Free(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer stop()
	return send(ctx, "http://stock.internal/")
}

// Cap is called by others, too: it is a limit for those who set none.
func Cap(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return send(ctx, "http://stock.internal/")
}

// Hurried has less.
func Hurried(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return Cap(ctx)
}

// audit has one caller that sets no deadline.
func audit(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return send(ctx, "http://stock.internal/audit")
}

// Audit and AuditNow call it.
func Audit(ctx context.Context) error { return audit(ctx) }

func AuditNow(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return audit(ctx)
}
