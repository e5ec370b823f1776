#!/bin/sh
# The same project made in two places, in all ways in which two machines
# differ that can be had on one: the same bytes.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH
ok "a project" studio new one --title "Twins — Zwillinge" --platform youtube
cd one || exit 1
rm brief.md
mkdir media
ffmpeg -v error -f lavfi -i "testsrc2=s=300x200" -frames:v 1 media/small.jpg
ffmpeg -v error -f lavfi -i "sine=330:r=44100:d=6,volume=0.3" media/music.mp3
cat >>project.yaml <<'EOT'
size: 256x144
quality: draft
captions: both
music: {file: media/music.mp3}
videos:
- {name: wide}
- {name: tall, preset: shorts, size: 144x256}
EOT
studio add "The moon pulls on the water that faces it, and the sea bulges." \
	>/dev/null
studio add --picture media/small.jpg "Most coasts see two tides a day." \
	>/dev/null
studio add "At last, 3.5 litres: Gute Nacht, 月." >/dev/null
cd ..
cp -r one "two, elsewhere"

kept() { sums "$1" | grep -v '  \./\(build\|\.git\)/'; }
ok "one after another, on one core" taskset -c 0 make -C one -j1

# Another home, locale, time zone and umask; more jobs than cores; and the
# code that an old processor takes.
mkdir -p "$tmp/other" "$tmp/other/run" && chmod 700 "$tmp/other/run"
there() {
	umask 077
	env HOME="$tmp/other" XDG_CONFIG_HOME="$tmp/other/c" \
		XDG_DATA_HOME="$tmp/other/d" XDG_RUNTIME_DIR="$tmp/other/run" \
		TZ=Asia/Kolkata LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 \
		LANGUAGE=de STUDIO_SIMD=plain \
		GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX \
		PIXMAN_DISABLE="ssse3 fast" "$@"
}
there make -C "two, elsewhere" -j8 >"$out" 2>"$err"
result $? "in parallel, elsewhere" "$(said)"
kept one >a
kept "two, elsewhere" >b
same_file a b "every file has the same bytes"
for f in audio.local.wav image.local.png wide.mp4 tall.mp4 wide.json \
	tall.en.vtt; do
	like "$(cat a)" "/$f" "$f among them"
done
is "$(jq -r '.versions | has("libx264") and has("pango") and has("glibc")' \
	one/video/tall.json)" true "the record says what made it"
like "$(jq -r '.versions.fonts | keys[]' one/video/tall.json)" \
	'InterDisplay-Black' "and which fonts its captions show"
like "$(jq -r '.versions.fonts | keys[]' one/video/tall.json)" 'CJK' \
	"of all scripts"

# The parts alone, by other ways into them.
cd one || exit 1
rm -r build
ok "all parts by one program" studio render-video --again
cd ..
kept one >c
same_file a c "the same bytes"

# Other versions than there are now: said, and nothing is made of it.
cd one || exit 1
ok "all is as it was" studio status
unlike "$(cat "$out")" 'made with' "nothing is said of versions"
sed -i 's/"libx264": "[^"]*"/"libx264": "163 r3060"/' video/wide.json
sed -i 's/"InterDisplay-Black": "[^"]*"/"InterDisplay-Black": "3.001"/' \
	video/tall.json
for command in status plan; do
	ok "studio $command" studio $command
	like "$(cat "$out")" \
		'^video wide: made with libx264 163 r3060; now libx264 [0-9]' \
		"tells of the encoder"
	like "$(cat "$out")" 'tall: made with InterDisplay-Black 3.001; now' \
		"and of a font"
	like "$(cat "$out")" '^(The film is finished|Everything is) fresh|finished and fresh' \
		"though all is fresh"
	ok "for programs" studio $command --json
	is "$(jq '.versions | length' "$out")" 2 "too"
done
sums video >before
ok "make" make
sums video >after
same_file before after "makes nothing of that"
ok "render-video" studio render-video wide
like "$(cat "$err")" 'video wide: made with libx264 163' "says so"
sums video >after
same_file before after "and makes nothing of it either"
ok "unless it is told to" studio render-video --again
ok "then" studio status
unlike "$(cat "$out")" 'made with' "there is nothing to say"

done_testing
