#!/bin/sh
# Every program has a page, and every page is clean mdoc.
. "$(dirname "$0")/lib.sh"

for c in "$top"/src/*.c; do
	[ -e "$c" ] || continue
	ok "$(basename "$c" .c) has a page" test -s "${c%.c}.1"
done
for m in "$top"/src/*.[157]; do
	[ -e "$m" ] || continue
	n=$(basename "$m")
	# Our own pages refer to each other; mandoc looks among installed ones.
	run mandoc -Tlint -W warning "$m"
	is "$(grep -v 'referenced manual not found' "$out")" "" "$n is clean"
	like "$(cat "$m")" '^\.Sh EXIT STATUS|^\.Dt .* [57]$' \
		"$n lists the exit codes"
done

# Every provider is named where people look for it.
sed -n 's/^PROVIDER(\([a-z0-9]*\), *\([YN][EO]S*\), *\([YN][EO]S*\), *\([YN][EO]S*\), *\([A-Z]*\),.*/\1 \5 \2 \3 \4/p' \
	"$top/lib/store/provider.def" >types
is "$(wc -l <types)" "$(grep -c '^PROVIDER(' "$top/lib/store/provider.def")" \
	"the table of providers was read"
named() {
	grep -qw -- "$1" "$2" || echo "$1 is not in ${2##*/}"
}
while read -r type kind script speech image; do
	set --
	[ "$script" = YES ] && set -- "$@" gen-script
	[ "$speech" = YES ] && set -- "$@" tts
	[ "$image" = YES ] && set -- "$@" image
	for p; do
		[ ! -x "$STUDIO_BIN/$p" ] || "$STUDIO_BIN/$p" --help >help
		[ ! -x "$STUDIO_BIN/$p" ] || named "$type" help
		named "$type" "$top/src/$p.1"
	done
	named "$type" "$top/README.md"
	named "$type" "$top/src/studio-providers.5"
	# its address and its key's variable
	[ "$kind" = NETWORK ] || continue
	for word in $(grep "^PROVIDER($type," "$top/lib/store/provider.def" |
		grep -oE '"(https?:[^"]*|[A-Z0-9]*_API_KEY)"' | tr -d '"'); do
		named "$word" "$top/README.md"
		named "$word" "$top/src/studio-providers.5"
	done
done <types >missing
is "$(cat missing)" "" "each is in help, pages and README"

# So is every field of providers:.
for field in $(sed -n '/entry_fields/,/FIELDS_END/s/^\t{ "\([a-zA-Z]*\)".*/\1/p' \
	"$top/lib/store/endpoint.c"); do
	named "$field" "$top/src/studio-providers.5"
done >missing
is "$(cat missing)" "" "each field of providers: is described"
done_testing
