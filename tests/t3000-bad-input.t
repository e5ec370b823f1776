#!/bin/sh
# Bad input: each is refused in one line that names the file and the cure, with
# the exit code of the design; nothing is lost, half written or left hanging.
# With STUDIO_TABLE=FILE the exit codes and messages are written there.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# bad CODE REGEX NAME COMMAND...: the message, one line of it, must match.
bad() {
	code=$1 regex=$2 name=$3
	shift 3
	run timeout 60 "$@"
	line=$(grep -aE "$regex" "$err" | head -n 1)
	[ -z "${STUDIO_TABLE-}" ] || printf '| %s | %s | %s |\n' "$name" \
		"$got" "$(printf '%s' "${line:-$(head -n 1 "$err")}" |
			cut -c1-150)" >>"$STUDIO_TABLE"
	if reported; then
		result 1 "$name" "a sanitizer or valgrind report: $(said)"
	elif [ "$got" -ne "$code" ]; then
		result 1 "$name" "exit $got, not $code; stderr: $(said)"
	elif [ -n "$regex" ] && [ -z "$line" ]; then
		result 1 "$name" "no line matches $regex: $(said)"
	else
		result 0 "$name"
	fi
}

# ---- filters in a pipe
: >empty
printf 'one\000two' >nul
printf 'gr\374n' >latin1
head -c 200000 /dev/urandom >binary
perl -e 'print "word " x 6000000' >huge
perl -e 'print "x" x 20000' >longword
bad 65 'stdin: there is no text to speak$' "tts: nothing on stdin" tts <empty
bad 65 'stdin' "tts: a NUL" tts <nul
bad 65 'UTF-8 at byte' "tts: not UTF-8" tts <latin1
bad 65 'stdin' "tts: binary" tts <binary
bad 65 'bytes' "tts: 30 MB" tts <huge
bad 78 'nobody.*slt|slt.*nobody' "tts: a voice that is not there" \
	tts --voice nobody <longword
bad 78 'nothing.*flite' "tts: a provider that is not there" \
	tts --provider nothing <longword
bad 2 'speed' "tts: speed 99" tts --speed 99 <longword
bad 65 'source nor a brief' "gen-script: nothing on stdin" gen-script <empty
bad 65 'UTF-8' "gen-script: not UTF-8" gen-script <latin1
bad 65 'NUL|UTF-8' "gen-script: a NUL" gen-script <nul
bad 65 'bytes' "gen-script: 30 MB" gen-script <huge
bad 65 'stdin|empty|no ' "split-scenes: nothing" split-scenes <empty
bad 65 'UTF-8' "split-scenes: not UTF-8" split-scenes <latin1
bad 65 'stdin|empty|prompt' "image: nothing" image <empty
bad 65 'UTF-8' "image: not UTF-8" image <latin1
bad 2 'size' "image: size 0x0" image --size 0x0 <longword
bad 2 'size' "image: size of a gigapixel" image --size 60000x60000 <longword
bad 0 '' "image: one word of 20,000 letters" image --size 64x36 <longword

# ---- a project, once good
ok "a project" studio new film --title Film
cd film || exit 1
printf 'size: 128x72\nquality: draft\n' >>project.yaml
rm brief.md
studio add "The first scene speaks." >/dev/null
studio add "The second one answers." >/dev/null
ok "a film" make
one=$(find scenes -mindepth 1 -type d | sort | head -1)
git add -A && git commit -qm good
sums . | grep -v '  \./\(\.git\|build\)/' >../good
back() { git checkout -q . && git clean -fdq -e '*.local.*' -e video -e media; }

bad 78 'project.yaml' "no project" studio -C / status
perl -e 'print "a: &a [x,x,x,x,x,x,x,x,x]\n"; for (b..i) { $p = chr(ord($_)-1);
	print "$_: &$_ [", join(",", ("*$p") x 9), "]\n" }' >>project.yaml
