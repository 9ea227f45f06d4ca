package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
)

// Fingerprints returns a name for each finding that stays the same while the code around it moves: it is
// made of the rule, the file as seen from root, and the text of the line; and of how many findings
// before it are the same in all of these. findings are sorted.
func Fingerprints(root string, findings []Finding) []string {
	lines := map[string][][]byte{}
	seen := map[string]int{}
	names := make([]string, len(findings))
	for i, f := range findings {
		text, ok := lines[f.Pos.Filename]
		if !ok {
			if src, err := os.ReadFile(f.Pos.Filename); err == nil {
				text = bytes.Split(src, []byte("\n"))
			}
			lines[f.Pos.Filename] = text
		}
		var line []byte
		if n := f.Pos.Line - 1; n >= 0 && n < len(text) {
			line = bytes.Join(bytes.Fields(text[n]), []byte(" "))
		}
		sum := sha256.Sum256(fmt.Appendf(nil, "%s/%s\x00%s\x00%s", f.Rule, f.Code, filepath.ToSlash(Rel(root, f.Pos.Filename)), line))
		name := hex.EncodeToString(sum[:8])
		seen[name]++
		names[i] = fmt.Sprintf("%s:%d", name, seen[name])
	}
	return names
}
