package catalog

// libraries is the whole catalogue: each file registers its own.
var libraries []*Library

// register adds a library to the catalogue. It is called as package variables are
// initialized, so that a library is one file.
func register(lib *Library) bool { //nolint:unparam // "var _ =" wants a value
	libraries = append(libraries, lib)
	return true
}

// known are the packages that a package has to import to make a catalogued call.
var known = map[string]bool{}

// The catalogue's rows by their names, and names that have none.
var (
	calls     = map[string]*Call{}
	owners    = map[*Call]*Library{}
	families  []*Family
	bounded   = map[string]bool{}
	kinds     = map[string]*Type{}
	makers    = map[string]*Maker{}
	heedless  = map[string]*Heedless{}
	hands     = map[string]*Handover{}
	keepers   = map[string]bool{}
	vars      = map[string]bool{}
	exits     = map[string]bool{}
	listeners = map[string]*Listener{}
	limiters  = map[string]*Limiter{}
	near      = map[string]bool{}
	talkers   = map[string]bool{}
)

// What decides about all calls of a library in a package or a program, by its name.
var (
	bounders    = map[string]*Library{}
	invokers    = map[string]*Library{}
	settings    []*Library
	fields      = map[string][]*Library{}
	drivers     = map[string][]*Library{}
	equips      = map[string]*Equipper{}
	equippers   = map[string]*Library{}
	brokers     = map[string]*Library{}
	brokerPaths = map[string]bool{}
)

func init() {
	for _, lib := range libraries {
		index(lib)
	}
	for _, t := range traffics {
		if len(t.Handlers)+len(t.Shapes)+len(t.Receivers)+len(t.Messages)+len(t.Deeds)+len(t.Signs) > 0 {
			known[t.Path] = true
		}
	}
	for _, s := range offered {
		known[s.Path] = true
	}
}

// index makes a library's entries known.
func index(lib *Library) {
	if len(lib.Calls) > 0 || len(lib.Makers) > 0 || len(lib.Near) > 0 || len(lib.Settlers) > 0 {
		known[lib.Path] = true
	}
	indexCalls(lib)
	indexValues(lib)
	indexServing(lib)
	indexBounds(lib)
	indexPrograms(lib)
	indexSettlers(lib)
	indexRetries(lib)
}

// indexCalls makes known which calls leave the process.
func indexCalls(lib *Library) {
	for i := range lib.Calls {
		calls[lib.Calls[i].Name] = &lib.Calls[i]
		owners[&lib.Calls[i]] = lib
	}
	for i := range lib.Families {
		indexFamily(lib, &lib.Families[i])
	}
	for _, name := range lib.Bounded {
		bounded[name] = true
		delete(calls, name)
	}
}

// indexFamily makes calls that look alike known, under the name that stands for all of them.
func indexFamily(lib *Library, family *Family) {
	if family.Path == "" {
		family.Path = lib.Path
	}
	if family.Call.Name == "" {
		family.Call.Name = family.Path + ".*"
	}
	families = append(families, family)
	calls[family.Call.Name] = &family.Call
	owners[&family.Call] = lib
	if family.Twin != nil {
		calls[family.Twin.Name] = family.Twin
		owners[family.Twin] = lib
	}
}

// indexValues makes known what calls work with: clients, what makes them, contexts.
func indexValues(lib *Library) {
	for i := range lib.Types {
		kinds[lib.Types[i].Name] = &lib.Types[i]
	}
	for i := range lib.Makers {
		makers[lib.Makers[i].Name] = &lib.Makers[i]
	}
	for i := range lib.Heedless {
		heedless[lib.Heedless[i].Maker] = &lib.Heedless[i]
	}
	for i := range lib.Hands {
		hands[lib.Hands[i].Name] = &lib.Hands[i]
	}
	enlist(keepers, lib.Keepers)
	enlist(vars, lib.Globals)
	enlist(exits, lib.Exits)
}

// indexServing makes known what servers listen on, and who waits for the other end of a connection.
func indexServing(lib *Library) {
	for i := range lib.Listeners {
		listeners[lib.Listeners[i].Name] = &lib.Listeners[i]
	}
	for i := range lib.Limiters {
		limiters[lib.Limiters[i].Name] = &lib.Limiters[i]
	}
	enlist(near, lib.Near)
	enlist(talkers, lib.Talkers)
}

// indexBounds makes known what bounds every call of the library.
func indexBounds(lib *Library) {
	for _, name := range lib.Bounders {
		bounders[name] = lib
	}
	for _, name := range lib.Fields {
		fields[name] = append(fields[name], lib)
	}
	if len(lib.Settings) > 0 {
		settings = append(settings, lib)
	}
	if lib.Invoker != "" {
		invokers[lib.Invoker] = lib
	}
}

// indexPrograms makes known in which programs, and packages, the library's calls can hang.
func indexPrograms(lib *Library) {
	for i := range lib.Equippers {
		equipper := &lib.Equippers[i]
		equips[equipper.Name] = equipper
		equippers[equipper.Name] = lib
		known[packageOf(equipper.Name)] = true
	}
	for _, path := range lib.Drivers {
		drivers[path] = append(drivers[path], lib)
	}
	for _, name := range lib.Brokers {
		brokers[name] = lib
		brokerPaths[packageOf(name)] = true
	}
}

// enlist lists names in an index.
func enlist(index map[string]bool, names []string) {
	for _, name := range names {
		index[name] = true
	}
}
