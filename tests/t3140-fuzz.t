#!/bin/sh
# Every input that fuzzing kept is read again, with some thousand inputs that
# are made of them by a fixed seed, under the sanitizers. And whatever in lib/
# takes bytes apart has a target: its header says so.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
cd "$top" || exit 1

# Not fuzzed, and why.
exceptions='
file_read          copies a file
file_read_typed    copies a file
object_take        copies a reply
picture_decode     in a child: pixels does what the child does
picture_decode_alpha in a child: pixels does what the child does
picture_icc_open   within pixels
sound_decode       in a child: sound does what the child does
image_file_read    media_kind, then picture_decode
image_clip_read    media_kind, then movie_scan: movie does what the child does
speech_file_read   media_kind and wav_mend, then sound_decode
wire_parse         within each read of wire
wire_parse_text    within each read of wire
abbreviation_find  a word, within sentence_split
cache_read         copies a file
fd_read            copies what comes
provider_type_find strncmp
font_check_text    utf8_decode, and a table for each code point
'

# Declarations of functions whose names say that they read, and that take bytes.
entries() {
	cat lib/*/*.h | perl -0ne 's{/\*.*?\*/}{}gs; s/^#.*//mg;
	while (/\b([a-z0-9_]+_(?:parse|read|decode|load|check|probe|find|split|scan|size|line|mend|kind|edit|skip|inline|take|open|here)[a-z0-9_]*)\(([^;{}]*?)\)\s*(?:__attribute__[^;]*)?;/gs) {
		my ($name, $takes) = ($1, $2);
		$takes =~ s/\s+/ /g;
		print "$name\n" if $takes =~ /const (char|void|uint8_t) \*\w+, size_t|const struct strbuf \*|struct strbuf \*bytes/;
	}' | sort -u
}
entries >"$tmp/entries"
ok "there are entries" test "$(wc -l <"$tmp/entries")" -gt 30
missing=
while read -r name; do
	grep -qw "$name" tests/fuzz/*.c ||
		echo "$exceptions" | grep -q "^$name " ||
		missing="$missing $name"
done <"$tmp/entries"
is "$missing" "" "each function that takes bytes apart has a fuzz target"

missing=
for t in tests/fuzz/*.c; do
	name=$(basename "$t" .c)
	[ -n "$(ls "tests/fuzz/$name" 2>/dev/null)" ] &&
		[ -s "tests/fuzz/$name.inputs" ] || missing="$missing $name"
done
is "$missing" "" "each target has inputs"
ok "which are small" test \
	"$(du -sk --apparent-size tests/fuzz | cut -f1)" -lt 1100

# scripts/check has built them beside the other sanitized programs.
if ! make -s -j2 DEVELOPER=1 CC=clang SANITIZE=address,undefined replays \
	>"$tmp/make.log" 2>&1; then
	result 1 "the targets compile" "$(tail -n 20 "$tmp/make.log")"
	done_testing
	exit 1
fi
for t in tests/fuzz/*.c; do
	name=$(basename "$t" .c)
	case $name in
	movie | sound | font | pixels) more=2000 ;;
	files | script | reply | sidecar) more=6000 ;;
	*) more=30000 ;;
	esac
	(cd "$scratch" && run timeout 300 \
		"$top/obj/clang-address-undefined-dev/tests/replay/$name" \
		-m $more "$top/tests/fuzz/$name" \
		"$top/tests/fuzz/$name.inputs"
	[ "$got" -eq 0 ] && ! reported)
	result $? "$name: $(cat "$out")" \
		"$(tail -n 30 "$err"); the input: $(base64 -w0 "$scratch/bad-input" 2>/dev/null)"
done
done_testing
