package catalog

import (
	"go/types"
	"slices"
	"strings"

	"github.com/resilint/resilint/internal/regexp"
)

// A Traffic is what a library delivers to programs that can be delivered again, and what programs do
// with it that shows when it is done twice.
type Traffic struct {
	Path    string // import path without major version
	Version string // the release whose source or documentation the rows were read in
	Source  string // where in it, by its own names
	Name    string // of the broker or service, in messages
	Again   string // when it delivers a message again, in messages

	Handlers  []Handler // functions that take a handler
	Shapes    []Shape   // methods and functions that are handlers by their signature; Call is not used
	Receivers []string  // calls that return messages, which come again unless they are acknowledged
	Messages  []string  // types of messages that are delivered through channels, and that nobody else makes
	Given     []string  // types of messages that nobody else makes: functions are given them
	Queues    []Queue   // calls that return the channels
	Acks      []string  // calls by which a program says that a message has been handled
	Runs      []string  // calls by which a program has a handler run: a context, and the handler or its name
	Retries   []string  // functions that make an option of how often a message that failed comes again, as their argument says

	Deeds  []Deed
	Clears []Deed   // calls that take rows away, and what tells which: Row or Chain, as of what Inserts adds
	Wheres []string // functions of a builder that say which rows an update changes
	Firsts []string // methods of a builder that look up one row, by its conditions and those that they are given, and fail where none is
	Lists  []string // such that look up all rows
	Later  []string // functions that make an option by which a job is done at another time
	Guards []string // functions that tell a second delivery from the first, and ones that make an effect the same the second time
	Begins []string // functions that begin a transaction which commits what is published together with where it was read
	Absent []string // errors which say that something is not there, or is there already: whoever asks has looked
	Keys   []Key
	Fresh  []string // functions that return another id each time
	Signs  []string // functions that check the signature of a webhook
	IDs    []string // fields that hold the id of an event, or tell that it comes again
	Told   []string // headers by which who calls a handler says that it repeats what it is not sure of
}

// A Handler is a function that is given another one, or an object, to call for each delivery.
type Handler struct {
	Name string
	Func Operand // the handler; without one, it is the last argument, variadic or not
	HTTP bool    // of a request
	// Verb says the method of the requests, or begins with it: "POST /orders"; where there is none,
	// Chained are the functions of the same builder that are given the methods. Without both, it is a POST
	// or a PATCH.
	Verb    Operand
	Chained []string
	// Method is what is called of a handler that is an object and no function: "ServeHTTP". "*" is
	// all exported methods that can fail. Of variadic handlers, all are called.
	Method string
}

// A Queue is a call that consumes one.
type Queue struct {
	Name string
	Auto Operand // whether the broker takes a message for handled when it has sent it
}

// A Deed is a call that changes something for good outside of the process.
type Deed struct {
	Name string
	Kind DeedKind
	Verb Operand // of Posts: the HTTP method; without one, it is POST
	URL  Operand // of Posts
	// Row is what Inserts adds, by whose type it can be told who gives it its id. Where a builder is
	// given it before, Chain are the functions of the builder that are: their first argument is a row,
	// or all of them are the names of columns.
	Row   Operand
	Chain []string
	// IfSet is a field of the last argument without which the call does nothing for good.
	IfSet string
	// UnlessSet is a field of the last argument with which, if it is set to the text UnlessTo, the call does
	// nothing for good.
	UnlessSet, UnlessTo string
	// Of is the name of the number that Adds changes; Text an expression that a column is set to. It
	// is a deed only if that adds to the column.
	Of   Operand
	Text Operand
}

// A DeedKind says what a deed does.
type DeedKind uint8

const (
	Publishes DeedKind = iota + 1 // puts a message into a queue or a topic
	Inserts                       // adds a row or a document
	Adds                          // changes a number by another
	Posts                         // sends a POST request
	Mails                         // sends a mail or a text message
	Pays                          // moves money
)

// A Key is a call that gives a request the key by which its receiver tells a second one.
type Key struct {
	Name   string
	Header Operand // the name of the header that it sets; without one, it sets no other thing
	Value  Operand
}

