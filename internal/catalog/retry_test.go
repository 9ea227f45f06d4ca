package catalog_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/resilint/resilint/internal/catalog"
)

// TestRetryRows checks what can be checked of the rows of retry libraries without them.
func TestRetryRows(t *testing.T) {
	seen := map[string]bool{}
	named := func(t *testing.T, name string) {
		assert.Regexp(t, qualified, name)
		pkg, _, _ := split(name)
		assert.Equal(t, catalog.Path(pkg), pkg, "%s: the name of a row has no major version", name)
		assert.True(t, catalog.Knows(pkg), "%s: SSA is built for importers", name)
		assert.NotEmpty(t, catalog.RetryLibrary(name), name)
	}
	once := func(t *testing.T, name string) {
		named(t, name)
		assert.False(t, seen[name], "%s is listed twice", name)
		seen[name] = true
	}
	for _, lib := range catalog.Libraries() {
		if len(lib.Retriers)+len(lib.Knobs)+len(lib.Timetables) == 0 {
			continue
		}
		t.Run(lib.Path, func(t *testing.T) {
			assert.NotEmpty(t, lib.Source, "where the rows were read")
			assert.NotEmpty(t, lib.Retries, "what it does if nothing is set")
			for _, r := range lib.Retriers {
				named(t, r.Name) // one for each of two major versions
				assert.False(t, r.Policy != catalog.None && r.Default != (catalog.Schedule{}), "%s: the default is the policy's", r.Name)
				tunings(t, r.Name, r.Sets, true)
			}
			for _, k := range lib.Knobs {
				once(t, k.Name)
				assert.False(t, k.Makes != nil && k.Base != catalog.None, "%s makes a policy, or changes one", k.Name)
				tunings(t, k.Name, k.Sets, true)
			}
			for _, table := range lib.Timetables {
				once(t, table.Name)
				tunings(t, table.Name, table.Sets, false)
			}
			for _, p := range lib.Pacers {
				once(t, p.Name)
			}
			for _, name := range lib.Stoppers {
				assert.Regexp(t, qualified, name)
			}
		})
	}
}

func tunings(t *testing.T, name string, list []catalog.Tuning, call bool) {
	for _, tuning := range list {
		assert.NotZero(t, tuning.Aspect, name)
		assert.Equal(t, !call, tuning.Field != "", "%s: fields are a struct's", name)
		assert.Equal(t, tuning.Aspect == catalog.Delays, tuning.Growth != catalog.NoDelay, name)
		switch tuning.Aspect {
		case catalog.Forever, catalog.Ending, catalog.Delays, catalog.Jitter:
		default:
			assert.True(t, tuning.Field != "" || tuning.Value != catalog.None, "%s: set to what?", name)
		}
	}
}

func TestMajor(t *testing.T) {
	for path, want := range map[string]int{
		"github.com/avast/retry-go": 0, "github.com/avast/retry-go/v4": 4, "github.com/cenkalti/backoff/v5/internal": 5,
		"gopkg.in/cenkalti/backoff.v2": 2, "k8s.io/api/apps/v1beta1": 0, "github.com/v2fly/core": 0,
	} {
		assert.Equal(t, want, catalog.Major(path), path)
	}
}
