#!/bin/sh
# Every command in the README is true: its shell blocks are run in order, in
# one shell, on a copy of the source tree's surface, as a new user would. Those
# that set up providers each run in a project of their own, whose film is then
# made by a server that stands in for them all.
. "$(dirname "$0")/lib.sh"

[ -x "$STUDIO_BIN/studio" ] || skip_all "studio is not built"

# The tree as the reader has it, with the programs that are built already.
mkdir tree
cp -R "$top/projects.example" "$top/README.md" tree/
ln -s "$STUDIO_BIN" tree/bin
cd tree || exit 1

# Every server of the recipes, at their usual paths.
echo "The sea is salt." | tts >voice.wav
echo "a harbour" | image --size 64x36 >picture.png
cat >rules <<'EOF'
on POST /openai/v1/chat/completions having Authorization: Bearer YOUR_KEY
	file script.chat
on POST /openai/v1/audio/speech having Authorization: Bearer YOUR_KEY
	file voice.wav
on POST /openai/v1/images/generations having Authorization: Bearer YOUR_KEY
	text {"data":[{"b64_json":"
	base64 picture.png
	text "}]}
on POST /v1/messages having x-api-key: YOUR_KEY
	file script.claude
on POST /v1/chat/completions having "llama3.2"
	file script.chat
on POST /synthesize
	file voice.wav
on POST /dev/captioned_speech having "af_heart"
	text {"audio":"
	base64 voice.wav
	text ","timestamps":[{"word":"The","start_time":0,"end_time":0.2}]}
on POST /sdapi/v1/txt2img
	text {"images":["
	base64 picture.png
	text "],"info":""}
on POST /v1beta/models/gemini-3.8-flash:generateContent having x-goog-api-key: key of gemini
	file script.gemini
on POST /v1beta/models/gemini-3.8-flash-tts:generateContent having "Kore"
	text {"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/wav","data":"
	base64 voice.wav
	text "}}]}}]}
on POST /v1beta/models/gemini-nano-banana-2.1:generateContent
	text {"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"
	base64 picture.png
	text "}}]}}]}
on POST /v1/text-to-speech/VOICE_ID/with-timestamps* having xi-api-key: key of elevenlabs
	text {"audio_base64":"
	base64 voice.wav
	text "}
on GET /v1/search* having Authorization: YOUR_KEY
	json {"photos":[{"id":1,"photographer":"Ann","url":"https://pexels.test/1","src":{"original":"http://127.0.0.1:%PORT%/photo.png"}}]}
on GET /photo.png*
	file picture.png
EOF
jq -nc '{scenes: [{text: "The sea is salt.", image: "waves"}]} | tojson |
	{choices: [{message: {content: .}}]}' >script.chat
jq -nc '{scenes: [{text: "The sea is salt.", image: "waves"}]} | tojson |
	{content: [{type: "text", text: .}]}' >script.claude
jq -nc '{scenes: [{text: "The sea is salt.", image: "waves"}]} | tojson |
	{candidates: [{content: {parts: [{text: .}]}}]}' >script.gemini
serve rules || exit 1
for name in KOKORO A1111 PIPER; do
	export "${name}_BASE_URL=http://127.0.0.1:$port"
done
for name in ANTHROPIC ELEVENLABS PEXELS; do
	export "${name}_BASE_URL=http://127.0.0.1:$port/v1"
done
export GEMINI_BASE_URL="http://127.0.0.1:$port/v1beta" \
	OPENAI_BASE_URL="http://127.0.0.1:$port/openai/v1"
mkdir -p "$HOME/.keys" "$tmp/bin"
echo "key of elevenlabs" >"$HOME/.keys/elevenlabs"
chmod 600 "$HOME/.keys/elevenlabs"
printf '#!/bin/sh\n[ "$1" = show ] && echo "key of $2"\n' >"$tmp/bin/pass"
chmod +x "$tmp/bin/pass"
PATH=$PATH:$tmp/bin

# The blocks that say whom to ask; then the film of theirs.
recipe() {
	recipes=$((recipes + 1)) before=$(began)
	mkdir -p "$scratch/recipe.$recipes"
	cd "$scratch/recipe.$recipes" || exit 1
	echo "The sea is salt. Rain is not." >source.md
	ok "a project" studio new film --title Film --source source.md
	printf 'size: 128x72\nquality: draft\n' >>film/project.yaml
	cd film || exit 1
	ok "its scenes" make scenes
	ok "$1: $(head -n 1 "$home/$1")" sh -e -c ". '$home/$1'"
	like "$(cat "$out")" '^[1-9][0-9]* calls?; ' "its plan counts calls"
	# the reader's shell has the key from then on
	grep '^export ' "$home/$1" >keys
	. ./keys
	ok "its film" make
	ok "is there" test -s video/youtube.mp4
	isnt "$(began)" "$before" "and servers were asked"
	cd "$home" || exit 1
}
recipes=0

awk '/^```sh$/ { n++; on = 1; next } /^```$/ { on = 0 }
	on { print > sprintf("block.%02d", n) }' README.md
# The first block builds; that was done. The others write below /tmp.
project=$scratch/tides
home=$PWD
for b in block.*; do
	sed -i "s|/tmp/|$scratch/|g; s|localhost:11434|127.0.0.1:$port|" "$b"
	case $(head -n 1 "$b") in make*) [ "$b" = block.01 ] && continue ;; esac
	if grep -q 'studio config' "$b"; then
		recipe "$b"
		continue
	fi
	dir=$home
	if [ -d "$project" ] && ! grep -q projects.example "$b"; then
		dir=$project
	fi
	# The last one of a block with "cd" is where the next one starts.
	if grep -q '^cd ' "$b"; then
		sed '/^cd /,$d' "$b" >start
		ok "$b: $(head -n 1 start)" sh -e -c ". '$home/start'"
		# What is tested is that it is made; a small one will do.
		printf 'size: 320x180\nquality: draft\n' >>"$project/project.yaml"
		sed -i '1,/^cd /d' "$b"
		dir=$project
	fi
	ok "$b: $(head -n 1 "$b")" sh -e -c "cd '$dir' && . '$home/$b'"
done
is "$recipes" 7 "seven recipes"
is "$(calls '/photo.png*')" 2 "a photograph a picture"
ok "the film is there" test -s "$project/video/youtube.mp4"
ok "with captions" test -s "$project/video/youtube.en.srt"
ok "and the page" test -s "$project/storyboard.html"
is "$(head -c 4 "$scratch/first.wav")" RIFF "the pipe ends in a WAV"
is "$(head -c 4 "$scratch/harbour.png" | tail -c 3)" PNG "and a PNG"
for c in 'make demo' 'make check'; do
	like "$(cat README.md)" "^    $c " "the README names $c"
done
done_testing
