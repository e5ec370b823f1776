#!/bin/sh
# The set-up: quick when nothing is missing, and honest when it may not act.
. "$(dirname "$0")/lib.sh"
plan 11

setup=$top/scripts/setup
exits 2 "without an operand it prints its usage" "$setup"
ok "nothing is missing after make check's own set-up" "$setup" check
is "$(cat "$out" "$err")" "" "and it says nothing then"

# A system where jq is not there: a PATH of links without it.
mkdir path
for d in /usr/bin /bin /usr/sbin /sbin; do
	for f in "$d"/*; do
		[ -e "path/${f##*/}" ] || ln -s "$f" path/
	done
done
rm -f path/jq path/sudo path/apt-get
bare() { env PATH="$scratch/path" "$@"; }

exits 1 "-n exits 1 when something is missing" bare "$setup" -n check
is "$(cat "$out")" jq "and names the package, that one only"
exits 78 "without apt-get it gives up" bare "$setup" check
like "$(cat "$err")" 'jq' "and names the package"

# With apt-get but without the right to use it.
cat >path/apt-get <<-'STUB'
	#!/bin/sh
	echo "$@" >>"$CALLS"
STUB
rm -f path/id
printf '#!/bin/sh\necho 1000\n' >path/id
chmod +x path/apt-get path/id
exits 78 "without root or sudo it gives up" bare "$setup" check
is "$(tail -n 1 "$err")" "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends jq'" \
	"and its last line is the one command to run"

# As root: what it calls, with an apt-get that only notes it.
printf '#!/bin/sh\necho 0\n' >path/id
CALLS=$scratch/calls
export CALLS
exits 1 "an installation that brings nothing is a failure" bare "$setup" check
like "$(grep install calls)" 'install --no-install-recommends jq$' \
	"only what is missing is asked for"
