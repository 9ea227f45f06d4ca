package card

import "io"

func (c Card) html(w io.Writer) error { return nil }