var (
	traffics []*Traffic

	deeds         = map[string]*Deed{}
	clears        = map[string]*Deed{}
	handlerTakers = map[string]*Handler{}
	receivers     = map[string]*Traffic{}
	runs          = map[string]*Traffic{}
	retries       = map[string]*Traffic{}
	messageTypes  = map[string]*Traffic{}
	givenTypes    = map[string]*Traffic{}
	acks          = map[string]bool{}
	guards        = map[string]bool{}
	transactions  = map[string]bool{}
	absents       = map[string]bool{}
	keyCalls      = map[string]*Key{}
	freshCalls    = map[string]bool{}
	signChecks    = map[string]bool{}
	eventIDs      = map[string]bool{}
	callers       = map[string]*Traffic{}
	queues        = map[string]*Queue{}
	wheres        = map[string]bool{}
	firsts        = map[string]bool{}
	rowLists      = map[string]bool{}
	delays        = map[string]bool{}
	trafficOf     = map[*Handler]*Traffic{}
)

// carry adds what a library delivers to the catalogue, as register does.
func carry(t *Traffic) bool { //nolint:unparam // "var _ =" wants a value
	traffics = append(traffics, t)
	for i := range t.Deeds {
		deeds[t.Deeds[i].Name] = &t.Deeds[i]
	}
	for i := range t.Handlers {
		handlerTakers[t.Handlers[i].Name] = &t.Handlers[i]
		trafficOf[&t.Handlers[i]] = t
	}
	for _, name := range t.Receivers {
		receivers[name] = t
	}
	for _, name := range t.Messages {
		messageTypes[name] = t
	}
	for _, name := range t.Given {
		givenTypes[name] = t
	}
	for i := range t.Queues {
		queues[t.Queues[i].Name] = &t.Queues[i]
	}
	for _, name := range t.Runs {
		runs[name] = t
	}
	for _, name := range t.Retries {
		retries[name] = t
	}
	for _, header := range t.Told {
		callers[strings.ToLower(header)] = t
	}
	for i := range t.Clears {
		clears[t.Clears[i].Name] = &t.Clears[i]
	}
	for i := range t.Keys {
		keyCalls[t.Keys[i].Name] = &t.Keys[i]
	}
	for _, list := range []struct {
		index map[string]bool
		names []string
	}{{acks, t.Acks}, {wheres, t.Wheres}, {firsts, t.Firsts}, {rowLists, t.Lists}, {delays, t.Later}, {guards, t.Guards}, {transactions, t.Begins}, {absents, t.Absent}, {freshCalls, t.Fresh}, {signChecks, t.Signs}, {eventIDs, t.IDs}} {
		enlist(list.index, list.names)
	}
	return true
}

// Traffics returns what all libraries deliver, for tests. It must not be changed.
func Traffics() []*Traffic { return traffics }

// TrafficOf returns what the library with that path delivers, or nil.
func TrafficOf(path string) *Traffic {
	for _, t := range traffics {
		if t.Path == path && t.Name != "" {
			return t
		}
	}
	return nil
}

// DeedOf returns what fn does that shows when it is done twice, or nil.
func DeedOf(fn *types.Func) *Deed {
	name := Name(fn)
	if effect := deeds[name]; effect != nil {
		return effect
	}
	if fn != nil && fn.Pkg() != nil {
		if path := Path(fn.Pkg().Path()); path == stripe || strings.HasPrefix(path, stripe+"/") {
			return stripeDeed(fn)
		}
		if isRPC(fn) {
			return rpcDeed(fn)
		}
	}
	return nil
}

// HandlerOf returns what is known of fn as a function that is given a handler, or nil.
func HandlerOf(fn *types.Func) (*Handler, *Traffic) {
	if h := handlerTakers[Name(fn)]; h != nil {
		return h, trafficOf[h]
	}
	return nil, nil
}

// QueueOf returns what is known of fn as a call that consumes a queue, or nil.
func QueueOf(fn *types.Func) *Queue { return queues[Name(fn)] }

