#!/bin/sh
# Faults that have no home in another test: descriptors that do not wait, a
# quota, folders that are moved, deleted or edited while somebody is asked,
# make's other ways to run, projects of another user, films of nothing and of
# far too much, and media that claim what they are not.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/paid.sh"

said_like() { like "$(cat "$err")" "$1" "$2"; }
# again NAME CALLS: make heals it, and asks so many
again() {
	asked=$(count)
	ok "$1: then make" make -s -C film audio images
	is $(($(count) - asked)) "$2" "$1: with $2 calls"
	ok "$1: and all is well" studio -C film check
	is "$(studio -C film plan --json | jq .total.calls)" 0 \
		"$1: no call is left"
}

# ---- 3: whoever else has a pipe may have said that it does not wait
cat >wait.pl <<'E'
# wait.pl in|out COMMAND...: its stdin or stdout does not wait
use Fcntl;
my $how = shift;
pipe(my $r, my $w) or die;
my ($end, $mine, $fd) = $how eq "in" ? ($r, $w, 0) : ($w, $r, 1);
if (!(my $pid = fork)) {
	close $mine;
	fcntl($end, F_SETFL, fcntl($end, F_GETFL, 0) | O_NONBLOCK);
	$how eq "in" ? open STDIN, "<&", $end : open STDOUT, ">&", $end;
	exec @ARGV;
}
close $end;
select undef, undef, undef, 0.3;
if ($how eq "in") {
	print $w "One two three.\n";
	close $w;
} else {
	print while sysread $r, $_, 4096;
}
wait;
exit $? >> 8;
E
echo "a boat" >words
ok "a picture" sh -c 'image --size 320x180 <words >want'
ok "to a pipe that does not wait" \
	sh -c 'perl wait.pl out image --size 320x180 <words >got'
same_file want got "comes whole"
echo "One two three." | tts >want
ok "words from one" sh -c 'perl wait.pl in tts >got'
same_file want got "are waited for"

# ---- 2: a quota, at each file that is put in place
paid_film film 2
git -C film add -A
git -C film commit -qm split
bad='' nr=0
while [ $nr -lt 20 ]; do
	nr=$((nr + 1))
	git -C film clean -fdxq
	rm -rf "$store"
	strace -qq -o trace -e trace=rename \
		-e inject=rename:error=EDQUOT:when=$nr \
		studio -C film tts 1 >"$out" 2>"$err"
	got=$?
	grep -q INJECTED trace || break
	# the reply itself is written once more
	case $got in
	0) grep -q 'journal.*INJECTED' trace || bad="$bad $nr: exit 0" ;;
	74) grep -q '/.*: Disk quota exceeded; make room' "$err" ||
		bad="$bad $nr: $(cat "$err")" ;;
	*) bad="$bad $nr: exit $got" ;;
	esac
	[ -z "$(find film "$store" -name '.*.tmp')" ] || bad="$bad $nr: temp"
done
is "$bad" "" "a quota is named with the file it is met at"
[ $nr -gt 6 ] && [ $nr -lt 20 ]
result $? "at each file that is put in place" "$nr"
git -C film clean -fdxq
rm -rf "$store"

