#!/bin/sh
# Makes three states of MusicCorp in a folder: before, as its team wrote it; fixed, after
# resilint -fix -unsafe-fixes; and patched, which is fixed with musiccorp.patch, for what only a
# person can decide.
#
#	testdata/states.sh DIR
#
# RESILINT is the command to use; by default it is built from this repository.
set -eu
if [ $# -ne 1 ] || [ -e "$1/before" ]; then
	echo "usage: states.sh DIR, which has no states yet" >&2
	exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
dir=$(cd "$1" && pwd)
export GOWORK=off

if [ -z "${RESILINT:-}" ]; then
	RESILINT=$dir/resilint
	go build -C "$here/.." -o "$RESILINT" ./cmd/resilint
fi

cp -R "$here/musiccorp" "$dir/before"
cp -R "$here/musiccorp" "$dir/fixed"
cd "$dir/fixed"
# Until there is a release, the runtime is that of this repository.
go mod edit -require github.com/resilint/resilint/runtime@v0.1.0 -replace "github.com/resilint/resilint/runtime=$here/../runtime"
# The team waits 750 ms for its own services, not the 30 that fixes take for strangers'. What
# a fix has made possible the second run does: a client that there was none of gets its breaker. Status 1
# is that some findings remain.
for run in first second; do
	echo "$run run of resilint:" >&2
	"$RESILINT" -fix -unsafe-fixes -fixstyle=runtime -notimeout.timeout=750ms ./... >"$dir/left.txt" || [ $? -eq 1 ]
done

cp -R "$dir/fixed" "$dir/patched"
cd "$dir/patched"
# Without a repository around it, git apply works on the files as they are.
GIT_CEILING_DIRECTORIES=$dir git apply -p1 "$here/musiccorp.patch"
