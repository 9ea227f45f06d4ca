package nonidempotent

import (
	"fmt"
	"strings"

	"github.com/resilint/resilint/internal/regexp"

	"github.com/resilint/resilint/internal/catalog"
	"github.com/resilint/resilint/internal/effect"
	"github.com/resilint/resilint/internal/loops"
)

func redeliveredMessage(j *judged) string {
	from, again := "the queue", "after a crash or a timeout"
	if j.From != nil && j.From.Name != "" {
		from, again = j.From.Name, j.From.Again
	}
	second := twice(j.deed)
	if j.deed.Deed == catalog.Inserts {
		second += ", or an error that brings the message back for ever"
	}
	return fmt.Sprintf("%s delivers a message again %s, and each delivery %s: %s; %s",
		from, again, does(j.deed), second, advice(j.deed))
}

func webhookMessage(j *judged) string {
	return fmt.Sprintf("the sender of a webhook repeats it until it gets a 2xx in time, and each delivery %s: %s; "+
		"record the event's id first, in the same transaction, and stop if it is there", does(j.deed), twice(j.deed))
}

func createMessage(j *judged) string {
	return fmt.Sprintf("a client that gets no answer in time sends the request again, and each request %s: %s; "+
		"take an Idempotency-Key, or a key of the caller's own that is unique in the database", does(j.deed), twice(j.deed))
}

func earlyMessage(j *judged) string {
	switch j.lost {
	case ackedUnseen:
		return fmt.Sprintf("the queue is consumed with autoAck: the broker forgets a message as soon as it has sent it, and each %s: if that fails, "+
			"or the process dies in between, nobody delivers it again and it is lost; consume it without autoAck and acknowledge it last", does(j.deed))
	case ackedAnyway:
		return fmt.Sprintf("the message is acknowledged although it may have failed: it %s, and if that fails, nobody delivers it again and it is lost; "+
			"acknowledge it only when it is done, and put what can never be done elsewhere", does(j.deed))
	case ackedAtEnd:
		return fmt.Sprintf("the message is acknowledged by a defer, whatever becomes of it: it %s, and if that fails, nobody delivers it again and it is lost; "+
			"acknowledge it only when it is done", does(j.deed))
	}
	return fmt.Sprintf("the message is acknowledged before it %s: if that fails, or the process dies in between, nobody delivers it again and it is lost; acknowledge it last",
		does(j.deed))
}

func unsafeMessage(retry *loops.Retry, op loops.Op, deed *effect.Done) string {
	times := "again"
	if retry.Attempts > 1 {
		times = fmt.Sprintf("up to %d times", retry.Attempts)
	}
	who := "this " + verb(deed)
	if retry.Client {
		return fmt.Sprintf("%s is sent %s by the client itself: when only the answer was lost, %s; give the request an Idempotency-Key, or do not repeat what is not idempotent",
			who, times, twice(deed))
	}
	if deed.Deed == catalog.Inserts || deed.Deed == catalog.Adds {
		return fmt.Sprintf("%s is made %s: when it was committed and only the answer was lost, %s; make it one that can be repeated, by a key that is made before the first attempt and ON CONFLICT DO NOTHING",
			who, times, twice(deed))
	}
	return fmt.Sprintf("%s is made %s: when only the answer was lost, %s; send an Idempotency-Key that is the same for all attempts, made before the first",
		who, times, twice(deed))
}

func freshMessage(retry *loops.Retry, key *effect.Done) string {
	name := key.Name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		name = "the key of " + name[i+1:]
	}
	return fmt.Sprintf("%s is another one for each attempt, so its receiver takes them for different requests: when only the answer was lost, it is done twice; make the key once, before the first attempt", name)
}

// does says what is done, as of "each delivery".
func does(d *effect.Done) string {
	switch d.Deed {
	case catalog.Inserts:
		if d.Table != "" {
			return "INSERTs into " + d.Table + in(d)
		}
		return "adds a row" + in(d)
	case catalog.Adds:
		if d.Kind == effect.Does {
			return "adds to " + d.Table + in(d)
		}
		return "adds to a number in " + d.Table + in(d)
	case catalog.Posts:
		return "sends a POST" + in(d)
	case catalog.Mails:
		return "sends a mail" + in(d)
	case catalog.Pays:
		return "moves money" + in(d)
	}
	return "publishes" + in(d)
}

// in names the call, and the function that makes it.
func in(d *effect.Done) string {
	if d.Name == "" {
		return " (in " + d.In + ")"
	}
	return " (" + d.Name + " in " + d.In + ")"
}

// verb says what an attempt is.
func verb(d *effect.Done) string {
	switch d.Deed {
	case catalog.Mails:
		return "mail"
	case catalog.Pays:
		return "payment"
	case catalog.Inserts:
		return "INSERT"
	case catalog.Adds:
		return "UPDATE"
	}
	return "POST"
}

// twice says what the second time does.
func twice(d *effect.Done) string {
	switch d.Deed {
	case catalog.Inserts:
		return "the second is another row"
	case catalog.Adds:
		return "the second counts twice"
	case catalog.Posts:
		return "the second makes another one"
	case catalog.Mails:
		return "people get it twice"
	case catalog.Pays:
		if outgoing.MatchString(d.Name) || outgoing.MatchString(last(d.In)) {
			return "the money goes out twice"
		}
		return "the customer pays twice"
	}
	return "whoever receives it acts twice"
}

// outgoing are words for money that is paid out.
var outgoing = regexp.MustCompile(`(?i)refund|payout|transfer|withdraw|credit`)

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// advice says what to do in a handler of messages. An id that is recorded ahead of what no transaction takes back would have
// the second delivery stop although the first has done nothing.
func advice(d *effect.Done) string {
	switch d.Deed {
	case catalog.Inserts:
		if d.Kind == effect.Does {
			return "give it an id that comes from the message, or record the message's id in the same transaction"
		}
		return "add ON CONFLICT DO NOTHING on a key of the message, or record the message's id in the same transaction"
	case catalog.Adds:
		return "record the message's id in the same transaction, and stop if it is there"
	case catalog.Posts, catalog.Pays:
		return "send a key made of the message's id along, or claim the id before it, and give it back when that fails"
	case catalog.Mails:
		return "claim the message's id first, stop if it is claimed, and give it back when sending fails: a claim that is kept loses the mail"
	}
	return "give what is published an id made of the message's, by which its receiver drops the second"
}
