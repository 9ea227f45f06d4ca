package timeout

import (
	"time"

	"github.com/failsafe-go/failsafe-go"
)

type Timeout[R any] interface{ failsafe.Policy[R] }

func New[R any](d time.Duration) Timeout[R] { return nil }