# ---- 13: the scene's folder goes away while its voice is asked for
mkdir -p "$tmp/bin"
cat >"$tmp/bin/once" <<E
[ -e "$tmp/bin/does" ] || exit 0
mv "$tmp/bin/does" "$tmp/bin/did"
cd "$PWD/film" && . "$tmp/bin/did"
E
asks="exec:echo v >>$calls; cat >/dev/null; sh $tmp/bin/once; cat $tmp/voice.wav"
studio trust --add "$asks" >/dev/null
studio -C film config ttsProvider "$asks"
git -C film commit -qam asks
one=$(folder film 1) one=${one#film/}
# meanwhile CODE NAME COMMAND: it is run while the voice of scene 1 is made
meanwhile() {
	git -C film checkout -q .
	git -C film clean -fdxq
	rm -rf "$store"
	: >"$calls"
	echo "$3" >"$tmp/bin/does"
	exits "$1" "$2" studio -C film tts 1
	is "$(count)" 1 "$2: one call"
	is "$(find film -name '.*.tmp')" "" "$2: no temp file is left"
	is "$(find film/ledger -type f | wc -l)" 1 "$2: it is in the ledger"
}
meanwhile 75 "moved" "mv $one scenes/000900-moved"
said_like "$one: was moved or deleted while its audio was made .the store keeps it" \
	"moved: is said"
again "moved" 4
ok "moved: it has its voice" test -s film/scenes/000900-moved/audio.wav
exits 2 "moved: its old name" studio -C film tts 000400-56655746
said_like '000400-56655746: no such scene; name one by' "is no range of scenes"
rm -r film/scenes/000900-moved
meanwhile 75 "deleted" "rm -r $one"
ok "deleted: it stays so" test ! -e "film/$one"
again "deleted" 3
meanwhile 0 "edited" "sed -i 's/part 1/first part/' $one/scene.yaml"
again "edited" 5
like "$(jq -r .inputs.text "film/$one/audio.json")" 'first part' \
	"edited: its voice says what is there now"
meanwhile 0 "given another id" "sed -i 's/^id: .*/id: 3f9a1c2e-1111-4222-8333-444455556666/' $one/scene.yaml"
again "given another id" 4
git -C film checkout -q .
git -C film clean -fdxq

# ---- make's other ways to run: none of them asks anybody
ok "a film" make -s -C film
git -C film add -A
git -C film commit -qm made
asked=$(count)
ok "make -B" make -s -B -C film
is "$(count)" "$asked" "pays for nothing again"
sed -i 's/part 1/first part/' "film/$one/scene.yaml"
sums film | grep -v build/ >before
for how in -n -q -t clean; do
	run make -s $how -C film
	sums film | grep -v build/ >after
	same_file before after "make $how changes nothing"
done
is "$(count)" "$asked" "nor asks anybody"
is "$(studio -C film plan --json | jq .total.calls)" 2 "what is stale stays so"
ok "a film" make -s -C film
is $(($(count) - asked)) 2 "until make makes it"
git -C film checkout -q .
make -s -C film >"$out" 2>&1

# ---- 12: another's project, and files that may not be read
nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
if [ "$(id -u)" -eq 0 ] && $nobody test -x "$STUDIO_BIN/tts" 2>/dev/null; then
	chmod 755 "$tmp" "$scratch"
	chmod -R a+rX film
	mkdir -m 777 "$tmp/theirs"
	# theirs VERB...: by one who may read this project alone
	theirs() {
		run $nobody env HOME="$tmp/theirs" XDG_RUNTIME_DIR=/nonexistent/b \
			XDG_DATA_HOME="$tmp/theirs" XDG_CONFIG_HOME="$tmp/theirs" \
			timeout 60 studio -C film "$@" </dev/null
	}
	sums film >before
	for verb in plan status "show --json" check cost doctor refresh \
		"tts 1" "render-video" "make -s"; do
		# shellcheck disable=SC2086
		theirs $verb
		is "$got" 0 "a fresh project that is another's: $verb" || said
	done
	for verb in storyboard "add Hello" split-scenes "render-video --again" \
		"image 1 --again" "gc --force"; do
		# shellcheck disable=SC2086
		theirs $verb
		is "$got" 74 "what writes: $verb"
		said_like '/.*denied; make it readable and writable' "says where"
	done
	sums film >after
	same_file before after "and nothing was changed"
	chmod 600 "film/$one/audio.wav"
	theirs check
	is "$got" 65 "a voice that may not be read"
	said_like 'audio.wav: cannot open.*make it readable and writable for you.*mend that file' \
		"is told with its cure"
	theirs render-video
	is "$got" 65 "and holds back the film"
	unlike "$(cat "$err")" '--retry|--regen' "without advice to pay"
	chmod 600 "film/$one/scene.yaml"
	for verb in plan status check refresh "tts 1"; do
		# shellcheck disable=SC2086
		theirs $verb
		is "$got" 74 "a scene that may not be read: $verb"
		said_like 'scene.yaml: cannot open.*denied' "is named"
	done
	chmod 644 "film/$one"/*.*
else
	skip "a project of another's needs root and setpriv to be tried"
fi

# ---- 47: films of nothing, and of too much
studio new zero --title Zero >"$out" 2>&1
rm zero/brief.md
printf 'size: 128x72\nquality: draft\n' >>zero/project.yaml
ok "no scenes: make" make -s -C zero
said_like 'there are no scenes, so no film is made; write .*brief.md' "says why"
like "$(studio -C zero plan)" 'There are no scenes, so no film' "so does plan"
unlike "$(studio -C zero plan)" 'fresh' "which does not call it fresh"
for verb in status check "show --json" refresh storyboard tts image doctor; do
	# shellcheck disable=SC2086
	ok "no scenes: $verb" studio -C zero $verb
done
exits 65 "no scenes: render-video" studio -C zero render-video
said_like 'it has no scenes; write a script' "says what to do"
: >zero/script.md
exits 2 "an empty script" make -s -C zero
said_like 'script.md: there is nothing to speak in it; write' "is named"
rm zero/script.md
echo "One word." >zero/script.md
ok "one scene" make -s -C zero
ok "has a film" test -s zero/video/youtube.mp4
rm -r zero/scenes/0001*
ok "which is deleted" make -s -C zero
said_like 'there are no scenes, so no film' "is told, where an older film is"
mkdir zero/scenes/000100-big
perl -e 'print "text: |\n"; print "  The sea is salt and rain is not, on $_.\n"
	for 1 .. 25000' >zero/scenes/000100-big/scene.yaml
ok "a scene of a megabyte" studio -C zero split-scenes
for verb in plan status "show --json" check storyboard; do
	# shellcheck disable=SC2086
	ok "a megabyte: $verb" timeout 20 studio -C zero $verb
done
exits 65 "it is not spoken" timeout 20 studio -C zero tts 1
said_like 'the text is [0-9]* bytes, more than the 32768 .*split it' "with the cure"
rm -r zero

# ---- 44: pictures that are not what they say
studio -C film config ttsProvider flite 2>/dev/null
studio -C film config imageModel card
mkdir -p film/media
perl -MCompress::Zlib -e '
	sub chunk { my ($t, $d) = @_; pack("N", length $d) . $t . $d .
		pack("N", crc32($t . $d)) }
	sub png { my ($f, $w, $h, $data, @more) = @_;
		open F, ">:raw", "film/media/$f"; print F "\x89PNG\r\n\x1a\n",
		chunk("IHDR", pack("NNC5", $w, $h, 8, 2, 0, 0, 0)), @more,
		chunk("IDAT", $data), chunk("IEND", ""); close F }
	my $d = deflateInit(-Level => 9); my $bomb = "";
	my $zeros = "\0" x 1000000;
	for (1 .. 300) { my ($x) = $d->deflate($zeros); $bomb .= $x }
	my ($x) = $d->flush; $bomb .= $x;
	my $rows = compress(("\0" . "\x40\x80\xc0" x 64) x 36);
	png("good.png", 64, 36, $rows);
	png("idat.png", 64, 36, $bomb);
	png("profile.png", 64, 36, $rows, chunk("iCCP", "x\0\0$bomb"));
	png("text.png", 64, 36, $rows, chunk("iTXt", "x\0\1\0\0\0$bomb"));
	png("junk.png", 64, 36, $rows, chunk("iCCP", "x\0\0" .
		compress("junk" x 5000)), chunk("eXIf", "MM\0\x2a" .
		"\xff" x 5000));
	png("side.png", 30000, 30000, $bomb);
	png("many.png", 64, 36, $rows, chunk("acTL", pack("NN", 1000000, 0)),
		map { chunk("fcTL", pack("NNNNNnnCC", $_ * 2, 64, 36, 0, 0, 1,
		100, 0, 0)) . chunk("fdAT", pack("N", $_ * 2 + 1) . $rows) }
		1 .. 5000);'
{ cat film/media/good.png; echo '<script>alert(1)</script>'; } \
	>film/media/page.png
ffmpeg -v error -f lavfi -i testsrc=s=64x36:r=50:d=40 film/media/many.gif
printf 'GIF89a\377\377\377\377\0\0\0;' >film/media/side.gif
# media CODE FIELD FILE NAME [REGEX]: as the file of scene 1
media() {
	git -C film checkout -q scenes
	echo "$2: {file: media/$3}" >>"film/$one/scene.yaml"
	[ "$2" = audio ] && set -- "$1" tts "$3" "$4" "${5-}" ||
		set -- "$1" image "$3" "$4" "${5-}"
	# an address sanitizer maps terabytes
	run sh -c 'case $STUDIO_BIN in *address*) ;; *) ulimit -v 2000000 ;;
		esac; exec timeout 30 studio -C film $0 1' "$2"
	is "$got" "$1" "$4" || said
	[ -z "${5-}" ] || said_like "$3: $5" "$4: says so"
}
media 0 image good.png "a picture"
media 0 image idat.png "300 MB of pixels for 64x36"
media 65 image profile.png "300 MB of colour profile" 'its pixels do not decode'
media 0 image text.png "300 MB of text in a picture"
media 0 image junk.png "a profile and a tag that are junk"
media 0 image page.png "a picture that is a page as well"
media 65 image side.png "30,000 pixels square" '30000x30000 pixels is over'
media 65 image side.gif "a GIF of 65,535 pixels" '65535x65535 pixels is over'
media 0 image many.png "five thousand pictures in one"
media 0 image many.gif "a GIF of two thousand"
ok "the first of them is shown" make -s -C film
rm -f film/media/*

# ---- 46: sounds whose header lies, or says nothing of their length
# wav CLAIM SECONDS: that many bytes are said to be there
wav() {
	perl -e 'print "RIFF", pack("V", $ARGV[0]), "WAVEfmt ", pack("VvvVVvv",
		16, 1, 1, 24000, 48000, 2, 16), "data", pack("V", $ARGV[0]);
		print pack("s<", 8000 * sin($_ / 12)) for 1 .. 24000 * $ARGV[1]' \
		"$1" "$2"
}
tone="-f lavfi -i sine=f=300:r=24000:d=5"
wav 4294967295 2 >film/media/all.wav
wav 0 2 >film/media/none.wav
wav 480000 2 >film/media/more.wav
# shellcheck disable=SC2086
ffmpeg -v error $tone -rf64 always film/media/rf64.wav
# shellcheck disable=SC2086
ffmpeg -v error $tone -c:a libmp3lame -q:a 5 -write_xing 0 film/media/vbr.mp3
# shellcheck disable=SC2086
ffmpeg -v error $tone -c:a aac film/media/good.m4a
perl -0777 -pe 's/(m[dv]hd.{4}.{8}.{4})..../$1\xff\xff\xff\xfe/sg' \
	film/media/good.m4a >film/media/long.m4a
while read -r file seconds what; do
	media 0 audio "$file" "$what"
	is "$(jq ".durationSec * 10 | round / 10 - $seconds | . * . < 0.05" \
		"film/$one/audio.json")" true "$what: is as long as it sounds"
done <<E
all.wav 2 a WAV of 4 GB, by its header
none.wav 2 one of no bytes, by its header
more.wav 2 one that ends before it says
rf64.wav 5 an RF64
vbr.mp3 5 an MP3 of varying rate, with no word of its length
long.m4a 5 an MP4 of days, by its header
E
git -C film checkout -q .
done_testing
