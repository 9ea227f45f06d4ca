package loops

// libraries finds the calls of retry libraries.
func (f *finder) libraries() {}
