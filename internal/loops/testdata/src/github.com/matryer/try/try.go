package try

type Func func(attempt int) (retry bool, err error)

func Do(f Func) error { return nil }
