package catalog_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/resilint/resilint/internal/catalog"
)

// check type-checks a package of a library, of which src holds a few declarations.
func check(t *testing.T, path, src string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	require.NoError(t, err)
	conf := types.Config{Importer: importerFunc(func(path string) (*types.Package, error) { return std(t, path), nil })}
	pkg, err := conf.Check(path, fset, []*ast.File{file}, nil)
	require.NoError(t, err)
	return pkg
}

// function returns a function of a package, or a method.
func methodOf(t *testing.T, pkg *types.Package, typ, name string) *types.Func {
	t.Helper()
	obj := pkg.Scope().Lookup(name)
	if typ != "" {
		obj, _, _ = types.LookupFieldOrMethod(pkg.Scope().Lookup(typ).Type(), true, pkg, name)
	}
	require.IsType(t, (*types.Func)(nil), obj, name)
	return obj.(*types.Func)
}

func TestFamily(t *testing.T) {
	const src = `package p
import "context"
type Client struct{}
func (c *Client) Get(ctx context.Context, id string) (int, error) { return 0, nil }
func (c *Client) NoError(ctx context.Context) int { return 0 }
func (c *Client) Nothing(ctx context.Context) {}
func (c *Client) Late(id string, ctx context.Context) error { return nil }
func (c *Client) Local() error { return nil }
func (c *Client) hidden(ctx context.Context) error { return nil }
func (c *Client) Post(id string) error { return nil }
func (c *Client) PostContext(ctx context.Context, id string) error { return nil }
func (c *Client) Parse(id string) error { return nil }
func (c *Client) ParseContext(id string) error { return nil }
func (c *Client) NewRequest(ctx context.Context) (int, error) { return 0, nil }
func (c *Client) Watch(ctx context.Context) (int, error) { return 0, nil }
func New(ctx context.Context) (*Client, error) { return nil, nil }
type Service interface{ List(ctx context.Context) error }
`
	const (
		github = "github.com/google/go-github/v62/github"
		slack  = "github.com/slack-go/slack"
		azure  = "github.com/microsoft/azure-devops-go-api/azuredevops/v7"
		godo   = "github.com/digitalocean/godo"
		mongo  = "go.mongodb.org/mongo-driver/v2/mongo"
	)
	tests := []struct {
		name, path, typ, fn string
		want                string // the name of the call that it is
	}{
		{"a method", github, "Client", "Get", "github.com/google/go-github/github.*"},
		{"an interface's", github, "Service", "List", "github.com/google/go-github/github.*"},
		{"it returns no error", github, "Client", "NoError", ""},
		{"it returns nothing", github, "Client", "Nothing", ""},
		{"its context is not the first", github, "Client", "Late", ""},
		{"it takes none", github, "Client", "Local", ""},
		{"it is not exported", github, "Client", "hidden", ""},
		{"a function", github, "", "New", ""},
		{"a function of a family with functions", azure, "", "New", "github.com/microsoft/azure-devops-go-api/azuredevops.*"},
		{"a package below", azure + "/git", "Client", "Get", "github.com/microsoft/azure-devops-go-api/azuredevops.*"},
		{"a package below one that is not deep", github + "/internal", "Client", "Get", ""},
		{"a package beside", "github.com/microsoft/azure-devops-go-api/azuredevopsx", "Client", "Get", ""},
		{"an exception", godo, "Client", "NewRequest", ""},
		{"not one here", github, "Client", "NewRequest", "github.com/google/go-github/github.*"},
		{"a stream", mongo, "Client", "Watch", ""},
		{"a twin", slack, "Client", "Post", "github.com/slack-go/slack.* without a context"},
		{"the one with the context", slack, "Client", "PostContext", "github.com/slack-go/slack.*"},
		{"its twin takes none either", slack, "Client", "Parse", ""},
		{"no twin", slack, "Client", "Local", ""},
		{"a twin where they mean nothing", github, "Client", "Post", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			call := catalog.CallOf(methodOf(t, check(t, test.path, src), test.typ, test.fn))
			if test.want == "" {
				assert.Nil(t, call)
				return
			}
			require.NotNil(t, call)
			assert.Equal(t, test.want, call.Name)
			assert.Same(t, call, catalog.CallNamed(call.Name), "facts name it")
			assert.NotEmpty(t, catalog.LibraryOf(call))
		})
	}
}

