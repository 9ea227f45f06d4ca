package watermill

import (
	"time"

	"github.com/ThreeDotsLabs/watermill/message/router/middleware"
)

func use(func(middleware.HandlerFunc) middleware.HandlerFunc) {}

func good() {
	use(middleware.Retry{ // want `^ThreeDotsLabs/watermill: attempts=4 bounds=attempts,context growth=exponential jitter=random delay=100ms ceiling=10s$`
		MaxRetries:          3,
		InitialInterval:     100 * time.Millisecond,
		MaxInterval:         10 * time.Second,
		Multiplier:          2,
		RandomizationFactor: .5,
	}.Middleware)
}

func noJitter(n int) {
	retry := middleware.Retry{MaxRetries: n, InitialInterval: time.Second, MaxInterval: time.Minute, Multiplier: 2} // want `attempts=0 bounds=attempts,context growth=exponential jitter=none delay=1s ceiling=1m0s$`
	use(retry.Middleware)
}

func noDelay() {
	use(middleware.Retry{MaxRetries: 5}.Middleware) // want `attempts=6 bounds=attempts,context growth=none$`
}

func constant() {
	use(middleware.Retry{MaxRetries: 5, InitialInterval: time.Second, MaxInterval: time.Second, Multiplier: 1}.Middleware) // want `attempts=6 bounds=attempts,context growth=constant jitter=none delay=1s ceiling=1s$`
}

func setLater() *middleware.Retry {
	r := &middleware.Retry{MaxRetries: 2} // want `attempts=3 bounds=attempts,context growth=constant jitter=none delay=2s$`
	r.InitialInterval = 2 * time.Second
	return r
}

func copied(r middleware.Retry) { use(r.Middleware) }

func none() { use(middleware.Retry{}.Middleware) }
