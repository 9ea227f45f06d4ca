package unit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
)

// A file of facts that is not empty begins with a mark and the length of the types, which may be
// left out. The facts follow. Nobody but the same executable reads it: the go command keeps it
// under the executable's name.
const mark = "resilint"

const header = len(mark) + 8

// A vetx is the content of a file of facts.
type vetx struct {
	types, facts []byte
}

func readVetx(name string) (vetx, error) {
	if name == "" {
		return vetx{}, nil
	}
	data, err := os.ReadFile(name)
	if err != nil || len(data) == 0 {
		return vetx{}, err
	}
	if len(data) < header || string(data[:len(mark)]) != mark {
		return vetx{}, fmt.Errorf("%s: not a file of facts", name)
	}
	size := binary.LittleEndian.Uint64(data[len(mark):])
	data = data[header:]
	if size > uint64(len(data)) {
		return vetx{}, fmt.Errorf("%s: file of facts is cut short", name)
	}
	return vetx{types: data[:size], facts: data[size:]}, nil
}

// write writes the file, if the go command wants one.
func (v vetx) write(name string) error {
	if name == "" {
		return nil
	}
	var buf bytes.Buffer
	if len(v.types) > 0 || len(v.facts) > 0 {
		buf.WriteString(mark)
		buf.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(v.types))))
		buf.Write(v.types)
		buf.Write(v.facts)
	}
	return os.WriteFile(name, buf.Bytes(), 0o666)
}
