package unboundedretry

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/policy"
)

// message says what happens in production because of the worst fault, what else is wrong, and what
// to do about all of it.
func message(r *loops.Retry, faults []string) string {
	text := happens(r, faults)
	var besides, remedies []string
	said := map[string]bool{faults[0]: true}
	if faults[0] == codeNoCap {
		said[codeNoDelay], said[codeConstantDelay] = true, r.Delay > 0 // it has said so
	}
	for _, code := range faults {
		if !said[code] {
			besides = append(besides, briefly(r, code))
		}
		remedies = append(remedies, remedy(r, code))
	}
	if len(besides) > 0 {
		text += "; besides, " + list(besides)
	}
	return text + "; " + strings.Join(distinct(remedies), "; ")
}

// happens says what the fault of a retry does in production.
func happens(r *loops.Retry, faults []string) string {
	op := operation(r)
	if r.Misuse != "" {
		return r.Misuse
	}
	if r.Spins {
		return fmt.Sprintf("while %s fails, this loop goes round as fast as it can fail: it burns the CPU, floods the log, and keeps a server down that is trying to come back", op)
	}
	switch faults[0] {
	case codeNoCap:
		switch {
		case has(faults, codeNoDelay):
			return fmt.Sprintf("nothing ends or slows this retry: while %s fails, it is called again as fast as it can fail, for ever", op)
		case r.Growth == policy.Constant && r.Delay > 0:
			return fmt.Sprintf("nothing ends this retry: while %s fails, it is called again every %s, for ever", op, short(r.Delay))
		}
		return fmt.Sprintf("nothing ends this retry: while %s fails, it is called again, for ever", op)
	case codeNoDelay:
		return fmt.Sprintf("%s is called again at once%s: a server that fails under its load gets %s", op, upTo(r), times(r))
	case codeOverflow:
		text := fmt.Sprintf("the delay before %s is called again doubles without a ceiling: it passes an hour", op)
		if turnsNegative(r) {
			text += ", and turns negative in the end, which is none at all"
		}
		return text
	case codePermanentError:
		return fmt.Sprintf("%s is called again after %s, too: what is refused once is refused every time", op, r.Permanent.What)
	case codeNested:
		return fmt.Sprintf("%s retries by itself, and is retried here: %s", r.Inner.Name, product(r))
	case codeConstantDelay:
		text := fmt.Sprintf("%s is called again %s%s, however long it has failed: callers that fail together ", op, every(r), upTo(r))
		if r.Jitter != policy.Random {
			text += "come back together, and "
		}
		return text + "keep up the load that it fails under"
	case codeNoJitter:
		return fmt.Sprintf("callers for whom %s fails at the same time wait equally long: they come back in waves, all at once", op)
	case codeIgnoresContext:
		return fmt.Sprintf("%s between the attempts at %s does not listen to %s: a caller who has gone, or a shutdown, waits until it is over", waiter(r), op, contextName(r))
	}
	return op
}

// turnsNegative reports whether a delay that doubles without a ceiling comes to be less than nothing before the attempts
// end. The program's own arithmetic wraps around; retry libraries stop at the longest duration there is.
func turnsNegative(r *loops.Retry) bool {
	return r.Form != loops.Library && (r.Attempts == 0 || float64(r.Delay)*math.Pow(2, float64(r.Attempts-2)) > math.MaxInt64)
}

// briefly says what else is wrong.
func briefly(r *loops.Retry, code string) string {
	switch code {
	case codeNoDelay:
		return "it does not wait between attempts"
	case codeOverflow:
		return "its delay has no ceiling"
	case codePermanentError:
		return "it repeats " + r.Permanent.What + ", which stay what they are"
	case codeNested:
		return fmt.Sprintf("%s retries by itself (%s)", r.Inner.Name, product(r))
	case codeConstantDelay:
		return "its delay does not grow"
	case codeNoJitter:
		return "its delay has no jitter, so that all callers come back at once"
	case codeIgnoresContext:
		return waiter(r) + " does not listen to " + contextName(r)
	}
	return ""
}

