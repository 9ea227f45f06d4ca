package catalog_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/resilint/resilint/internal/catalog"
)

func TestMatters(t *testing.T) {
	t.Cleanup(func() { catalog.NameDependencies(nil, nil) })
	payments, mails := []string{"Config.PaymentsURL"}, []string{"mail.example.org"}
	tests := []struct {
		name             string
		critical, exempt []string
		payments, mails  bool
	}{
		{"nothing named", nil, nil, true, true},
		{"exempt", nil, []string{"mail."}, true, false},
		{"critical", []string{"payments"}, nil, true, false},
		{"both", []string{"payments", "mail"}, []string{"MAIL"}, true, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			catalog.NameDependencies(test.critical, test.exempt)
			assert.Equal(t, test.payments, catalog.Matters(payments))
			assert.Equal(t, test.mails, catalog.Matters(mails))
		})
	}
}

// TestShields checks that what makes breakers is of the library that it is listed under.
func TestShields(t *testing.T) {
	for _, s := range catalog.Shields() {
		assert.NotZero(t, s.Gives, s.Path)
		assert.NotEmpty(t, s.Source, s.Path)
		for _, maker := range s.Makers {
			assert.Contains(t, maker, s.Path, "a maker of another library")
		}
	}
	assert.Equal(t, "breaker, timeout", (catalog.WithBreaker | catalog.WithTimeout).String())
}