// CallerOf returns who calls the handlers that look at a header of that name, and repeats what it is not
// sure of, or nil.
func CallerOf(header string) *Traffic { return callers[strings.ToLower(header)] }

// ReceiverOf returns the library of fn if it returns messages that may come again, or nil.
func ReceiverOf(fn *types.Func) *Traffic { return receivers[Name(fn)] }

// RunsHandler returns the library of fn if a program has a handler run by it, or nil.
func RunsHandler(fn *types.Func) *Traffic { return runs[Name(fn)] }

// DeliveredOn returns the library that sends messages of type t, or what it points to, through
// channels; nil if none does.
func DeliveredOn(t types.Type) *Traffic { return messageTypes[TypeName(t)] }

// DeliveredTo returns the library whose messages are of type t, or what it points to, where programs make
// none of that type themselves; nil for other types.
func DeliveredTo(t types.Type) *Traffic {
	if known := DeliveredOn(t); known != nil {
		return known
	}
	return givenTypes[TypeName(t)]
}

// Handles reports whether t, or what it points to, is what the handlers of a library are given, though programs may make
// messages of that type as well.
func Handles(t types.Type) bool {
	name := TypeName(t)
	return name != "" && slices.ContainsFunc(traffics, func(known *Traffic) bool {
		return slices.ContainsFunc(known.Shapes, func(s Shape) bool { return len(s.Params) > 0 && s.Params[len(s.Params)-1] == name })
	})
}

// HandlesLike returns the library of which a function with that name and signature is a handler, or nil.
func HandlesLike(fn *types.Func, sig *types.Signature) *Traffic {
	for _, t := range traffics {
		for i := range t.Shapes {
			if shape := &t.Shapes[i]; (shape.Method == "" || fn != nil && shape.Method == fn.Name()) && takes(sig, shape) {
				return t
			}
		}
	}
	return nil
}

// takes reports whether a signature is that of a shape, whose types may be generic.
func takes(sig *types.Signature, shape *Shape) bool {
	if sig.Params().Len() != len(shape.Params) || sig.Results().Len() != len(shape.Results) {
		return false
	}
	for i, want := range shape.Params {
		if want != "" && !isNamed(sig.Params().At(i).Type(), want) {
			return false
		}
	}
	for i, want := range shape.Results {
		if want != "" && !isNamed(sig.Results().At(i).Type(), want) {
			return false
		}
	}
	return true
}

// Acknowledges reports whether fn tells a broker that a message has been handled.
func Acknowledges(fn *types.Func) bool { return acks[Name(fn)] }

// Guards reports whether fn tells a second delivery from the first, or makes an effect one that can
// be repeated.
func Guards(fn *types.Func) bool { return guards[Name(fn)] }

// SaysAttempts returns the library of whose messages fn says how often they come again, or nil.
func SaysAttempts(fn *types.Func) *Traffic { return retries[Name(fn)] }

// BeginsTransaction reports whether fn begins a transaction of a broker: what is published in it, and how far was read, is
// committed together.
func BeginsTransaction(fn *types.Func) bool { return transactions[Name(fn)] }

// ClearOf returns what is known of fn as a call that takes rows away, or nil.
func ClearOf(fn *types.Func) *Deed { return clears[Name(fn)] }

// Narrows reports whether fn says which rows an update changes.
func Narrows(fn *types.Func) bool { return wheres[Name(fn)] }

// LooksUpOne reports whether fn looks up the row that conditions choose, and fails where there is none.
func LooksUpOne(fn *types.Func) bool { return firsts[Name(fn)] }

// LooksUpAll reports whether fn looks up all rows that conditions choose.
func LooksUpAll(fn *types.Func) bool { return rowLists[Name(fn)] }

// Postpones reports whether fn makes an option by which a job is done at another time.
func Postpones(fn *types.Func) bool { return delays[Name(fn)] }

// TellsAbsence reports whether a variable is an error which says that something is not there, or is
// there already.
func TellsAbsence(v types.Object) bool { return absents[VarName(v)] }

// KeyOf returns what is known of fn as a function that gives a request its key, or nil.
func KeyOf(fn *types.Func) *Key { return keyCalls[Name(fn)] }

