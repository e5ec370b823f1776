#!/bin/sh
# The two example providers of projects.example/providers, in a project: Piper's
# command line (a stand-in, since the real one needs a voice of 60 MB) and
# Graphviz.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

examples=$top/projects.example/providers
ok "the examples can be run" test -x "$examples/piper-voice" \
	-a -x "$examples/graphviz-picture"
voices=$HOME/.local/share/piper-voices
mkdir -p "$tmp/bin" "$voices"
echo "One two three." | tts >"$tmp/voice.wav"
cat >"$tmp/bin/piper" <<-EOF
	#!/bin/sh
	echo "\$*" >>"$tmp/args"
	cat >>"$tmp/spoken"
	echo >>"$tmp/spoken"
	if [ -e "$tmp/broken" ]; then
		printf 'Traceback:\nValueError: no such phoneme\n' >&2
		exit 1
	fi
	cat "$tmp/voice.wav"
EOF
chmod +x "$tmp/bin/piper"
PATH=$examples:$PATH
dot=$(command -v dot)

# What is not set up is said, with the exit status for it.
speak() { printf 'One.\nTwo.\n' | tts --provider exec:piper-voice "$@" >a.wav; }
exits 78 "without piper" speak
like "$(cat "$err")" 'piper is not in PATH' "it says what to install"
PATH=$tmp/bin:$PATH
exits 78 "without the voice" speak --voice de_DE-thorsten-medium
like "$(cat "$err")" 'thorsten-medium.onnx is not there' "it names the file"
exits 78 "a voice that is a path" speak --voice ../../x
: >"$voices/en_US-lessac-medium.onnx"
: >"$voices/en_GB-alba-medium.onnx"

ok "speaks" speak
is "$(cat "$tmp/args")" "--model $voices/en_US-lessac-medium.onnx --length_scale 1.0000 --output_file -" \
	"with the voice, to stdout"
is "$(cat "$tmp/spoken")" "One. Two." "all of it as one line"
: >"$tmp/args"
ok "another voice, faster" speak --voice en_GB-alba-medium --speed 1.25
like "$(cat "$tmp/args")" 'en_GB-alba-medium.onnx --length_scale 0.8000' \
	"both are handed on"
: >"$tmp/broken"
exits 1 "piper fails" speak
like "$(cat "$err")" 'piper: ValueError: no such phoneme' "in its own words"
rm "$tmp/broken"

# Pictures: words, graphs, and graphs that are none.
draw() { printf '%s\n' "$1" | graphviz-picture >a.png; }
export STUDIO_WIDTH=1200 STUDIO_HEIGHT=675
ok "words" draw 'Rain is "sweet", and the sea \ is salt.'
like "$(file a.png)" 'PNG image data, 1200 x 675' "as large as they should be"
words=$(tesseract a.png - 2>/dev/null | tr '\n' ' ')
like "$words" '["“”]sweet["“”],' "with their quotation marks"
like "$words" 'sea \\ is salt' "and a backslash"
ok "a graph" draw 'digraph { rankdir=LR; rain -> river; river -> sea }'
like "$(file a.png)" 'PNG image data, 1200 x 675' "has that size too"
words=$(tesseract a.png - 2>/dev/null)
like "$words" 'river' "and shows its nodes"
unlike "$words" 'digraph' "not its source"
exits 69 "a graph that is wrong" draw 'digraph { a -> '
like "$(cat "$err")" 'syntax error in line' "in dot's words"
cp a.png "$tmp/other.png"
ok "a graph that names a file" strace -f -o trace -e trace=openat \
	sh -c 'echo "graph { a [image=\"$0\"] }" | graphviz-picture >a.png' \
	"$tmp/other.png"
unlike "$(cat trace)" 'other\.png' "does not get it"
unset STUDIO_WIDTH STUDIO_HEIGHT

# Both in a project.
ok "a project" studio new film --title Film
cd film || exit 1
printf 'size: 128x72\nquality: draft\n' >>project.yaml
rm brief.md
printf 'The sea is salt.\n\nRain is not.\n' >script.md
ok "its script" make scenes
studio config ttsProvider exec:piper-voice
studio config defaultTtsVoice en_US-lessac-medium
studio config ttsOptions.noise_scale 0.5
studio config imageModel exec:graphviz-picture
studio config imageOptions.paper '"#ff0000"'
one=$(find scenes -mindepth 1 -type d | sort | head -1)
printf 'image:\n  prompt: "digraph { sea -> salt }"\n' >>"$one/scene.yaml"
studio trust --add exec:piper-voice >"$out"
studio trust --add exec:graphviz-picture >"$out"
: >"$tmp/args"
ok "the film is made" make
ok "it is there" test -s video/youtube.mp4
n=$(find scenes -mindepth 1 -type d | wc -l)
is "$(grep -c -- '--noise_scale 0.5$' "$tmp/args")" "$n" \
	"piper got the option, once a scene"
like "$(file "$one/image.png")" '160 x 90' "pictures are 1.25 x the frame"
is "$(ffmpeg -v error -i "$one/image.png" -vf crop=1:1:0:0 -f rawvideo \
	-pix_fmt rgb24 - | od -An -tx1)" " ff 00 00" "dot got the colour"
ok "again" make
is "$(wc -l <"$tmp/args")" "$n" "costs no call"

# A graph that is wrong fails its own scene and is not tried again.
sed -i 's/sea -> salt/sea ->/' "$one/scene.yaml"
cat >"$tmp/bin/dot" <<-EOF
	#!/bin/sh
	echo >>"$tmp/drawn"
	exec $dot "\$@"
EOF
chmod +x "$tmp/bin/dot"
run make -k
isnt "$got" 0 "a graph that is wrong stops the film"
like "$(cat "$err")" 'syntax error' "and says so"
run make -k
is "$(wc -l <"$tmp/drawn")" 1 "it is not drawn again before it changes"
sed -i 's/sea ->/sea -> salt/' "$one/scene.yaml"
ok "mended" make
is "$(wc -l <"$tmp/drawn")" 1 "the picture from before comes from the store"

done_testing
