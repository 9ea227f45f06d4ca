package config_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/config"
)

// The rules of the tests: slow has flags, quiet has none.
var rules = []*analysis.Analyzer{
	{Name: "quiet", Doc: "be quiet"},
	{Name: "slow", Doc: "be slow", Flags: slowFlags()},
}

func slowFlags() flag.FlagSet {
	fs := flag.NewFlagSet("slow", flag.ContinueOnError)
	fs.Duration("wait", 3*time.Second, "how long to `wait`")
	fs.Int("tries", 3, "how often")
	fs.Bool("loud", false, "whether to say so")
	fs.Var(new(mood), "mood", "its mood")
	return *fs
}

type mood string

func (m *mood) String() string    { return string(*m) }
func (m *mood) Choices() []string { return []string{"good", "bad"} }
func (m *mood) Set(s string) error {
	if s != "good" && s != "bad" {
		return fmt.Errorf("%q is neither good nor bad", s)
	}
	*m = mood(s)
	return nil
}

const complete = `
rules:
  quiet: false
  slow: true
slow:
  wait: 5s
  tries: 2
  loud: true
  mood: bad
catalog:
  - path: example.org/kit/v3/rpc
    calls:
      - name: Client.Call
        kind: query
        client: receiver
        context: 0
        advice: >
          use Client.CallFor,
          which has a timeout
      - {name: Dial, kind: dial, network: 0, address: 1, timeout: 2, handshake: true}
      - {name: Serve, kind: serve, listener: 0}
      - {name: Do, kind: exchange, request: 1}
      - {name: Ask, kind: query}
      - {name: Tell, kind: query, context: 1}
    types:
      - name: Client
        bounds: [Timeout, Deadline]
        phases: [HeaderTimeout]
        inner: [Transport]
        setters: [{name: SetTimeout}, {name: WithTimeout, argument: 1}]
        chain: true
    makers:
      - {name: New, type: Client}
      - {name: NewHTTP, type: net/http.Client, base: 0}
      - {name: Client.Clone, base: receiver}
    contexts:
      - {name: Detach, deadline: drops}
      - {name: With, deadline: keeps, from: 0}
      - {name: Brief, deadline: sets}
    bounded: [Client.Ping]
    bounded-by: [example.org/kit/v2/mw.Timeout, gopkg.in/mw.v1.Chain.Timeout]
`

// library is what the catalogue makes of it.
var library = catalog.Library{
	Path: "example.org/kit/rpc",
	Calls: []catalog.Call{
		{
			Name: "example.org/kit/rpc.Client.Call", Kind: catalog.Query, Object: catalog.Recv, Context: catalog.Arg0,
			Advice: "rpc sets none", Remedy: "use Client.CallFor, which has a timeout",
		},
		{
			Name: "example.org/kit/rpc.Dial", Kind: catalog.Dial, Network: catalog.Arg0, Peer: catalog.Arg1, Timeout: catalog.Arg2, Handshake: true,
			Advice: "make it with something that has a timeout",
		},
		{Name: "example.org/kit/rpc.Serve", Kind: catalog.Serve, Listener: catalog.Arg0},
		{Name: "example.org/kit/rpc.Do", Kind: catalog.Exchange, Request: catalog.Arg1, Advice: "give the request a context from context.WithTimeout"},
		{Name: "example.org/kit/rpc.Ask", Kind: catalog.Query, Advice: "make it with something that has a timeout"},
		{Name: "example.org/kit/rpc.Tell", Kind: catalog.Query, Context: catalog.Arg1, Advice: "rpc sets none"},
	},
	Types: []catalog.Type{{
		Name: "example.org/kit/rpc.Client", Bounds: []string{"Timeout", "Deadline"}, Phases: []string{"HeaderTimeout"}, Inner: []string{"Transport"},
		Setters: []catalog.Setter{{Name: "SetTimeout", Value: catalog.Arg0}, {Name: "WithTimeout", Value: catalog.Arg1}}, Chain: true,
	}},
	Makers: []catalog.Maker{
		{Name: "example.org/kit/rpc.New", Type: "example.org/kit/rpc.Client"},
		{Name: "example.org/kit/rpc.NewHTTP", Type: "net/http.Client", Base: catalog.Arg0},
		{Name: "example.org/kit/rpc.Client.Clone", Base: catalog.Recv},
	},
	Hands: []catalog.Handover{
		{Name: "example.org/kit/rpc.Detach", Effect: catalog.Drops},
		{Name: "example.org/kit/rpc.With", Effect: catalog.Keeps, Parent: catalog.Arg0},
		{Name: "example.org/kit/rpc.Brief", Effect: catalog.Sets},
	},
	Bounded:  []string{"example.org/kit/rpc.Client.Ping"},
	Bounders: []string{"example.org/kit/mw.Timeout", "gopkg.in/mw.Chain.Timeout"},
}