// IsFresh reports whether fn returns another id each time.
func IsFresh(fn *types.Func) bool { return freshCalls[Name(fn)] }

// ChecksSignature reports whether fn checks the signature of a webhook.
func ChecksSignature(fn *types.Func) bool { return signChecks[Name(fn)] }

// IsEventID reports whether a field of a type holds the id of an event, or tells that it comes
// again.
func IsEventID(owner types.Type, field *types.Var) bool {
	return field != nil && eventIDs[TypeName(owner)+"."+field.Name()]
}

// isRPC reports whether a function is a method of a generated client: of gRPC, where the options of calls
// come last, or of connect, whose clients are interfaces.
func isRPC(fn *types.Func) bool {
	sig := fn.Signature()
	n := sig.Params().Len()
	if n == 2 && sig.Results().Len() == 2 && sig.Recv() != nil && types.IsInterface(sig.Recv().Type()) {
		return TypeName(sig.Params().At(1).Type()) == connectRPC+".Request" && strings.HasSuffix(TypeName(sig.Recv().Type()), "Client")
	}
	if !sig.Variadic() || n < 2 || sig.Results().Len() != 2 {
		return false
	}
	slice, ok := sig.Params().At(n - 1).Type().(*types.Slice)
	return ok && TypeName(slice.Elem()) == "google.golang.org/grpc.CallOption"
}

var (
	payments = regexp.MustCompile(`^(Charge|Pay|Refund|Capture|Payout|Debit|Withdraw|TransferFunds|TransferMoney|MakePayment|CreatePayment|ProcessPayment)`)
	mailings = regexp.MustCompile(`^(Send|Dispatch)\w*(Mail|Email|SMS|Sms|Confirmation|Receipt|Invitation)`)

	rpcPays  = Deed{Kind: Pays}
	rpcMails = Deed{Kind: Mails}
)

// rpcDeed tells by its name what a method of another service does.
func rpcDeed(fn *types.Func) *Deed {
	switch {
	case payments.MatchString(fn.Name()):
		return &rpcPays
	case mailings.MatchString(fn.Name()):
		return &rpcMails
	}
	return nil
}

// executes are the names of methods that run a statement which is one of their arguments. Interfaces
// over several databases have methods of the same names.
var executes = regexp.MustCompile(`^(Must|Named|Prepare|Raw)?(Exec|Query|QueryRow|Queryx|QueryRowx|Get|Select|Prepare|Preparex|Raw|Queue)(Context)?(Ctx|Row|Rows)?$`)

// Executes reports whether a function of that name runs a statement.
func Executes(name string) bool {
	return executes.MatchString(name) || name == "Prepare" || name == "Raw"
}

// KeyHeader reports whether a header of that name carries a key by which its receiver tells a second
// request.
func KeyHeader(name string) bool { return keyHeaders.MatchString(name) }

var keyHeaders = regexp.MustCompile(`(?i)^(x-)?([a-z]+-)?(idempoten(cy|t)[-_]?(key|id|token)?|request-?id|delivery-?id|delivery|message-id|dedup(lication)?-id|client-token|transaction-id|event-id|cloudscheduler-scheduletime)$|^(svix|webhook)-id$|^nats-msg-id$`)

// DeliveryHeader reports whether a header of that name carries the id of a webhook's delivery or event.
func DeliveryHeader(name string) bool { return deliveryHeaders.MatchString(name) }

var deliveryHeaders = regexp.MustCompile(`(?i)(delivery|webhook|event|svix|request|message|notification|transmission|idempotency|twitch-eventsub-message)-?(id|uuid|key|token)?$`)

// SignatureHeader reports whether a header of that name carries the signature of a webhook.
func SignatureHeader(name string) bool { return signatureHeaders.MatchString(name) }

var signatureHeaders = regexp.MustCompile(`(?i)^(x-hub-signature(-256)?|stripe-signature|svix-signature|webhook-signature|x-shopify-hmac-sha256|x-gitlab-token|paypal-transmission-sig|x-slack-signature|x-square-signature|x-razorpay-signature|x-paystack-signature|creem-signature|x-twilio-signature)$`)