bad 65 'project.yaml:[0-9]+:[0-9]+.*(anchor|alias)' "an alias bomb" studio plan
back
echo 'title: again' >>project.yaml
bad 65 'project.yaml:[0-9]+:.*title' "a key twice" studio plan
back
printf -- '---\na: 1\n' >>project.yaml
bad 65 'project.yaml:[0-9]+:' "a second document" studio plan
back
echo 'x: !!python/object:os.system ls' >>project.yaml
bad 65 'project.yaml:[0-9]+:.*tag' "a tag" studio plan
back
perl -e 'print "x: ", "[" x 100000, "]" x 100000, "\n"' >>project.yaml
bad 65 'project.yaml' "lists 100,000 deep" studio plan
back
printf 'notes: "\377"\n' >>"$one/scene.yaml"
bad 65 'scene.yaml.*UTF-8' "a scene that is not UTF-8" studio plan
back
printf '<<<<<<< ours\n' >>"$one/scene.yaml"
bad 65 'scene.yaml:[0-9]+.*merge' "merge markers" studio tts 1
back
perl -e 'print "{\"x\":", "[" x 1000000, "]" x 1000000, "}"' >"$one/audio.json"
bad 65 'audio.json' "JSON a million deep" studio check
back
printf '{"id": ' >"$one/audio.json"
bad 65 'audio.json:1:' "half a record" studio check
back
jq '.url = "../../../../etc/passwd"' "$one/audio.json" >x.json &&
	mv x.json "$one/audio.json"
bad 65 'audio.json.*(out|url)' "a url that leads out" studio check
back
echo 'motion: sideways' >>"$one/scene.yaml"
bad 65 'motion.*sideways' "an unknown motion" studio plan
back
sed -i 's/^platform: .*/platform: vhs/' project.yaml
bad 65 'platform.*vhs' "an unknown platform" studio plan
back
rm "$one/scene.yaml"
bad 65 'scene.yaml' "a scene folder without its scene.yaml" studio plan
back
mkdir scenes/notes
bad 65 'scenes/notes' "a folder that is no scene" studio plan
back; rm -rf scenes/notes
cp -r "$one" scenes/000900-copy
bad 65 '000900-copy' "the same id twice" studio plan
back; rm -rf scenes/000900-copy
printf 'videos: [{name: x, scenes: [nowhere]}]\n' >>project.yaml
bad 65 'nowhere' "a film of a scene that is not there" studio plan
back

printf 'captions: burned\n' >>project.yaml
printf 'text: A private sign \363\260\200\200 here\nimage: {prompt: a sign}\nid: %s\n' \
	"$(sed -n 's/^id: //p' "$one/scene.yaml")" >"$one/scene.yaml"
studio image >/dev/null && studio tts >/dev/null 2>&1
bad 65 'U\+F0000 has no glyph' "a caption that no font can write" \
	studio render-video
back

# ---- pictures of the user's
mkdir -p media
picture() { # the picture media/$1 for scene 1
	back
	printf 'image: {file: media/%s}\n' "$1" >>"$one/scene.yaml"
}
cp /etc/passwd media/text.png
picture text.png
bad 65 'text.png' "a picture that is text" studio image 1
: >media/empty.png
picture empty.png
bad 65 'empty.png' "a picture of no bytes" studio image 1
perl -e 'print "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", pack("NNC5", 65535, 65535, 8,
	2, 0, 0, 0), pack("N", 0)' >media/large.png
picture large.png
bad 65 'large.png.*65535' "a picture of 65,535 pixels square" studio image 1
echo x | image --size 64x36 | head -c 900 >media/half.png
picture half.png
bad 65 'half.png' "half a picture" studio image 1
back
printf 'image: {file: ../../../etc/passwd}\n' >>"$one/scene.yaml"
bad 65 'etc/passwd' "a picture outside the project" studio image 1
ln -s /etc/passwd media/link.png
picture link.png
bad 65 'link.png.*symbolic' "a symbolic link" studio image 1
mkfifo media/pipe.png
picture pipe.png
bad 65 'pipe.png' "a FIFO" studio image 1
rm media/pipe.png media/link.png
picture gone.png
bad 74 'gone.png' "a picture that is not there" studio image 1
back