func TestParse(t *testing.T) {
	t.Cleanup(func() { require.NoError(t, catalog.Extend(nil)) })
	cfg, err := config.Parse("f", []byte(complete), rules)
	require.NoError(t, err)
	assert.Equal(t, "f", cfg.File)
	assert.Equal(t, []config.Flag{
		{Name: "quiet", Value: "false"},
		{Name: "slow.wait", Value: "5s"}, {Name: "slow.tries", Value: "2"}, {Name: "slow.loud", Value: "true"}, {Name: "slow.mood", Value: "bad"},
	}, cfg.Flags())
	require.NoError(t, cfg.Extend())
	libs := catalog.Libraries()
	assert.Equal(t, library, *libs[len(libs)-1])
	assert.Equal(t, "3s", rules[1].Flags.Lookup("wait").Value.String(), "parsing sets no flags")
}

func TestParseEmpty(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"comments":          "# nothing\n",
		"begin":             "---\n",
		"begin and comment": "---\n# nothing\n",
		"commented out":     "rules:\n  # quiet: false\ncatalog:\n  # - path: x\n",
		"empty":             "{}\n",
		"byte order mark":   "\ufeff{}\n",
		"a library without": "catalog:\n  - path: example.org/kit\n    calls:\n    bounded: []\n",
	} {
		t.Run(name, func(t *testing.T) {
			cfg, err := config.Parse("f", []byte(text), rules)
			require.NoError(t, err)
			assert.Empty(t, cfg.Flags())
		})
	}
}

