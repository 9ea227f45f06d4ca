package catalog

import "go/types"

// A Settler is a method that tells a broker what has become of a message.
type Settler struct {
	Name string
	// Requeue is the operand that says whether the message is to come again at once. Always says
	// that it does; where neither is set, it does not.
	Requeue Operand
	Always  bool
}

var (
	settlers = map[string]*Settler{}
	limits   = map[string]bool{}

	consumers     = map[string]string{} // libraries, by what configures their consumers
	settlerOwners = map[string]*Library{}
)

// indexSettlers makes known what becomes of messages.
func indexSettlers(lib *Library) {
	for i := range lib.Settlers {
		settlers[lib.Settlers[i].Name] = &lib.Settlers[i]
		known[packageOf(lib.Settlers[i].Name)] = true
		settlerOwners[lib.Settlers[i].Name] = lib
	}
	for _, name := range lib.Consumers {
		consumers[name] = lib.Path
	}
	enlist(limits, lib.Limits)
}

// SettlerOf returns what is known of fn as a method that settles a message, or nil.
func SettlerOf(fn *types.Func) *Settler { return settlers[Name(fn)] }

// LimitsDeliveries reports whether a field of a struct says how often a message may come again,
// or what is to become of it then.
func LimitsDeliveries(owner types.Type, field *types.Var) bool {
	return field != nil && limits[TypeName(owner)+"."+field.Name()]
}

// LimitsDelivery reports whether fn says so.
func LimitsDelivery(fn *types.Func) bool { return limits[Name(fn)] }

// ConsumerOf returns the path of the library whose consumers t, or what it points to, configures;
// "" if it configures none.
func ConsumerOf(t types.Type) string { return consumers[TypeName(t)] }

// NeedsConsumer returns the path of the library of a settler if its clients say how messages are
// delivered, or "".
func NeedsConsumer(fn *types.Func) string {
	if lib := settlerOwners[Name(fn)]; lib != nil && len(lib.Consumers) > 0 {
		return lib.Path
	}
	return ""
}