// remedy says what to do.
func remedy(r *loops.Retry, code string) string {
	if r.Spins {
		return "wait before the next round after a failure, longer each time, with jitter"
	}
	switch {
	case r.Misuse != "" && code == codeNoDelay:
		return "leave the loop at backoff.Stop"
	case r.Misuse != "":
		return "say how many there may be, as a number that cannot be less than one"
	}
	switch code {
	case codeNoCap:
		if r.Ctx != nil {
			return "limit the attempts, or end them with " + contextName(r)
		}
		return "limit the attempts, or the time for them"
	case codeNoDelay, codeConstantDelay:
		jitter := ", with jitter"
		if r.Jitter == policy.Random && code == codeConstantDelay {
			jitter = ""
		}
		if r.Reconnects {
			return "wait longer each time, up to a ceiling" + jitter + unlessClosed(r)
		}
		return "wait longer each time" + jitter
	case codeOverflow:
		return "give the delay a ceiling"
	case codePermanentError:
		return "give up on " + r.Permanent.What
	case codeNested:
		return "retry in one of the two places"
	case codeNoJitter:
		return "add jitter"
	case codeIgnoresContext:
		if r.Form == loops.Library {
			return "pass it " + contextName(r)
		}
		return "wait in a select with " + done(r)
	}
	return ""
}

// unlessClosed says when to stop connecting again, where nothing does.
func unlessClosed(r *loops.Retry) string {
	switch {
	case r.Bounds != 0:
		return ""
	case r.Ctx != nil:
		return ", until " + contextName(r) + " ends"
	}
	return ", until it is to be closed"
}

func bodyMessage(r *loops.Retry) string {
	if r.Body.Req != nil {
		return fmt.Sprintf("the first attempt reads %s.Body to its end: on a new connection the next one fails, or sends an empty body; set %s.Body from %s.GetBody() before each attempt, or make the request anew",
			r.Body.Req.Name(), r.Body.Req.Name(), r.Body.Req.Name())
	}
	return "the first attempt reads this body to its end: the next ones send an empty one; make the reader anew for each attempt"
}

const requeueMessage = "a message that cannot be handled is put back at once, whatever the error, and comes again at once, for ever: it keeps the consumer and the broker busy, and holds up what is behind it; give up after some deliveries (a dead letter queue, a limit), and delay them"

func waiter(r *loops.Retry) string {
	if r.Form == loops.Library {
		return "the wait of " + r.Library
	}
	return "time.Sleep"
}

// contextName names the context at hand as the code writes it.
func contextName(r *loops.Retry) string {
	if strings.HasSuffix(r.Ctx.Type().String(), "net/http.Request") {
		return r.Ctx.Name() + ".Context()"
	}
	return r.Ctx.Name()
}

func done(r *loops.Retry) string { return contextName(r) + ".Done()" }

// operation names what is attempted.
func operation(r *loops.Retry) string {
	for _, op := range r.Ops {
		if op.Name != "" {
			return op.Name
		}
	}
	return "the call"
}

func upTo(r *loops.Retry) string {
	if r.Attempts > 2 {
		return fmt.Sprintf(", up to %d times", r.Attempts-1)
	}
	return ""
}

// times says by how much the attempts multiply the load.
func times(r *loops.Retry) string {
	if r.Attempts > 1 {
		return fmt.Sprintf("%d times that", r.Attempts)
	}
	return "a multiple of it"
}

func every(r *loops.Retry) string {
	switch {
	case r.Delay > 0 && r.Jitter != policy.NotRandom:
		return "about every " + short(r.Delay)
	case r.Delay > 0:
		return "every " + short(r.Delay)
	}
	return "at the same interval"
}

// product says how many calls the attempts of two retries make together.
func product(r *loops.Retry) string {
	switch outer, inner := r.Attempts, r.Inner.Attempts; {
	case outer > 0 && inner > 0:
		return fmt.Sprintf("up to %d × %d = %d attempts", outer, inner, outer*inner)
	case inner > 0:
		return fmt.Sprintf("each attempt is up to %d", inner)
	case outer > 0:
		return fmt.Sprintf("up to %d times as many attempts", outer)
	}
	return "the attempts multiply"
}

// short prints a duration without the zeros: 1m instead of 1m0s.
func short(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

func has(codes []string, code string) bool {
	for _, c := range codes {
		if c == code {
			return true
		}
	}
	return false
}

func distinct(words []string) []string {
	var kept []string
	for _, word := range words {
		if !has(kept, word) {
			kept = append(kept, word)
		}
	}
	return kept
}

// list joins words as a sentence does.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
