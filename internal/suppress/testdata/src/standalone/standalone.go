// Package standalone is seen with the whole module around it.
package standalone

func bad() int { return 0 }

func worse() int { return 0 }

func f() {
	bad() // want "bad called"

	bad() //resilint:ignore one meant: the caller waits on purpose
	//resilint:ignore one meant
	bad()
	//resilint:ignore one meant
	// and this is why
	bad()
	//resilint:ignore one/call meant
	bad()
	/* want `resilint:ignore two suppresses nothing` */ //resilint:ignore two,one meant
	bad()
	//resilint:ignore one,two meant
	_ = bad() + worse()

	bad() //resilint:ignore one meant
	bad() // want "bad called"

	/* want "gives no reason" */ //resilint:ignore one
	bad()                        // want "bad called"
	/* want "suppresses nothing" */ //resilint:ignore one/other meant
	bad()                           // want "bad called"
	/* want `names an unknown rule "three" .rules: one, two.` */ //resilint:ignore three meant
	bad()                                                        // want "bad called"
	/* want "names no rule" */ //resilint:ignore
	bad()                      // want "bad called"
	/* want "suppresses nothing" */ //resilint:ignore one nothing is here

	//resilint:ignored one
	bad() // want "bad called"
	// resilint:ignore one a comment like any other
	bad() // want "bad called"
}
