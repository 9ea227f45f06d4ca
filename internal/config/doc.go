// Package config reads .resilint.yml, for every driver.
//
// A key is a field of [Config], or of what it is made of, with its tags: decoder, schema and
// manual go by these. What the file says of rules are their flags. A new key is a new field,
// and whoever needs its value takes it from there.
//
// The same keys are the settings of the golangci-lint plugin ([FromSettings]).
//
// # The file .resilint.yml
//
// The file tells resilint what it cannot know: what your own clients do and what bounds them,
// which rules you want, and the values of their flags.
//
//	# yaml-language-server: $schema=https://raw.githubusercontent.com/resilint/resilint/main/docs/resilint.schema.json
//	notimeout:
//	  timeout: 20s            # what fixes give an HTTP client
//	  default-client: bounded # our main sets http.DefaultClient.Timeout
//
//	catalog:
//	  # A client of our own, in a module that resilint does not look into.
//	  - path: example.org/kit/rpc
//	    calls:
//	      - name: Client.Call # func (c *Client) Call(ctx context.Context, method string, args ...any) error
//	        kind: query
//	        client: receiver
//	        context: 0
//	    types:
//	      - name: Client
//	        bounds: [Timeout]
//	        setters: [{name: SetTimeout}]
//	    makers:
//	      - {name: New, type: Client}
//	    bounded: [Client.Ping] # two seconds, always
//
//	  # The database ends a statement after 30 s, whoever sends it.
//	  - path: github.com/jackc/pgx/pgxpool
//	    bounded: [Pool.Query, Pool.QueryRow, Pool.Exec]
//
// # Where it is found
//
// The first .resilint.yml from the root directory of the module upwards, as far as the root of
// the repository (a directory with .git), or of the file system if there is no repository. So
// every directory of a module has the same configuration, and the modules of a repository can
// share one. Files below the root of a module are not read, and files are not merged.
//
// In a workspace, resilint goes by the file of the module that it is run in, and says so if it
// finds another one for packages that it reports on; go vet goes by the file of each module.
//
// Flags on the command line win over the file. A mistake in the file, such as an unknown key,
// is one line with its place, and the exit status is 2: nothing is analyzed by half a
// configuration.
//
// # Your own clients
//
// Each entry of catalog is about one package, and says in the terms of the catalogue that is
// built in (CONTRIBUTING.md, "Adding an API to the catalogue") which of its functions leave the
// process, and what bounds them. Names are those of the package, without its path: Func,
// Type.Method, Type. The package may be a dependency, one of your module, or one that is built
// in: your entry wins over the one of the same name, as a whole.
//
// A call can hang if everything that could bound it is known to be missing: the client has no
// bound, and the context no deadline. What is not known counts as a bound. If an entry has
// nothing that could bound the call, every call of it is a finding.
//
// What a function of your module leaves to its callers is found out from its code; it needs an
// entry only where the code does not show it: behind cgo, reflection, an interface, or in a
// library that is unknown. Under bounded, it needs one where the code does not show the bound: a
// server, a proxy, a driver's setting. That is said of its calls; what stands in the function
// itself is judged like any other code.
//
// resilint, when it is run by itself, compares the entries with the packages that they are about,
// and reports names that do not exist and arguments that cannot be what they are said to be. It
// reports nothing of packages that the module does not import.
//
// # go vet and golangci-lint
//
// go vet -vettool and go fix -fixtool read the same file. Their results are cached under a name
// that contains its hash, so that a change is never answered from the cache; the first run after
// one is as slow as the very first.
//
// The golangci-lint plugin does not read the file, because golangci-lint would not notice when it
// changes. It has the same keys in its settings, linters.settings.custom.resilint.settings in
// .golangci.yml.
package config
