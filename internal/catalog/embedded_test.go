package catalog_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/resilint/resilint/internal/catalog"
)

func TestDatabaseOf(t *testing.T) {
	for path, want := range map[string][2]bool{
		"modernc.org/sqlite":                   {true, false},
		"github.com/mattn/go-sqlite3":          {true, false},
		"github.com/ncruces/go-sqlite3/driver": {true, false},
		"github.com/mutecomm/go-sqlcipher/v4":  {true, false},
		"gorm.io/driver/sqlite":                {true, false},
		"gorm.io/driver/postgres":              {false, true},
		"gorm.io/driver/sqlserver":             {false, true},
		"github.com/lib/pq":                    {false, true},
		"github.com/jackc/pgx/v5/stdlib":       {false, true},
		"database/sql":                         {false, false},
		"gorm.io/gorm":                         {false, false},
		"github.com/mattn/go-sqlite3x":         {false, false},
	} {
		embedded, served := catalog.DatabaseOf(path)
		assert.Equal(t, want, [2]bool{embedded, served}, path)
	}
}