func TestConditional(t *testing.T) {
	for name, want := range map[string]bool{
		"database/sql.DB.Ping":                          true, // drivers
		"github.com/google/go-github/github.*":          true, // clients
		"github.com/jackc/pgx.Conn.Query":               false,
		"go.mongodb.org/mongo-driver/mongo.*":           false,
		"net/http.Client.Do":                            false,
		"github.com/slack-go/slack.* without a context": true,
	} {
		call := catalog.CallNamed(name)
		require.NotNil(t, call, name)
		assert.Equal(t, want, catalog.Conditional(call), name)
	}
	assert.False(t, catalog.Conditional(&catalog.Call{}), "of no library")
	assert.Empty(t, catalog.LibraryOf(&catalog.Call{}))
}

func TestDrives(t *testing.T) {
	assert.Contains(t, catalog.Drives("github.com/jackc/pgx/v5/stdlib"), "database/sql")
	assert.Contains(t, catalog.Drives("example.org/m/vendor/github.com/lib/pq"), "github.com/jmoiron/sqlx")
	assert.Empty(t, catalog.Drives("github.com/mattn/go-sqlite3"))
}

func TestEquips(t *testing.T) {
	pkg := check(t, "github.com/google/go-github/v62/github", `package github
import "net/http"
type Client struct{}
func NewClient(httpClient *http.Client) *Client { return nil }
func NewTokenClient(token string) *Client { return nil }
func Stringify(v any) string { return "" }
`)
	path, client := catalog.Equips(methodOf(t, pkg, "", "NewClient"))
	assert.Equal(t, "github.com/google/go-github/github", path)
	assert.Equal(t, catalog.Arg0, client)
	path, client = catalog.Equips(methodOf(t, pkg, "", "NewTokenClient"))
	assert.Equal(t, "github.com/google/go-github/github", path)
	assert.Equal(t, catalog.None, client)
	path, _ = catalog.Equips(methodOf(t, pkg, "", "Stringify"))
	assert.Empty(t, path)
}

func TestBoundedByField(t *testing.T) {
	pkg := check(t, "github.com/go-sql-driver/mysql", `package mysql
type Config struct{ Timeout, ReadTimeout int64 }
`)
	config := pkg.Scope().Lookup("Config").Type()
	fields := config.Underlying().(*types.Struct)
	assert.Empty(t, catalog.BoundedByField(config, fields.Field(0)), "of connecting")
	assert.ElementsMatch(t, []string{"database/sql", "github.com/jmoiron/sqlx", "entgo.io/ent", "entgo.io/ent/dialect", "gorm.io/gorm"},
		catalog.BoundedByField(config, fields.Field(1)), "each library over it")
	assert.Empty(t, catalog.BoundedByField(fields, fields.Field(1)), "a struct without a name")
}

func TestWaiting(t *testing.T) {
	sql := catalog.CallNamed("database/sql.DB.Exec")
	for text, want := range map[string]bool{
		"CREATE TABLE a (b int)":           true,
		"\n\talter table a add c int":      true,
		"SELECT pg_advisory_lock($1)":      true,
		"SELECT created FROM a":            false,
		"INSERT INTO a VALUES ('CREATE ')": false,
		"SELECT pg_try_advisory_lock($1)":  false,
		"":                                 false,
	} {
		assert.Equal(t, want, sql.Waiting(text), text)
	}
	assert.False(t, catalog.CallNamed("net/http.Get").Waiting("CREATE "))
}
