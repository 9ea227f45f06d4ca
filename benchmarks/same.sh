#!/bin/sh
# Checks that resilint prints the same bytes run after run, on 1, 2 and 8 processors.
#
#	benchmarks/same.sh RESILINT RUNS DIRECTORY...
set -u
tool=$1 runs=$2
shift 2
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
failed=0
for dir; do
	(cd "$dir" && "$tool" -json ./... >"$temp/first" 2>/dev/null)
	i=0
	while [ "$i" -lt "$runs" ]; do
		i=$((i + 1))
		for procs in 1 2 8; do
			(cd "$dir" && GOMAXPROCS=$procs "$tool" -json ./... >"$temp/again" 2>/dev/null)
			if ! cmp -s "$temp/first" "$temp/again"; then
				echo "differs: $dir, run $i on $procs processors"
				failed=1
			fi
		done
	done
	echo "$dir: $(wc -c <"$temp/first") bytes"
done
exit $failed
