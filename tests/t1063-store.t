#!/bin/sh
# studio store: what there is of it, and carrying it to another machine: whole,
# twice, cut, damaged, hostile, by two at once, on a full or read-only disk.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

store=$XDG_DATA_HOME/studio/store

# object NAME BYTES [COST]: a reply in the store of $XDG_DATA_HOME; $digest
object() {
	digest=$(printf '%s' "$1" | sha256sum | cut -c1-64)
	folder=$XDG_DATA_HOME/studio/store/objects/$(echo "$digest" |
		cut -c1-2)
	mkdir -p "$folder"
	path=$folder/$digest
	yes "$1" | head -c "$2" >"$path"
	printf '{\n  "kind": "audio",\n  "provider": "home:m",\n  "sha256": "%s",\n  "bytes": %d%s\n}\n' \
		"$(sha256sum <"$path" | cut -c1-64)" "$2" \
		"${3:+,
  \"cost\": $3}" >"$path.json"
}
# at HOME COMMAND: with another store
at() {
	XDG_DATA_HOME=$tmp/$1
	shift
	"$@"
	at_code=$?
	XDG_DATA_HOME=$HOME/.local/share
	return $at_code
}
number() { studio store --json | jq -c '[.objects.number, .journal.number]'; }

ok "an empty store" studio store
like "$(cat "$out")" "^0 replies, 0 bytes, paid for with .0.00" "is said to be"
is "$(sed -n 1p "$out")" "$store" "and where"
ok "no folder was made" test ! -e "$store"

object one 1000 0.25
first=$path
object two 513 0.5
object three 0
mkdir -p "$store/journal" "$store/rejected" "$store/intents" "$store/made"
j=$(printf j | sha256sum | cut -c1-64)
r=$(printf r | sha256sum | cut -c1-64)
i=$(printf i | sha256sum | cut -c1-64)
echo journalled >"$store/journal/$j"
echo '{"request":"'"$j"'","kind":"audio","provider":"home:m","for":"scene 1 audio"}' \
	>"$store/intents/$j"
echo refused >"$store/rejected/$r"
echo '{"request":"'"$i"'","kind":"image","provider":"home:p","note":"job 7"}' \
	>"$store/intents/$i"
id=5b0e7a3e-0000-4000-8000-000000000001
printf '%s\n' "$j" >"$store/made/$id"
ok "a store" studio store
like "$(cat "$out")" '^3 replies, 1.5 KiB, paid for with .0.75; of 1 it is not' \
	"its replies, bytes and cost"
like "$(cat "$out")" '^1 journalled' "a journalled one"
like "$(cat "$out")" '^1 refused' "a refused one"
like "$(cat "$out")" '^2 calls whose outcome is not known' "open calls"
is "$(studio store --json | jq -c '[.objects.bytes, .cost, .unknown]')" \
	"[1513,0.75,1]" "as JSON"
exits 2 "no such word" studio store exports x
exits 2 "no file" studio store export
exits 2 "two files" studio store import a b

# Out and in.
ok "export" studio store export all.tar
is "$(cat "$out")" "exported 5 replies, 1.5 KiB; 2 open calls" "says how much"
studio store export - 2>"$err" >again.tar
same_file all.tar again.tar "the same store gives the same bytes, also piped"
is "$(tar -tf all.tar | wc -l)" 14 "tar reads it"
is "$(tar -tf all.tar | head -1)" studio-store/version "its version first"
tar -xOf all.tar "studio-store/objects/$(basename "$first")" >here
same_file here "$first" "and gets the bytes"
ok "import" at second studio store import all.tar
is "$(cat "$out")" "imported 5 replies, 1.5 KiB; 2 open calls" "says how much"
(cd "$store" && find . -type f ! -name lock | sort | xargs sha256sum) |
	grep -v '/intents/\|\.json' >a
(cd "$tmp/second/studio/store" && find . -type f ! -name lock | sort |
	xargs sha256sum) | grep -v '/intents/\|\.json' >b