func TestParseErrors(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"not YAML":                {"rules: [\n", []string{`f:1: not YAML: did not find expected node content`}},
		"not YAML, line 1":        {"\t", []string{`f:1: not YAML: found character that cannot start any token`}},
		"wrong indent":            {"rules:\n  quiet: false\n slow: true\n", []string{`f:3: not YAML: did not find expected key`}},
		"wrong indent, below":     {"rules:\n  quiet: false\nslow:\n  wait: 1s\n   tries: 2\n", []string{`f:5: not YAML: mapping values are not allowed in this context`}},
		"wrong indent, in a list": {"rules:\n  quiet: false\ncatalog:\n  - path: a\n    calls: []\n - path: b\n", []string{`f:6: not YAML: did not find expected key`}},
		"value in a value":        {"rules:\n  quiet: x: y\n", []string{`f:2: not YAML: mapping values are not allowed in this context`}},
		"two documents":           {"rules:\n---\nrules:\n", []string{`f:2:1: a second document, want one`}},
		"then not YAML":           {"rules:\n---\n\t\n", []string{`f:3: not YAML: found character that cannot start any token`}},
		"a list":                  {"- rules\n", []string{`f:1:1: a list, want a mapping with the keys catalog, exclude, dependencies, rules, severity, fixstyle, slow`}},
		"text":                    {"rules\n", []string{`f:1:1: "rules", want a mapping with the keys catalog, exclude, dependencies, rules, severity, fixstyle, slow`}},
		"unknown key":             {"catalogue: []\n", []string{`f:1:1: unknown key "catalogue": did you mean catalog?`}},
		"unknown key, no guess":   {"verbose: true\n", []string{`f:1:1: unknown key "verbose", want one of catalog, exclude, dependencies, rules, severity, fixstyle, slow`}},
		"case":                    {"Rules:\n", []string{`f:1:1: unknown key "Rules": did you mean rules?`}},
		"unknown rule":            {"rules: {qiuet: true}\n", []string{`f:1:9: unknown key "qiuet": did you mean quiet?`}},
		"rule without settings":   {"quiet: {}\n", []string{`f:1:1: unknown key "quiet", want one of catalog, exclude, dependencies, rules, severity, fixstyle, slow`}},
		"unknown setting":         {"slow:\n  wiat: 1s\n", []string{`f:2:3: unknown key "wiat": did you mean wait?`}},
		"neither on nor off":      {"rules:\n  quiet: sometimes\n", []string{`f:2:10: "sometimes", want true or false`}},
		"a bad value":             {"slow:\n  mood: odd\n", []string{`f:2:9: mood: "odd" is neither good nor bad`}},
		"no unit":                 {"slow:\n  wait: 30\n", []string{`f:2:9: wait: parse error`}},
		"no value":                {"slow:\n  wait:\n", []string{`f:2:8: nothing, want a value as for the flag -slow.wait`}},
		"a list for a value":      {"slow:\n  wait: [1s]\n", []string{`f:2:9: a list, want a value as for the flag -slow.wait`}},
		"twice":                   {"slow:\nrules:\nslow:\n", []string{`f:3:1: slow is given twice, first in line 1`}},
		"a mapping as key":        {"{a: b}: c\n", []string{`f:1:1: a mapping as a key, want a name`}},
		"alias":                   {"slow: &s {}\nrules: *s\n", []string{`f:2:8: an alias (*s), which is not understood here, want a mapping with the keys quiet, slow`}},
		"merge":                   {"slow:\n  <<: {wait: 1s}\n", []string{`f:2:3: unknown key "<<", want one of loud, mood, tries, wait`}},
		"no list":                 {"catalog: {path: example.org/kit}\n", []string{`f:1:10: a mapping, want a list`}},
		"no mapping":              {"catalog: [example.org/kit]\n", []string{`f:1:11: "example.org/kit", want a mapping with the keys path, calls, types, makers, contexts, bounded, bounded-by`}},
		"an empty entry":          {"catalog:\n  -\n", []string{`f:2:4: no path, want the import path of the package; a major version in it does not matter`}},
		"no path":                 {"catalog:\n  - calls: []\n", []string{`f:2:5: no path, want the import path of the package; a major version in it does not matter`}},
		"several": {"rules: {qiuet: true}\nslow: {mood: odd}\nverbose: 1\n", []string{
			`f:1:9: unknown key "qiuet": did you mean quiet?`, `f:2:14: mood: "odd" is neither good nor bad`,
			`f:3:1: unknown key "verbose", want one of catalog, exclude, dependencies, rules, severity, fixstyle, slow`,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Parse("f", []byte(test.text), rules)
			var errs config.Errors
			require.ErrorAs(t, err, &errs)
			assert.Equal(t, test.want, strings.Split(errs.Error(), "\n"))
		})
	}
}

