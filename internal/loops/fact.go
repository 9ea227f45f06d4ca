package loops

// Operates is the fact that a function makes a remote call, and returns its error. Surely says that
// the call is one that the catalogue lists.
type Operates struct{ Surely bool }

// AFact makes Operates a fact.
func (*Operates) AFact() {}

func (o *Operates) String() string {
	if o.Surely {
		return "makes a remote call"
	}
	return "probably makes a remote call"
}

// Pauses is the fact that a function waits.
type Pauses struct{}

// AFact makes Pauses a fact.
func (*Pauses) AFact() {}

func (*Pauses) String() string { return "waits" }

// Repeats is the fact that a function retries a remote operation.
type Repeats struct{ Attempts int64 }

// AFact makes Repeats a fact.
func (*Repeats) AFact() {}

func (*Repeats) String() string { return "retries" }
