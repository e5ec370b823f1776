#!/bin/sh
# Hostile data in the files of a project: merges, encodings, YAML and JSON made
# to exhaust or to mislead, numbers beyond all bounds, and media that lead to
# other media. Each is refused in one line by file and place, in bounded memory
# and time, and nothing is asked of anyone.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# bad CODE REGEX NAME COMMAND...: in 20 s, 1 GB (not under sanitizers, which
# map terabytes) and one line.
limit() { (
	# shellcheck disable=SC3045
	case $STUDIO_BIN in *address*) ;; *) ulimit -v 1000000 ;; esac
	timeout 20 "$@"
); }
bad() {
	code=$1 regex=$2 name=$3
	shift 3
	run limit "$@" </dev/null
	if reported; then
		result 1 "$name" "a report: $(said)"
	elif [ "$got" -ne "$code" ]; then
		result 1 "$name" "exit $got, not $code: $(said)"
	elif ! grep -qaE "$regex" "$err"; then
		result 1 "$name" "does not match $regex: $(said)"
	elif [ "$(wc -l <"$err")" -ne 1 ]; then
		result 1 "$name" "more than a line: $(said)"
	else
		result 0 "$name"
	fi
}

ok "a project" studio new film --title Film
cd film || exit 1
printf 'size: 128x72\nquality: draft\n' >>project.yaml
rm brief.md
studio add "The first scene." >/dev/null
studio add "The second one." >/dev/null
ok "a film" make
git add -A && git commit -qm good
one=$(find scenes -mindepth 1 -type d | sort | head -n 1)
back() { git checkout -q . && git clean -fdq -e '*.local.*' -e video -e media; }
scene=$one/scene.yaml record=$one/audio.json

# ---- 17: what a merge leaves behind
for file in project.yaml settings.yaml "$scene"; do
	printf '<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> theirs\n' >>"$file"
	bad 65 "$(basename "$file"):[0-9]+.*merge" "merge markers in $file" studio plan
	back
done
for file in "$record" scenes/split.json; do
	[ -e "$file" ] || continue
	sed '1s/^/<<<<<<< HEAD\n/; $s/$/\n=======\n{}\n>>>>>>> theirs/' "$file" >x &&
		mv x "$file"
	run limit studio check
	like "$(cat "$err")" "$(basename "$file"):[0-9]+.*merge" "and in $file"
	back
done
mtime=$(stat -c %Y.%s "$one"/*.json)
sed -i "s/^id:.*/$(grep '^id:' "$(find scenes -mindepth 1 -type d | sort | tail -n 1)/scene.yaml")/" "$scene"
bad 65 'have the same id' "an id twice" studio plan
is "$(stat -c %Y.%s "$one"/*.json)" "$mtime" "marks nothing as stale"
back

# ---- 31, 32: encodings
text() { # printf format of the file's text: value
	# shellcheck disable=SC2059
	printf "text: $1\n" >"$scene"
}
n=0
for bytes in '"\377"' '"\300\257"' '"\355\240\200"' '"\364\220\200\200"' \
	'"\370\210\200\200\200"' '"\372\253\227\232"' '"a\342\202"' 'gr\374n'; do
	n=$((n + 1))
	text "$bytes"
	bad 65 'scene.yaml:1:[0-9]+: .*UTF-8' "no UTF-8 ($n)" studio plan
done
text '"a\000b"'
bad 65 'scene.yaml:1:[0-9]+.*NUL' "a NUL" studio plan
for escape in '\\0' '\\x00' '\\u0000' '\\ud800' '\\udfff\\ud800' '\\U00110000'; do
	text "\"a${escape}b\""
	bad 65 'scene.yaml:1' "YAML $escape" studio plan
done
for escape in '\u0000' '\ud800' '\udc00' '\ud800\ud800' '\ud83dx' '\x41' '\u12'; do
	back
	perl -pi -e 'BEGIN { $e = shift } s/"flite"/"a${e}b"/' "$escape" "$record"
	run limit studio check
	is "$got" 65 "JSON $escape"
	like "$(cat "$err")" 'audio.json:[0-9]+:[0-9]+' "is named by its place"
done
back
printf '\357\273\277' | cat - "$scene" >x && mv x "$scene"
ok "a byte order mark is none of the text" studio plan
ok "and stays where a value is set" studio tts --voice rms 1
is "$(head -c 3 "$scene" | od -An -tx1)" " ef bb bf" "at the start"
back

# ---- 33: YAML that is more than data
yaml() { # NAME, then the document on stdin
	back
	cat >>"$scene"
	bad 65 "$2" "YAML: $1" studio plan
}
yaml "an alias of itself" 'scene.yaml:[0-9]+:[0-9]+.*(anchor|alias)' <<'E'
x: &x [*x]
E
yaml "a merge key" 'scene.yaml:[0-9]+:[0-9]+' <<'E'
base: {a: 1}
<<: {text: other}
E
yaml "a merge key of an alias" 'scene.yaml:[0-9]+:[0-9]+.*(anchor|alias)' <<'E'
base: &b {a: 1}
<<: *b
E
yaml "a key twice, deep" 'scene.yaml:[0-9]+:.*prompt' <<'E'
image: {prompt: a, style: x, prompt: b}
E
yaml "a tag" 'scene.yaml:[0-9]+:[0-9]+.*tag' <<'E'
x: !!binary aGVsbG8=
E
yaml "a directive" 'scene.yaml:[0-9]+' <<'E'
%TAG ! tag:x,2000:
---
x: 1
E
yaml "a second document" 'scene.yaml:[0-9]+' <<'E'
...
---
text: other
E
yaml "a key that is a list" 'scene.yaml:[0-9]+' <<'E'
? [a, b]
: c
E
back
perl -e 'print "x: &a [", join(",", ("y") x 10), "]\n"; for ("b".."k") {
	print "$_: &$_ [", join(",", ("*" . chr(ord($_) - 1)) x 10), "]\n" }' >>"$scene"
