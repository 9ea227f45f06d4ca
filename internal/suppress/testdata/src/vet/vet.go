// Package vet is seen alone: what is suppressed here may show only with its importers.
package vet

func bad() int { return 0 }

func f() {
	bad() //resilint:ignore one meant
	//resilint:ignore one nothing is here

	/* want "gives no reason" */ //resilint:ignore one
	bad()                        // want "bad called"
	bad()                        //nolint:one
}