// TestCatalogErrors is about what follows "path: example.org/kit" in an entry of the catalogue.
func TestCatalogErrors(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"unknown key":         {"call: []", `2:5: unknown key "call": did you mean calls?`},
		"no kind":             {"calls: [{name: Get}]", `2:13: no kind, want exchange: it sends a request`},
		"unknown kind":        {"calls: [{name: Get, kind: exchnge}]", `2:31: "exchnge", want exchange, dial, serve or query: did you mean exchange?`},
		"other kind":          {"calls: [{name: Get, kind: rpc}]", `2:31: "rpc", want exchange, dial, serve or query`},
		"no kind at all":      {"calls: [{name: Get, kind: }]", `2:31: nothing, want exchange, dial, serve or query`},
		"no operand":          {"calls: [{name: Get, kind: query, context: first}]", `2:47: "first", want receiver, or an argument (0 to 15)`},
		"argument -1":         {"calls: [{name: Get, kind: query, context: -1}]", `2:47: "-1", want receiver, or an argument (0 to 15)`},
		"argument 16":         {"calls: [{name: Get, kind: query, context: 16}]", `2:47: "16", want receiver, or an argument (0 to 15)`},
		"argument as text":    {`calls: [{name: Get, kind: query, context: "0"}]`, `2:47: "0", want receiver, or an argument (0 to 15)`},
		"name of a number":    {"calls: [{name: 5, kind: query}]", `2:20: "5", want text`},
		"name with a path":    {"calls: [{name: example.org/kit.Get, kind: query}]", `2:20: "example.org/kit.Get" is not a function, or Type.Method of example.org/kit, by its name alone`},
		"no identifier":       {"calls: [{name: Client.Get.Now, kind: query}]", `2:20: "Client.Get.Now" is not a function, or Type.Method of example.org/kit, by its name alone`},
		"parentheses":         {"calls: [{name: Get(), kind: query}]", `2:20: "Get()" is not a function, or Type.Method of example.org/kit, by its name alone`},
		"listed twice":        {"calls: [{name: Get, kind: query}, {name: Get, kind: dial}]", `2:46: Get is listed twice, first in line 2`},
		"and bounded":         {"calls: [{name: Get, kind: query}]\n    bounded: [Get]", `3:15: Get is listed twice, first in line 2`},
		"no receiver":         {"calls: [{name: Get, kind: query, client: receiver}]", `2:20: client is the receiver, but Get is no method: want Type.Get, or the index of an argument`},
		"unknown client":      {"calls: [{name: Client.Get, kind: query, client: receiver}]", `2:20: the client of Client.Get is its receiver, but nothing says what bounds a Client: want it among types`},
		"a call that is text": {"calls: [Get]", `2:13: "Get", want a mapping with the keys name, kind, client,`},
		"long advice is text": {"calls: [{name: Get, kind: query, advice: [a]}]", `2:46: a list, want text`},
		"not true or false":   {"calls: [{name: Get, kind: query, handshake: yes please}]", `2:49: "yes please", want true or false`},
		"type of a package":   {"types: [{name: kit.Client}]", `2:20: "kit.Client" is not a type of example.org/kit, by its name alone`},
		"type twice":          {"types: [{name: C}, {name: C}]", `2:31: C is listed twice, first in line 2`},
		"no field":            {"types: [{name: C, bounds: [time out]}]", `2:32: "time out" is not the name of a field of C`},
		"a field, no list":    {"types: [{name: C, bounds: Timeout}]", `2:31: "Timeout", want a list`},
		"no method":           {"types: [{name: C, setters: [{name: Set.Timeout}]}]", `2:40: "Set.Timeout" is not the name of a method of C`},
		"sets the receiver":   {"types: [{name: C, setters: [{name: Set, argument: receiver}]}]", `2:40: Set sets its receiver to its receiver? want an argument`},
		"makes nothing":       {"makers: [{name: New}]", `2:21: New makes what? want type, or base`},
		"unknown product":     {"makers: [{name: New, type: Client}]", `2:32: nothing says what bounds a example.org/kit.Client: want it among types, or one that is built in, such as net/http.Client`},
		"maker twice":         {"types: [{name: C}]\n    makers: [{name: New, type: C}, {name: New, type: C}]", `3:43: New is listed twice, first in line 3`},
		"base of a function":  {"makers: [{name: New, base: receiver}]", `2:21: base is the receiver, but New is no method`},
		"no effect":           {"contexts: [{name: With}]", `2:16: no deadline, want what the result has`},
		"unknown effect":      {"contexts: [{name: With, deadline: keep}]", `2:39: "keep", want keeps, drops or sets: did you mean keeps?`},
		"keeps nothing":       {"contexts: [{name: With, deadline: keeps}]", `2:23: With keeps the deadline of what? want from`},
		"no full name":        {"bounded-by: [Timeout]", `2:18: "Timeout" is no function with its import path, such as example.org/kit/rpc.WithTimeout`},
		"a list of lists":     {"bounded: [[Get]]", `2:15: a list, want text`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.Parse("f", []byte("catalog:\n  - "+test.text+"\n    path: example.org/kit\n"), rules)
			require.Error(t, err)
			assert.Contains(t, err.Error(), "f:"+test.want)
			assert.NotContains(t, err.Error(), "\n", "one mistake, one line")
		})
	}
	for _, path := range []string{"example.org/kit rpc", "/rpc", "../rpc", "example.org/kit/rpc.", "https://example.org/kit"} {
		_, err := config.Parse("f", []byte("catalog:\n  - path: "+path+"\n"), rules)
		assert.ErrorContains(t, err, fmt.Sprintf("f:2:11: %q is not an import path, want one such as example.org/kit/rpc", path))
	}
}

