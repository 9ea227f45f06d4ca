package retry

type (
	Config        struct{}
	Option        func(*Config)
	RetryableFunc func() error
)

func Do(f RetryableFunc, opts ...Option) error { return nil }

func Attempts(uint) Option { return nil }