# ---- sounds of the user's
sound() {
	back
	printf 'audio: {file: media/%s}\n' "$1" >>"$one/scene.yaml"
}
wav() { # frames, data bytes that the header claims, data
	perl -e 'my ($rate, $claim) = @ARGV; print "RIFF", pack("V", $claim + 36),
		"WAVEfmt ", pack("VvvVVvv", 16, 1, 1, $rate, $rate * 2, 2, 16),
		"data", pack("V", $claim)' "$1" "$2"
}
: >media/empty.wav
sound empty.wav
bad 65 'empty.wav' "a recording of no bytes" studio tts 1
wav 48000 0 >media/header.wav
sound header.wav
bad 65 'header.wav' "a recording that is all header" studio tts 1
{ wav 48000 96000; head -c 96000 /dev/zero; } >media/silent.wav
sound silent.wav
bad 65 'silent.wav' "a silent recording" studio tts 1
{ wav 0 96000; head -c 96000 /dev/urandom; } >media/zero.wav
sound zero.wav
bad 65 'zero.wav' "a recording at 0 Hz" studio tts 1
back
rm -rf media
printf 'music: {file: media/none.mp3}\n' >>project.yaml
bad 74 'none.mp3' "music that is not there" studio plan
back

# ---- the world around
echo 'ttsProvider: "exec:touch ../pwned; cat"' >>settings.yaml
sed -i '/^ttsProvider: flite/d' settings.yaml
bad 78 'trust --add' "a command that nobody trusted" studio tts 1
ok "was not run" test ! -e ../pwned
back

# Nobody must be able to run the programs: not so where the source lies in a
# closed folder, such as /root.
nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
if [ "$(id -u)" -eq 0 ] && $nobody test -x "$STUDIO_BIN/tts" 2>/dev/null; then
	chmod 755 "$tmp" "$scratch"
	# The media are those of the records that "back" brought back.
	studio tts >/dev/null 2>&1
	chmod -R a+rX .
	sed -i 's/speaks/spoke/' "$one/scene.yaml"
	mkdir -m 777 "$tmp/theirs"
	bad 74 'denied.*writable|cannot write' "a project that may not be written" \
		$nobody env HOME=/nonexistent XDG_DATA_HOME="$tmp/theirs" \
		XDG_RUNTIME_DIR=/nonexistent/b tts -C "$PWD" 1
	back
else
	skip "a read-only project needs root and setpriv to be tried"
fi
if [ "$(id -u)" -eq 0 ] && mkdir ../small &&
	mount -t tmpfs -o size=300k none ../small 2>/dev/null; then
	cp -r project.yaml settings.yaml Makefile ../small/
	mkdir -p "../small/$one" && cp "$one/scene.yaml" "../small/$one/"
	head -c 1000000 /dev/zero >../small/fill 2>/dev/null
	bad 74 'No space left' "a full disk" tts -C ../small 1
	ok "leaves no half file" test -z "$(find ../small -name '*.tmp')"
	rm ../small/fill
	ok "and heals when there is room" tts -C ../small 1
	umount ../small
else
	skip "a full disk needs a mount to be tried"
fi

# Two builds at once, and a kill in the middle.
sed -i 's/speaks/spoke/' "$one/scene.yaml"
make >../log1 2>&1 &
make >../log2 2>&1 &
wait
ok "two builds at once leave a good project" studio check
run make
is "$got" 0 "and nothing to do"
sed -i 's/spoke/shouted/' "$one/scene.yaml"
for after in 0.02 0.1 0.3 0.6; do
	setsid make -j2 >/dev/null 2>&1 &
	pid=$!
	sleep $after
	kill -9 -- -$pid 2>/dev/null
	wait $pid 2>/dev/null
	ok "killed after $after s: every record is good" studio check
done
ok "and the next make finishes" make
ok "with a film" test -s video/youtube.mp4
back
ok "back at the start" make
sums . | grep -v '  \./\(\.git\|build\)/' >../end
diff ../good ../end
same_file ../good ../end "all is as it was, byte for byte"

done_testing