bad 65 'scene.yaml:[0-9]+:[0-9]+.*(anchor|alias)' "ten thousand million by aliases" \
	studio plan
back
perl -e 'print "x", $_, ": 1\n" for 1 .. 200000' >>"$scene"
bad 65 'scene.yaml' "200,000 keys" studio plan
back
perl -e 'print "# ", "x" x 5000000, "\n"' >>"$scene"
bad 65 'scene.yaml.*bytes' "five million bytes" studio plan

# ---- 34: depth and numbers
for pair in '[ ]' '{a: }' '-\040'; do
	back
	perl -e '($o, $c) = split / /, $ARGV[0]; $o =~ s/\\040/ /;
		print "x: ", ($o eq "- " ? "\n  " : ""), $o x 1000000, "1",
		($c // "") x 1000000, "\n"' -- "$pair" >>"$scene"
	bad 65 'scene.yaml' "YAML a million deep of $pair" studio plan
done
for open in '[' '{"a":' '[{"a":'; do
	back
	perl -e 'print "{\"x\":", $ARGV[0] x 1000000' "$open" >"$record"
	run limit studio check
	is "$got" 65 "JSON a million deep of $open"
done
back
wrong='' tried=0
for field in audio.speed audio.takes duration; do
	for v in 1e999 -1e999 .inf -.inf .nan NaN Infinity 0x7fffffffffffffff \
		9007199254740993e30 1e-999x "$(perl -e 'print "9" x 100000')"; do
		back
		case $field in
		*.*) printf '%s: {%s: %s}\n' "${field%.*}" "${field#*.}" "$v" ;;
		*) printf '%s: %s\n' "$field" "$v" ;;
		esac >>"$scene"
		run limit studio plan
		tried=$((tried + 1))
		[ "$got" -eq 65 ] && ! reported && [ "$(wc -l <"$err")" -eq 1 ] &&
			grep -qE 'scene.yaml:[0-9]+: .*found' "$err" ||
			wrong="$wrong $field: $(echo "$v" | cut -c1-20) ($got)"
	done
done
is "$wrong" "" "$tried numbers in YAML that are none are refused, in a line"
wrong=
for v in 1e999 NaN Infinity -0x1 01 +1 .5 1. 1e \
	"$(perl -e 'print "9" x 100000')e9"; do
	back
	perl -pi -e 'BEGIN { $v = shift } s/"durationSec": [^,]*/"durationSec": $v/' \
		"$v" "$record"
	run limit studio check
	[ "$got" -eq 65 ] && ! reported ||
		wrong="$wrong $(echo "$v" | cut -c1-20) ($got)"
done
is "$wrong" "" "nor is there such a number in JSON"
back
perl -pi -e 's/"bytes": \d+/"bytes": 9007199254740993e99/' "$record"
run limit studio check
is "$got" 65 "bytes beyond all disks"
back
perl -e 'print "{\"x\": ", "9" x 1000, "000000" x 11300000, "}"' >"$record"
run limit studio check
is "$got" 65 "a number of 67 million digits"
like "$(cat "$err")" 'audio.json.*bytes' "is refused by its bytes"
back

# ---- 37: a command gets the very bytes, whatever they are
# shellcheck disable=SC2016
printf '#!/bin/sh\ncat >"%s/got"\nprintf "%%s\\n" "$STUDIO_VOICE" >"%s/voice"\nexit 69\n' \
	"$tmp" "$tmp" >"$tmp/echo"
