#!/bin/sh
# studio starts with every build: it may link little. The others link only
# what they call.
. "$(dirname "$0")/lib.sh"

links() {
	ldd "$STUDIO_BIN/$1" | sed 's/^[[:space:]]*//; s/ .*//' |
		sed 's|.*/||; s/\.so.*//' | sort -u | tr '\n' ' '
}

if [ -x "$STUDIO_BIN/studio" ]; then
	extra=$(links studio | tr ' ' '\n' |
		grep -vE '^(libyaml-0|libcrypto|libc|ld-linux[-a-z0-9_]*|linux-vdso)?$')
	is "$extra" "" "studio links libyaml, libcrypto and libc only"
else
	skip "studio is not built"
fi
for p in split-scenes gen-script; do
	[ -x "$STUDIO_BIN/$p" ] || { skip "$p is not built"; continue; }
	unlike "$(links $p)" 'libav|libpangocairo|libpangoft2|libcairo' "$p draws and decodes nothing"
done
done_testing
