#!/bin/sh
# The arrows between the layers, and who may see which library.
. "$(dirname "$0")/lib.sh"
plan 6

ok "the source keeps to the layers" "$top/scripts/check-layers"
[ -s "$out" ] && sed 's/^/# /' "$out" >&2

# The check can fail: the same script over a small tree with a fault each.
mkdir -p scripts lib/base lib/store lib/render src
cp "$top/scripts/check-layers" scripts/
one() {
	echo "$2" >"$1"
	fails "$3" scripts/check-layers
	rm "$1"
}
one lib/base/a.c '#include "store/state.h"' "base may not include store"
one lib/render/a.c '#include <libavcodec/avcodec.h>' "libav only in media"
one lib/store/a.c '#include "../base/error.h"' "no path that goes up"
one src/a.c '#include <curl/curl.h>' "curl only in http.c"
echo '#include "base/error.h"' >lib/store/a.c
ok "an include from below passes" scripts/check-layers
