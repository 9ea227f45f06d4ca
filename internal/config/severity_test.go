package config_test

import (
	"flag"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/analysis"

	"github.com/resilint/resilint/internal/config"
	"github.com/resilint/resilint/internal/fix"
	"github.com/resilint/resilint/internal/severity"
)

// styled are two rules with fixes, one of which has codes.
func styled() []*analysis.Analyzer {
	var list []*analysis.Analyzer
	for _, name := range []string{"notimeout", "deadline"} {
		a := &analysis.Analyzer{Name: name, Doc: "report\n\n# What is reported\n\n  - partial: half a timeout.\n  - client: none.\n", Flags: *flag.NewFlagSet(name, flag.ContinueOnError)}
		style := fix.Auto
		style.Register(&a.Flags)
		list = append(list, a)
	}
	return list
}

func TestSeverity(t *testing.T) {
	t.Cleanup(func() { severity.Override(nil) })
	cfg, err := config.Parse("f", []byte("severity:\n  deadline: note\n  notimeout/partial: error\n"), styled())
	require.NoError(t, err)
	require.NoError(t, cfg.Extend())
	assert.Equal(t, severity.Note, severity.Of("deadline", "inverted"))
	assert.True(t, severity.IsNote("deadline"))
	assert.Equal(t, severity.Error, severity.Of("notimeout", "partial"))

	_, err = config.Parse("f", []byte("severity:\n  deadline: wrning\n  notimeout/partail: error\n  notimeout: [note]\n"), styled())
	assert.Equal(t, []string{
		`f:2:13: "wrning", want note, warning or error: did you mean warning?`,
		`f:3:3: unknown key "notimeout/partail": did you mean notimeout/partial?`,
		`f:4:14: a list, want note, warning or error`,
	}, messages(t, err))
}

func TestFixStyle(t *testing.T) {
	for name, text := range map[string]string{
		"before the rule's own": "fixstyle: runtime\ndeadline:\n  fixstyle: std\n",
		"after the rule's own":  "deadline:\n  fixstyle: std\nfixstyle: runtime\n",
	} {
		t.Run(name, func(t *testing.T) {
			cfg, err := config.Parse("f", []byte(text), styled())
			require.NoError(t, err)
			last := map[string]string{}
			for _, f := range cfg.Flags() {
				last[f.Name] = f.Value
			}
			assert.Equal(t, map[string]string{"notimeout.fixstyle": "runtime", "deadline.fixstyle": "std"}, last)
		})
	}
	_, err := config.Parse("f", []byte("fixstyle: standard\n"), styled())
	assert.Equal(t, []string{`f:1:11: "standard", want auto, std or runtime`}, messages(t, err))
}

func TestExclude(t *testing.T) {
	cfg, err := config.Parse("f", []byte("exclude: [legacy/..., order/*_client.go]\n"), styled())
	require.NoError(t, err)
	assert.Equal(t, []string{"legacy/...", "order/*_client.go"}, cfg.Exclude)
	_, err = config.Parse("f", []byte("exclude: legacy\n"), styled())
	assert.Equal(t, []string{`f:1:10: "legacy", want a list`}, messages(t, err))
}

func messages(t *testing.T, err error) []string {
	t.Helper()
	var errs config.Errors
	require.ErrorAs(t, err, &errs)
	var list []string
	for _, err := range errs {
		list = append(list, err.Error())
	}
	return list
}
