package idempotency

import (
	"net/http"
	"strings"
	"testing"
)

func TestKey(t *testing.T) {
	seen := make(map[string][]string)
	for _, parts := range [][]string{
		{"a"}, {"a", "b"}, {"a", "b", "c"}, {"a/b", "c"}, {"a", "b/c"}, {"a%2Fb", "c"}, {"", "a"}, {"", "", "a"}, {"\xff"}, {"\x00"},
	} {
		key := Key(parts...)
		if old, ok := seen[key]; ok || key == "" || storable(key) != key {
			t.Errorf("%q: %q, as for %q", parts, key, old)
		}
		seen[key] = parts
	}
	if Key() != "" || Key("payments", "") != "" {
		t.Error("a key without an id")
	}
}

func TestStorable(t *testing.T) {
	long := strings.Repeat("é", 128)
	for _, key := range []string{"a\x00", "a\n", "\xff", long, "sha256:1"} {
		got := storable(key)
		if len(got) > MaxKey || !strings.HasPrefix(got, "sha256:") || got == key {
			t.Errorf("%q is stored as %q", key, got)
		}
	}
	for _, key := range []string{"orders/1", "é ", long[:254], "sha256"} {
		if got := storable(key); got != key {
			t.Errorf("%q is stored as %q", key, got)
		}
	}
}

func TestFingerprint(t *testing.T) {
	if fingerprint([]byte("ab"), []byte("c")) == fingerprint([]byte("a"), []byte("bc")) {
		t.Error("other parts have the same fingerprint")
	}
	if got := fingerprint(nil); len(got) != 64 {
		t.Errorf("%q", got)
	}
}

func TestKeyOf(t *testing.T) {
	for in, want := range map[string]string{
		`"8e03978e-40d5-43dd-bc93-6894a57f9324"`: "8e03978e-40d5-43dd-bc93-6894a57f9324",
		`8e03978e-40d5-43dd-bc93-6894a57f9324`:   "8e03978e-40d5-43dd-bc93-6894a57f9324",
		` "a b, c" `:                             "a b, c",
		`"say \"hi\" \\ bye"`:                    `say "hi" \ bye`,
		`a+/=;b`:                                 "a+/=;b",
		strings.Repeat("k", 255):                 strings.Repeat("k", 255),
		// What follows is malformed.
		``: "", `""`: "", ` `: "", `"`: "", `"a`: "", `a"`: "", `"a" "b"`: "", `"a";p`: "", `"\a"`: "", `"a\`: "", `a b`: "", `a,b`: "",
		"a\x7f": "", "\"\x01\"": "", "é": "", `"é"`: "", strings.Repeat("k", 256): "", `"` + strings.Repeat("k", 256) + `"`: "",
	} {
		got, err := keyOf(http.Header{Header: {in}})
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%s: %q, error %v; want %q", in, got, err, want)
		}
	}
	if key, err := keyOf(http.Header{}); key != "" || err != nil {
		t.Errorf("no header: %q, error %v", key, err)
	}
	if _, err := keyOf(http.Header{Header: {"a", "b"}}); err == nil {
		t.Error("two headers: no error")
	}
}

func FuzzKeyOf(f *testing.F) {
	f.Add(`"a\"b"`)
	f.Add("a")
	f.Fuzz(func(t *testing.T, in string) {
		key, err := keyOf(http.Header{Header: {in}})
		if err != nil {
			return
		}
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(key) + `"`
		if again, err := keyOf(http.Header{Header: {quoted}}); again != key || err != nil {
			t.Errorf("%q is %q, and that as a string is %q, error %v", in, key, again, err)
		}
	})
}
