#!/bin/sh
# A file system without room, and one without inodes: of the project, of the
# store, of both. Nothing is paid that could not be kept, and what was paid for
# is there when there is room again. t3050 has a store that fills up.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/wire.sh"

# A user who may not mount may do so among namespaces of his own.
small=$tmp/small
mkdir "$small"
if ! mount -t tmpfs -o size=1m none "$small" 2>/dev/null; then
	rm -rf "$tmp"
	[ -z "${STUDIO_UNSHARED-}" ] && unshare -rm true 2>/dev/null &&
		STUDIO_UNSHARED=1 exec unshare -rm "$0"
	skip_all "a small file system cannot be mounted here"
fi
trap 'cd /; umount "$small" 2>/dev/null; cleanup' EXIT
umount "$small"

# small OPTIONS: an empty one
small() {
	cd "$scratch" || exit 1
	umount "$small" 2>/dev/null
	mount -t tmpfs -o "$1" none "$small"
}
room() { mount -o remount,size=600m,nr_inodes=10000 "$small"; }
# Take all that is left of it: blocks, or inodes.
fill_up() {
	head -c 100000000 /dev/zero >"$small/.fill" 2>/dev/null
	cat /proc/self/stat >>"$small/.fill" 2>/dev/null
	:
}
use_up() {
	mkdir -p "$small/.many"
	perl -e '$i = 0; $i++ while open F, ">", "$ARGV[0]/$i"' "$small/.many"
}

rules openai
home=$HOME/store
# user STOREDIR
user() {
	rm -rf "$XDG_CONFIG_HOME" "$home" "$XDG_RUNTIME_DIR"/studio
	mkdir -p "$XDG_CONFIG_HOME/studio"
	cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<-EOS
		maxCost: unlimited
		storeDir: $1
		providers:
		  home: {type: openai, baseUrl: "http://127.0.0.1:$port/v1"}
	EOS
}
export OPENAI_API_KEY=key-1234567890
# paid DIR: four scenes, split, nothing made, all by the server
paid() {
	studio new "$1" --title "$1" >/dev/null 2>&1 || exit 1
	rm "$1/brief.md"
	printf 'size: 128x72\nquality: draft\n' >>"$1/project.yaml"
	i=0
	while [ $i -lt 4 ]; do
		i=$((i + 1))
		printf '## Part %d\n\nIn %s part %d.\n\n' $i "$1" $i
	done >"$1/script.md"
	studio -C "$1" config ttsProvider home:tts 2>/dev/null
	studio -C "$1" config imageModel home:pic
	studio -C "$1" split-scenes >/dev/null
}
# Files that are half written, or records without media.
no_ruins() {
	is "$(find "$small" "$home" "$scratch" -name '.*.tmp' 2>/dev/null)" "" \
		"$1: no temp file is left"
	find "$small" "$scratch" -name 'audio*.json' -o -name 'image*.json' \
		>"$tmp/records"
	lost=
	while read -r record; do
		[ -e "$(dirname "$record")/$(jq -r .url "$record")" ] ||
			lost="$lost $record"
	done <"$tmp/records"
	is "$lost" "" "$1: no record without its media"
}
# Every line of stderr that tells of the disk names a file and the cure.
cured() {
	like "$(grep 'No space left' "$err" | head -n 1)" \
		'/.*No space left on device; make room, then run it again' \
		"$1: the message names a file and the cure"
}
# all_made DIR CALLS NAME: with room again, and after so many calls before
all_made() {
	room
	rm -rf "$small/.fill" "$small/.many"
	ok "$3: with room again" make -s -C "$1" -j8 audio images
	is "$(began '*')" "$2" "$3: each request was made once" ||
		sed 's/^/# /' "$served/began"
	ok "$3: the project is whole" studio -C "$1" check
}

for what in fill_up use_up; do
	[ $what = fill_up ] && is=blocks || is=inodes
	start=$(began '*')

	# ---- the project's file system, before a call
	small size=8m,nr_inodes=600
	user "$home"
	paid "$small/one"
	$what
	run make -s -C "$small/one" -k -j8 audio
	isnt "$got" 0 "project without $is: the build fails"
	cured "project without $is"
	is $(($(began '*') - start)) 0 "project without $is: nothing was asked"
	no_ruins "project without $is"
	all_made "$small/one" $((start + 9)) "project without $is"

	# ---- the store's, before a call
	start=$(began '*')
	small size=8m,nr_inodes=600
	user "$small/store"
	paid two
	mkdir -p "$small/store"
	$what
	run make -s -C two -k -j8 audio images
	isnt "$got" 0 "store without $is: the build fails"
	cured "store without $is"
	is "$(began '*')" "$start" "store without $is: nothing was asked"
	no_ruins "store without $is"
	all_made two $((start + 9)) "store without $is"
	rm -rf two

	# ---- both are one
	start=$(began '*')
	small size=8m,nr_inodes=600
	user "$small/store"
	paid "$small/three"
	mkdir -p "$small/store"
	$what
	run make -s -C "$small/three" -k -j8 audio images
	isnt "$got" 0 "both without $is: the build fails"
	is "$(began '*')" "$start" "both without $is: nothing was asked"
	no_ruins "both without $is"
	all_made "$small/three" $((start + 9)) "both without $is"
done

done_testing
