package unboundedretry

import (
	"time"

	"github.com/resilint/resilint/internal/loops"
	"github.com/resilint/resilint/internal/policy"
)

const (
	// rare is a delay from which on a retry is periodic work rather than load.
	rare = 30 * time.Second
	// seldom is how long a delay is with which a retry may go on for ever: it is no load, and there may be no
	// other way on.
	seldom = time.Minute
	// few attempts, a while apart, are no load to speak of, whenever they come: one in a second at most.
	few   = 5
	while = time.Second
	// waves is how many attempts without jitter are over before they have fallen into step: what is left of
	// them are two or three waves, seconds apart. Those who make them may be many, but each may ask somebody else.
	waves = 4
	// swell is how long they take in all, then: doubled from a second on, seven seconds. Those that take longer come
	// back to a server that has had the time to go down under the wave before, and to come up again.
	swell = 15 * time.Second
	// brief is how long a shutdown may have to wait for a retry without anybody taking notice: an orchestrator
	// gives it 30 seconds (Kubernetes' terminationGracePeriodSeconds).
	brief = 5 * time.Second
)

// faultsOf returns the codes of what is wrong with a retry, the worst first. Many says that those who fail together are seen
// to be many.
func faultsOf(r *loops.Retry, many bool) []string {
	var faults []string
	add := func(code string) { faults = append(faults, code) }
	if r.Spins {
		return []string{codeNoDelay}
	}
	switch {
	case r.Misuse != "" && r.Form == loops.Loop:
		return []string{codeNoDelay}
	case r.Misuse != "":
		return []string{codeNoCap}
	}
	if r.Bounds == 0 && !r.Reconnects && !(r.Aside && r.Waits && !many) && !startsSlowly(r) && !(r.Waits && r.Delay >= seldom) {
		add(codeNoCap)
	}
	if !r.Waits && r.Form != loops.Library && r.Attempts != 2 {
		add(codeNoDelay)
	}
	if r.Inner != nil {
		add(codeNested)
	}
	if r.Permanent != nil {
		add(codePermanentError)
	}
	if r.Wraps {
		add(codeOverflow)
	}
	switch {
	case !r.Waits || r.Delay >= rare || r.Attempts == 2 || r.Startup || r.Guarded:
	case r.Growth == policy.Constant && !r.Chosen && !isLittle(r) && keepsUp(r, many, len(faults) > 0):
		add(codeConstantDelay)
	case r.Growth > policy.Constant && r.Jitter == policy.NotRandom && !r.Client && fallIntoStep(r, many, len(faults) > 0):
		add(codeNoJitter)
	}
	if r.Ctx != nil && (len(r.Sleeps) > 0 || r.Form == loops.Library) && (len(faults) > 0 || lasts(r)) {
		add(codeIgnoresContext)
	}
	return faults
}

// keepsUp reports whether attempts that are as far apart each time are a load to reckon with: nothing ends them but a
// context, a library was told to space them so, or those who make them are seen to be many. A worker by itself that
// asks a few times more is none. Jitter spreads those that have an end.
func keepsUp(r *loops.Retry, many, wrong bool) bool {
	endless := r.Bounds&^policy.ByContext == 0
	return endless || r.Jitter == policy.NotRandom && (wrong || many || r.Form == loops.Library)
}

// fallIntoStep reports whether those who wait equally long are enough, for long enough, to come back in waves. Where
// something else is wrong with the retry, it is mended in the same go. Who uses a library has its option for jitter at
// hand.
func fallIntoStep(r *loops.Retry, many, wrong bool) bool {
	attempts := max(r.Attempts, r.Usual, r.Default)
	return wrong || (many || r.Form == loops.Library) && (attempts == 0 || attempts > waves || r.Asleep > swell)
}

// isLittle reports whether the attempts of a retry are no load to speak of, though they are spaced evenly.
func isLittle(r *loops.Retry) bool {
	attempts := max(r.Attempts, r.Usual)
	return attempts > 0 && attempts <= few && r.Delay >= while
}

// startsSlowly reports whether a program does not start before what it needs is there, and asks for that
// now and then.
func startsSlowly(r *loops.Retry) bool { return r.Startup && r.Waits && (r.Delay >= while || r.Chosen) }

// lasts reports whether somebody notices how long a retry sleeps: it is seen to take longer than brief, or to go on for as
// long as a context lets it. How long a delay is may be a setting: as long as nobody says otherwise, it is a short one.
// What a library does not listen to, it is not given, which takes one word.
func lasts(r *loops.Retry) bool {
	total := r.Asleep
	if r.Form == loops.Library {
		total = r.Total()
	}
	switch {
	case r.Startup:
		return false
	case total > 0:
		return total > brief
	}
	return r.Form == loops.Library || r.Bounds&^policy.ByContext == 0 || r.Delay > brief
}
