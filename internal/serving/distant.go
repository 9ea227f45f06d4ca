package serving

import (
	"bytes"
	"encoding/gob"
	"maps"
	"slices"
)

// Distant are functions that leave the process, by name.
type Distant map[string]Far

// A distant is one of them: gob writes maps in any order, and facts must be the same bytes each time.
type distant struct {
	Name string
	Far  Far
}

// GobEncode implements gob.GobEncoder.
func (d Distant) GobEncode() ([]byte, error) {
	var list []distant
	for _, name := range slices.Sorted(maps.Keys(d)) {
		list = append(list, distant{name, d[name]})
	}
	var out bytes.Buffer
	err := gob.NewEncoder(&out).Encode(list)
	return out.Bytes(), err
}

// GobDecode implements gob.GobDecoder.
func (d *Distant) GobDecode(data []byte) error {
	var list []distant
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&list); err != nil {
		return err
	}
	*d = Distant{}
	for _, f := range list {
		(*d)[f.Name] = f.Far
	}
	return nil
}