// TestSettings is about the settings of another program: the same, without lines.
func TestSettings(t *testing.T) {
	cfg, err := config.FromSettings(map[string]any{
		"rules": map[string]any{"quiet": false},
		"slow":  map[any]any{"wait": "1s"},
		"catalog": []any{map[string]any{
			"path":  "example.org/kit",
			"calls": []any{map[string]any{"name": "Client.Get", "kind": "query", "context": 0}},
		}},
	}, rules)
	require.NoError(t, err)
	assert.Equal(t, []config.Flag{{Name: "quiet", Value: "false"}, {Name: "slow.wait", Value: "1s"}}, cfg.Flags())
	assert.Len(t, cfg.Catalog, 1)

	for name, test := range map[string]struct {
		raw  any
		want string
	}{
		"nested":        {map[string]any{"catalog": []any{map[string]any{"path": "example.org/kit", "calls": []any{map[string]any{"name": "Get", "kind": "rpc"}}}}}, `catalog[0].calls[0].kind: "rpc", want exchange, dial, serve or query`},
		"unknown key":   {map[string]any{"bogus": 1}, `bogus: unknown key "bogus", want one of catalog, exclude, dependencies, rules, severity, fixstyle, slow`},
		"no mapping":    {[]string{"quiet"}, `a list, want a mapping with the keys catalog, exclude, dependencies, rules, severity, fixstyle, slow`},
		"not a setting": {map[string]any{"slow": func() {}}, "cannot marshal type"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := config.FromSettings(test.raw, rules)
			assert.ErrorContains(t, err, test.want)
		})
	}
	cfg, err = config.FromSettings(nil, rules)
	require.NoError(t, err)
	assert.Empty(t, cfg.Flags())
}

// write writes files below a new directory, and returns that. A name that ends in a slash is a
// directory's.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			require.NoError(t, os.MkdirAll(path, 0o777))
			continue
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
	}
	return dir
}

func TestFind(t *testing.T) {
	for name, test := range map[string]struct {
		files []string
		dir   string
		want  string
	}{
		"in the module's root":        {[]string{"m/go.mod", "m/.resilint.yml"}, "m", "m/.resilint.yml"},
		"from a package":              {[]string{"m/go.mod", "m/.resilint.yml"}, "m/a/b", "m/.resilint.yml"},
		"not in a package":            {[]string{".git/", "m/go.mod", "m/a/.resilint.yml"}, "m/a", ""},
		"in the repository's root":    {[]string{".git/", ".resilint.yml", "x/m/go.mod"}, "x/m", ".resilint.yml"},
		"between":                     {[]string{".git/", ".resilint.yml", "x/.resilint.yml", "x/m/go.mod"}, "x/m", "x/.resilint.yml"},
		"not above the repository":    {[]string{".resilint.yml", "r/.git/", "r/m/go.mod"}, "r/m", ""},
		"not above a worktree":        {[]string{".resilint.yml", "r/.git", "r/m/go.mod"}, "r/m", ""},
		"above, without a repository": {[]string{".resilint.yml", "r/m/go.mod"}, "r/m", ".resilint.yml"},
		"of the inner module":         {[]string{".git/", "go.mod", ".resilint.yml", "m/go.mod", "m/.resilint.yml"}, "m", "m/.resilint.yml"},
		"of the module around":        {[]string{".git/", "go.mod", ".resilint.yml", "m/go.mod"}, "m", ".resilint.yml"},
		"no module":                   {[]string{".git/", ".resilint.yml"}, "x", ".resilint.yml"},
		"go.mod is a directory":       {[]string{".git/", "go.mod", ".resilint.yml", "x/go.mod/", "x/.resilint.yml"}, "x", ".resilint.yml"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{test.dir + "/": ""}
			for _, file := range test.files {
				files[file] = ""
			}
			dir := write(t, files)
			got, err := config.Find(filepath.Join(dir, filepath.FromSlash(test.dir)))
			require.NoError(t, err)
			want := test.want
			if want != "" {
				want = filepath.Join(dir, filepath.FromSlash(want))
			}
			assert.Equal(t, want, got)
		})
	}
}

