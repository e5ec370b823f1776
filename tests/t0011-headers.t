#!/bin/sh
# Each header compiles alone, and twice.
. "$(dirname "$0")/lib.sh"

# Headers inside lib/media may show Cairo and the like to one another.
flags=$(pkg-config --cflags pangocairo pangoft2 libavformat lcms2 libebur128)

# shellcheck disable=SC2086
alone() {
	printf '#include "%s"\n#include "%s"\nint x;\n' "$1" "$1" >x.c
	gcc -std=gnu11 -D_GNU_SOURCE -I"$top/lib" -Wall -Wextra -Werror \
		-fsyntax-only $flags x.c
}

for h in $(cd "$top/lib" && find . -name '*.h' | sed 's|^\./||' | sort); do
	ok "$h" alone "$h"
done
done_testing
