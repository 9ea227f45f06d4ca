package standalone

func g() {
	bad() //nolint
	bad() //nolint:all
	bad() //nolint:resilint // why
	bad() //nolint:gosec,one // why
	bad() // nolint:One
	//nolint:resilint
	bad()
	bad() // want "bad called"
	//nolint:resilint
	if true {
		bad()
	}
	bad() //nolint:gosec // want "bad called"
	bad() //nolinted // want "bad called"
	bad() //nolint:two // want "bad called"
}

//nolint:one // all of it
func h() {
	bad()
	_ = bad() + worse() // want "worse called"
}