same_file a b "every file is there"
is "$(jq -S . "$first.json")" \
	"$(jq -S . "$tmp/second/studio/store/objects/${first#*/objects/}.json")" \
	"with its record"
is "$(at second studio store --json | jq -c .cost)" 0.75 "and its cost"
ok "import again" at second studio store import all.tar
is "$(cat "$out")" "imported 0 replies, 0 bytes; 5 were here" "changes nothing"
from_pipe() { head -c 10000000 all.tar | at third studio store import -; }
ok "from a pipe" from_pipe
at third studio store export third.tar >/dev/null
same_file all.tar third.tar "an export of an import is the same"
mkdir packed
tar -xf all.tar -C packed
(cd packed && tar -cf ../repacked.tar ./studio-store/version ./studio-store/*/)
exits 65 "packed again by tar in another order" \
	at fourth studio store import repacked.tar
rm -rf "$tmp/fourth"

# Rot.
cp "$first" keep
printf X | dd of="$first" bs=1 seek=5 conv=notrunc 2>/dev/null
exits 74 "export of a store with a rotten reply" studio store export rot.tar
like "$(cat "$err")" "$(basename "$first").*changed on the disk.*doctor --fix" \
	"names it and the cure"
is "$(cat "$out")" "exported 4 replies, 532 bytes; 2 open calls" \
	"the others are in the file"
ok "import mends it" studio store import all.tar
like "$(cat "$out")" '^imported 1 reply.* 1 of them in place of rotten' "and says so"
same_file keep "$first" "it has its bytes again"

# Another reply to the same request: ours stays.
mkdir "$tmp/other"
XDG_DATA_HOME=$tmp/other
object one 900 0.1
studio store export other.tar >/dev/null
XDG_DATA_HOME=$HOME/.local/share
ok "another reply to a request" studio store import other.tar
like "$(cat "$out")" '1 have another reply here, which stays' "is told"
same_file keep "$first" "and not taken"

# Cut at every block and in the middle of each: what is whole is taken.
size=$(wc -c <all.tar)
at=256 bad='' last=0
while [ $at -lt "$size" ]; do
	head -c $at all.tar >cut.tar
	rm -rf "$tmp/cut"
	at cut studio store import cut.tar >"$out" 2>"$err"
	got=$?
	# the end, two empty blocks, is not needed twice
	[ $got -eq 65 ] || [ $at -gt $((size - 1024)) ] || bad="$bad $at:$got"
	! reported || bad="$bad $at:report"
	n=$(find "$tmp/cut" -path '*/objects/*' ! -name '*.json' -type f \
		2>/dev/null | wc -l)
	[ "$n" -ge "$last" ] || bad="$bad $at:$n<$last"
	last=$n
	[ -z "$(find "$tmp/cut" -name '.*' -type f 2>/dev/null)" ] ||
		bad="$bad $at:temp"
	at=$((at + 768))
done
is "$bad" "" "cut anywhere: refused, and what came before is whole"
ok "then the whole file" at cut studio store import all.tar
at cut studio store export cut2.tar >/dev/null
same_file all.tar cut2.tar "completes it"

# Hostile files. entry NAME CONTENT [TYPE [SIZE]] appends to evil.tar
entry() {
	perl -e '
		my ($name, $text, $type, $size) = @ARGV;
		$size = sprintf("%011o", length $text) if !length $size;
		my $h = pack("a100a8a8a8a12a12A8a1a100a6a2a32a32a8a8a155x12",
		    $name, "0000644", "0000000", "0000000", $size,
		    "00000000000", "", $type, $type eq "2" ? "/etc/passwd" : "",
		    "ustar", "00", "", "", "", "", "");
		substr($h, 148, 8) = " " x 8;
		my $sum = unpack("%32C*", $h);
		substr($h, 148, 8) = sprintf("%06o\0 ", $sum);
		print $h, $text, "\0" x (-length($text) % 512);
	' -- "$1" "$2" "${3-0}" "${4-}" >>evil.tar
}
begin() { : >evil.tar && entry studio-store/version "1
"; }
finish() { head -c 1024 /dev/zero >>evil.tar; }
x=$(printf x | sha256sum | cut -c1-64)
text=hello
sum=$(printf '%s' "$text" | sha256sum | cut -c1-64)
record() { printf '{"sha256":"%s","bytes":%d,"kind":"audio","provider":"p"}' \
	"${1-$sum}" "${2-5}"; }
refused() {
	finish
	exits 65 "$1" at evil studio store import evil.tar
	is "$(find "$tmp/evil" -type f ! -name lock 2>/dev/null)" "" \
		"$1: nothing came of it"
	rm -rf "$tmp/evil"
}
o=studio-store/objects
begin; entry "$o/$x.json" "$(record)"; entry "$o/$x" "$text"; finish
ok "the builder of these builds what is right" at evil studio store import evil.tar
is "$(cat "$tmp/evil/studio/store/objects/$(echo "$x" | cut -c1-2)/$x")" hello \
	"and it is taken"
rm -rf "$tmp/evil"
: >evil.tar; refused "no version"
: >evil.tar; entry studio-store/version "2
"; refused "another version"
like "$(cat "$err")" 'another version of studio' "says so"
: >evil.tar; entry "$o/$x.json" "$(record)"; refused "its version is not first"
begin; entry "../../evil" x; refused "a path that leads out"
begin; entry "/etc/evil" x; refused "an absolute path"
begin; entry "studio-store/objects/../../../x" x; refused "one that climbs"
begin; entry "$o/$x" "$text" 2; refused "a symbolic link"
begin; entry "$o/$x" "$text" 1; refused "a hard link"
begin; entry "$o/$x" "$text" 6; refused "a FIFO"
begin; entry "$o/$x" "$text"; refused "a reply without its record"
begin; entry "$o/$x.json" "$(record)"; entry "$o/$x" "hellO"
refused "other bytes than the record says"
begin; entry "$o/$x.json" "$(record "$sum" 4)"; entry "$o/$x" "$text"
refused "another size than the record says"
begin; entry "$o/$x.json" "$(record nonsense)"; entry "$o/$x" "$text"
refused "a hash that is none"
begin; entry "$o/$x.json" "{\"sha256\":"; entry "$o/$x" "$text"
refused "a broken record"
begin; entry "$o/$x.json" "[]"; refused "a record that is a list"
begin; entry "$o/$x.json" "$(record)" 0 77777777777; refused "a huge record"
begin; entry "$o/$x.json" "$(record)"
entry "$o/$x" "$text" 0 77777777777; refused "a huge reply"
begin; entry "$o/$x.json" "$(record)"
entry "$o/$x" "$text" 0 "99999999999"; refused "a size that is no number"
begin; entry "$o/${x}0" x; refused "a name that is too long"
begin; entry "studio-store/trust/$x" x; refused "no such shelf"
begin; entry "studio-store/made/../../x" x; refused "no such project"
begin; entry "studio-store/intents/$x" x; refused "an intent without .json"
begin; printf 'garbage%.0s' $(seq 200) >>evil.tar; refused "garbage"
head -c 5000 /dev/urandom >evil.tar; refused "noise"
: >evil.tar
exits 65 "an empty file" at evil studio store import evil.tar
exits 74 "no file" studio store import nothing.tar
# twice in one file, the second time with other bytes
other=$(printf other | sha256sum | cut -c1-64)
begin; entry "$o/$x.json" "$(record)"; entry "$o/$x" "$text"
entry "$o/$x.json" "$(record "$other" 5)"; entry "$o/$x" other; finish
ok "the same twice" at evil studio store import evil.tar
is "$(cat "$tmp/evil/studio/store/objects/$(echo "$x" | cut -c1-2)/$x")" hello \
	"the first counts"

# Two at once, and one that is killed.
n=0
while [ $n -lt 40 ]; do
	n=$((n + 1))
	object "many$n" 20000
done
studio store export many.tar >/dev/null
for _ in 1 2 3; do
	XDG_DATA_HOME=$tmp/both studio store import many.tar >/dev/null &
done
wait
at both studio store export both.tar >/dev/null
same_file many.tar both.tar "three imports at once"
for ms in 5 10 20 30 40 60; do
	XDG_DATA_HOME=$tmp/killed studio store import many.tar >/dev/null 2>&1 &
	pid=$!
	sleep "0.0$ms" 2>/dev/null
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
done
ok "after one that was killed" at killed studio store import many.tar
at killed studio store export killed.tar >/dev/null
same_file many.tar killed.tar "importing again completes it"

exits 2 "never over a folder" studio store export .
cp all.tar was.tar
exits 2 "nor over a file" studio store export all.tar
like "$(cat "$err")" 'all.tar: is there already; name another' "which is said"
same_file was.tar all.tar "and it is as it was"
ok "nor to a terminal" sh -c '! script -qec "studio store export -" /dev/null </dev/null | grep -q ustar'
# A disk that is full.
mkdir "$tmp/small"
if mount -t tmpfs -o size=300k none "$tmp/small" 2>/dev/null; then
	trap 'umount "$tmp/small" 2>/dev/null; cleanup' EXIT
	exits 74 "export to a full disk" studio store export "$tmp/small/x.tar"
	is "$(ls -A "$tmp/small")" "" "leaves nothing"
	exits 74 "import to a full disk" at small studio store import many.tar
	like "$(cat "$err")" 'No space' "says why"
	is "$(find "$tmp/small" -name '.*' -type f)" "" "and leaves no temp file"
	mount -o remount,size=30m "$tmp/small"
	ok "with room again" at small studio store import many.tar
	at small studio store export small.tar >/dev/null
	same_file many.tar small.tar "it is whole, on another file system"
	mount -o remount,ro "$tmp/small"
	ok "a store that cannot be written" at small studio store
	ok "can be exported" at small studio store export whole.tar
	same_file many.tar whole.tar "whole"
	exits 74 "and not imported into" at small studio store import all.tar
else
	skip "cannot mount a small file system here"
fi

# Killed at each call, of a store with one of everything: it is completed, and
# as old as it was, for what is exported of it must be the same.
inject=$top/obj/gcc-dev/tests/faults/inject
[ -x "$inject" ] || inject=$top/obj/gcc/tests/faults/inject
[ -x "$inject" ] || make -s -C "$top" CC=gcc injector
find "$store" -type f -exec touch -d 2020-02-02 {} +
rm -rf "$store"/objects/*
object one 300
studio store export few.tar >/dev/null
nr=0 bad='' got=137
while [ $got -eq 137 ]; do
	nr=$((nr + 1))
	rm -rf "$tmp/each"
	mkdir "$tmp/each"
	run at each "$inject" -b "$STUDIO_BIN" -k $nr -f kill -d "$tmp/each" \
		-- studio store import few.tar
	killed=$got
	run at each studio store import few.tar
	at each studio store export - >each.tar 2>/dev/null
	[ "$got" -eq 0 ] && cmp -s few.tar each.tar || bad="$bad $nr"
	got=$killed
done
if [ $got -eq 126 ]; then
	skip "calls cannot be watched here"
else
	is "$got$bad" 0 "killed at each of its calls, it is completed by the next"
	ok "those are many" test $nr -gt 50
fi
done_testing
