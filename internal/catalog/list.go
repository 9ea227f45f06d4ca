package catalog

// Libraries returns the whole catalogue, for documentation and tests. It must not be changed.
func Libraries() []*Library { return libraries }