func TestLoad(t *testing.T) {
	dir := write(t, map[string]string{
		"good/go.mod": "", "good/.git": "", "good/.resilint.yml": "rules: {quiet: false}",
		"none/go.mod": "", "none/.git": "",
		"bad/go.mod": "", "bad/.resilint.yml": "rules: {qiuet: false}",
		"both/go.mod": "", "both/.resilint.yml": "", "both/.resilint.yaml": "",
		"other/go.mod": "", "other/.resilint.yaml": "",
		"folder/go.mod": "", "folder/.resilint.yml/": "",
	})
	require.NoError(t, os.Mkdir(filepath.Join(dir, "dangling"), 0o777))
	require.NoError(t, os.Symlink("nowhere", filepath.Join(dir, "dangling", ".resilint.yml")))

	cfg, err := config.Load(filepath.Join(dir, "good"), rules)
	require.NoError(t, err)
	assert.Equal(t, map[string]bool{"quiet": false}, cfg.Rules)
	cfg, err = config.Load(filepath.Join(dir, "none"), rules)
	require.NoError(t, err)
	assert.Empty(t, cfg.File)
	for name, want := range map[string]string{
		"bad":      `.resilint.yml:1:9: unknown key "qiuet"`,
		"both":     ".resilint.yaml: the file is called .resilint.yml; rename this one, or merge it into the other",
		"other":    ".resilint.yaml: the file is called .resilint.yml; rename this one, or merge it into the other",
		"folder":   ".resilint.yml: is a directory",
		"dangling": ".resilint.yml: no such file or directory",
	} {
		_, err := config.Load(filepath.Join(dir, name), rules)
		assert.ErrorContains(t, err, filepath.Join(dir, name)+string(filepath.Separator)+want)
	}
}

func TestHash(t *testing.T) {
	files := map[string]string{
		"one/go.mod": "module one", "one/sub/sub.go": "package sub",
		"two/go.mod": "module two",
	}
	dir := write(t, files)
	t.Setenv("GOWORK", "")
	hash := func(of string) string {
		t.Helper()
		sum, err := config.Hash(filepath.Join(dir, of))
		require.NoError(t, err)
		return sum
	}
	set := func(name, content string) {
		t.Helper()
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666))
	}
	assert.Empty(t, hash("one"))
	set("one/.resilint.yml", "rules: {quiet: true}")
	first := hash("one")
	assert.NotEmpty(t, first)
	assert.Equal(t, first, hash("one/sub"))
	set("one/.resilint.yml", "rules: {quiet: false}")
	assert.NotEqual(t, first, hash("one"))
	assert.Empty(t, hash("two"))

	// In a workspace, the packages of all its modules may be asked for, from anywhere.
	set("go.work", "go 1.24\nuse (\n\t./one\n\t./two\n)\n")
	before := hash("one")
	for _, from := range []string{"two", "one/sub", ""} {
		assert.Equal(t, before, hash(from), from)
	}
	set("two/.resilint.yml", "rules: {quiet: true}")
	assert.NotEqual(t, before, hash("one"))
	t.Setenv("GOWORK", "off")
	assert.NotEqual(t, hash("two"), hash("one"))
	t.Setenv("GOWORK", filepath.Join(dir, "go.work"))
	elsewhere, err := config.Hash(t.TempDir())
	require.NoError(t, err)
	assert.Equal(t, hash("one"), elsewhere)
	set("go.work", "nonsense") // for the go command to report
	assert.Equal(t, hash("one"), hash("one/sub"))

	set("two/.resilint.yaml", "")
	_, err = config.Hash(filepath.Join(dir, "two"))
	assert.ErrorContains(t, err, "the file is called .resilint.yml")
}
