#!/bin/sh
# Vets and tests every module of this repository. All of them are run; the script fails at
# the end if any of them failed.
set -eu
cd "$(dirname "$0")"

# Modules stand alone here, whatever workspace the checkout lies in.
export GOWORK=off

modules=$(git ls-files -co --exclude-standard -- go.mod '*/go.mod' 2>/dev/null || true)
if [ -z "$modules" ]; then # not a git checkout
	modules=$(find . -name go.mod)
fi

# The race detector needs cgo, a C compiler and a platform that it supports.
race=
if go list -race runtime/race >/dev/null 2>&1; then
	race=-race
else
	echo "without the race detector, which is not available here"
fi

# Some tests build the programs that people have (golangci-lint), which takes a cold or busy machine longer
# than the ten minutes that go test allows by itself.
test="go test -timeout 40m $race"

failed=
for mod in $(printf '%s\n' "$modules" | sort); do
	[ -f "$mod" ] || continue # deleted, and git has not been told
	dir=$(dirname "$mod")
	for check in 'go vet' "${test% }"; do
		printf '\n== %s: %s ./...\n' "$dir" "$check"
		(cd "$dir" && $check ./...) || failed="$failed
  $dir: $check"
	done
done

if [ -n "$failed" ]; then
	printf '\nFAILED:%s\n' "$failed"
	exit 1
fi
printf '\nok: all modules\n'