chmod +x "$tmp/echo"
voice="-e \$(touch $tmp/ran) '\""
for seed in 1 2 3; do
	{
		printf -- "-n \$(touch %s/ran)'\"\\\\" "$tmp"
		perl -e 'srand shift; print join "", map { chr(33 + int rand 94) }
			1 .. 200' $seed
	} >"$tmp/sent"
	run tts --provider "exec:$tmp/echo" --voice "$voice" <"$tmp/sent"
	same_file "$tmp/sent" "$tmp/got" "200 random signs to a command"
	is "$(cat "$tmp/voice")" "$voice" "and a voice's name"
done
ok "run by no shell" test ! -e "$tmp/ran"

# ---- 38: no graph of filters, into which a text could write
unlike "$(ldd "$STUDIO_BIN/render-video" "$STUDIO_BIN/render-clip")" 'avfilter' \
	"captions are drawn by no filter graph"

# ---- 39: media that are lists of other media
printf 'on * *\n\tstatus 200\n\ttext x\n' >"$tmp/rules"
serve "$tmp/rules" || exit 1
url=http://127.0.0.1:$port
echo "CANARY" >"$tmp/canary"
mkdir -p media
echo "Good." | tts >media/good.wav
cat >media/list.m3u8 <<E
#EXTM3U
#EXT-X-TARGETDURATION:9
#EXTINF:9,
$url/a.ts
#EXTINF:9,
file://$tmp/canary
#EXT-X-ENDLIST
E
printf "ffconcat version 1.0\nfile 'good.wav'\nfile '%s'\nfile '%s'\n" \
	"$url/b.wav" "$tmp/canary" >media/list.ffconcat
printf 'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio %s RTP/AVP 0\n' \
	"$port" >media/list.sdp
printf '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY y SYSTEM "file://%s">]>\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="%s/c.png" width="9" height="9"/><text>&y;</text></svg>\n' \
	"$tmp/canary" "$url" >media/list.svg
printf '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet mimeType="audio/mp4"><Representation id="a" bandwidth="9"><BaseURL>%s/d.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>\n' \
	"$url" >media/list.mpd
printf '[playlist]\nFile1=%s/e.mp3\nNumberOfEntries=1\n' "$url" >media/list.pls
printf '1\n00:00:00,000 --> 00:00:09,000\n<img src=%s/f>\n' "$url" >media/list.srt
cp media/list.m3u8 media/list.wav
cp media/list.m3u8 media/list.mp4
cp media/list.svg media/list.png
# A film whose samples are said to lie elsewhere: the reference, made longer in
# every box that holds it.
ffmpeg -v error -f lavfi -i testsrc=s=64x64:r=5:d=1 -f lavfi -i sine=d=1 \
	-c:v libx264 -c:a aac -f mov media/dref.mov
perl -0777 -e 'undef $/; ($file, $url) = @ARGV; open F, "+<", $file; $_ = <F>;
	sub grow { my ($b, $at) = @_; my $out = "";
		while (length $b >= 8) { my ($n, $t) = unpack "Na4", $b;
			last if $n < 8 || $n > length $b;
			my $body = substr $b, 8, $n - 8; $b = substr $b, $n;
			$body = grow($body) if $t =~ /^(moov|trak|mdia|minf|dinf)$/;
			$body = substr($body, 0, 8) . pack("Na4Na*x",
				13 + length $url, "url ", 0, $url) if $t eq "dref";
			$out .= pack("Na4", 8 + length $body, $t) . $body; }
		return $out . $b; }
	$new = grow($_); seek F, 0, 0; print F $new; close F' \
	media/dref.mov "$url/h.mov"
ok "a film with a reference" grep -qa "$url/h.mov" media/dref.mov
wrong=
for file in media/list.*; do
	for what in "audio: {file: $file}" "image: {file: $file}" \
		"sound: {file: $file}"; do
		back
		printf '%s\n' "$what" >>"$scene"
		run limit studio make -k
		[ "$got" -ne 0 ] && [ "$got" -lt 124 ] && ! reported ||
			wrong="$wrong $what: $got"
	done
	back
	echo "music: {file: $file}" >>project.yaml
	run limit studio make -k
	[ "$got" -ne 0 ] && [ "$got" -lt 124 ] && ! reported ||
		wrong="$wrong music $file: $got"
done
is "$wrong" "" "lists that lead to other files are refused"
for what in "audio: {file: media/dref.mov}" \
	"image: {file: media/dref.mov, sound: keep}"; do
	back
	printf '%s\n' "$what" >>"$scene"
	run limit studio make -k
	ok "a film that leads to another ends: $what" test "$got" -lt 124
done
back
is "$(began '*')" 0 "and no address in them is asked"
is "$(grep -rl CANARY build video scenes 2>/dev/null)" "" "nor a file read"
done_testing
