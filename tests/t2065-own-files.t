#!/bin/sh
# Files of the user's own where ours go: none is lost, and none is taken for
# what a provider made.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

calls=$tmp/calls
: >"$calls"
echo "Mine, said in my own voice." | tts --voice rms >"$tmp/mine.wav"
echo "One two three four five six." | tts >"$tmp/voice.wav"
voice="exec:echo v >>$calls; cat >/dev/null; cat $tmp/voice.wav"
kept=$XDG_DATA_HOME/studio/store/kept
# Is there a copy of this file in the store?
is_kept() { grep -qxF "$(sha256sum <"$1")" "$tmp/sums"; }
keeps() {
	for f in "$kept"/*; do sha256sum <"$f"; done >"$tmp/sums"
	ok "$2" is_kept "$1"
}
tiny() { # DIR TEXT...
	studio new "$1" --title "$1" >/dev/null 2>&1
	rm "$1/brief.md"
	printf 'size: 128x72\nquality: draft\n' >>"$1/project.yaml"
	dir=$1
	shift
	for text; do studio -C "$dir" add "$text" >/dev/null; done
}

# A voice that was adopted is no reply to what it would be asked now.
tiny one "The whale is old today."
cd one || exit 1
studio config ttsProvider "$voice"
studio trust --add "$voice" >/dev/null
studio tts >/dev/null 2>&1
sed -i 's/old/very old/' scenes/*/scene.yaml
ok "adopt a voice of other words" studio adopt --audio 1
sed -i 's/very old/young/' scenes/*/scene.yaml
ok "then make another" studio tts
cd ..
tiny two "The whale is very old today."
cd two || exit 1
studio config ttsProvider "$voice"
is "$(studio plan --json | jq .total.stored)" 0 \
	"the store does not have what was adopted for a text"
is "$(studio tts 2>/dev/null | jq -r .adopted)" null "it is made"
is "$(wc -l <"$calls")" 3 "by a call of its own"
cd ..

# The user's file in the place of ours.
tiny film "The harbour wakes before the sun." "A gull takes the first fish."
cd film || exit 1
mkdir scenes/000050-mine
echo 'text: Hear me.' >scenes/000050-mine/scene.yaml
cp "$tmp/mine.wav" scenes/000050-mine/audio.local.wav
cp "$tmp/mine.wav" cover.local.png
ok "a film" make
like "$(cat "$err")" 'audio.local.wav: was not as it was made.*kept as /' \
	"says what was in the way of the voice"
is "$(grep -c kept "$err")" 2 "and in that of the cover"
keeps "$tmp/mine.wav" "which is kept"
like "$(studio store)" '^[1-9][0-9]* replaced files? of your own, .* until you remove' \
	"studio store says how many there are"
is "$(studio store --json | jq .kept.number)" "$(find "$kept" -type f | wc -l)" \
	"as JSON"
rm -r "$kept"
unlike "$(studio store)" 'replaced' "and nothing where there are none"

edit() { # FILE WORD
	echo "$2" >>"$1"
	cp "$1" "$tmp/edited"
}
two=$(echo scenes/000200-*)
edit video/youtube.en.srt mine
edit "$two/audio.local.wav" mine
like "$(studio status)" "3 audio .*git ignores its name until you adopt it" \
	"an edited voice that git ignores is said to be"
ok "an edited voice is adopted" studio adopt --audio 3
same_file "$two/audio.wav" "$tmp/edited" "under a name that git keeps"
is "$(git status --short --ignored "$two/audio.wav" "$two/audio.local.wav")" \
	"?? $two/audio.wav" "and no other"
sed -i 's/first/last/' "$two/scene.yaml"
cp video/youtube.en.srt "$tmp/srt"
ok "another text" make
keeps "$tmp/edited" "it is kept when its text changes"
keeps "$tmp/srt" "so are captions that were edited"
isnt "$(tail -1 video/youtube.en.srt)" mine "which are made anew"
rm -r "$kept"
sed -i 's/last/second/' "$two/scene.yaml"
ok "once more" make
is "$(cat "$err")" "" "what we made is not kept"
is "$(ls "$kept" 2>/dev/null)" "" "indeed"

# A file given with --file stays where it is when it is used no more.
cp "$tmp/mine.wav" "$two/take.wav"
studio tts 3 --file "$two/take.wav" >/dev/null 2>&1
sed -i '/^audio:/,$d' "$two/scene.yaml"
ok "a voice in place of one's own" studio tts
same_file "$two/take.wav" "$tmp/mine.wav" "which stays"

# A script is put aside as often as it is written over.
for n in 1 2; do
	echo "My own words, take $n." >>script.md
	cp script.md "$tmp/script.$n"
	studio split-scenes --write-script >/dev/null 2>&1
done
keeps "$tmp/script.1" "the first script is kept"
keeps "$tmp/script.2" "and the second"

# make clean leaves what was the user's.
mkdir -p build/removed/x
echo mine >build/removed/x/scene.yaml
ok "make clean" make clean
is "$(find build -type f)" build/removed/x/scene.yaml "leaves removed scenes"

# What cannot be heard or seen is not adopted, and several are at once.
cd "$scratch" || exit 1
tiny several "One bell." "Two bells." "Three bells."
cd several || exit 1
make >/dev/null 2>&1
a=$(find scenes -name '000100*') b=$(find scenes -name '000200*')
c=$(find scenes -name '000300*')
: >"$a/audio.local.wav"
echo x >"$b/image.local.png"
exits 65 "a voice of no bytes" studio adopt 1-3
like "$(cat "$err")" '1: .*audio.local.wav: .*not adopted: .*away and: make$' \
	"is refused, with what to do"
like "$(cat "$err")" '2: .*image.local.png: .*no picture.*not adopted' \
	"so is a picture that is none"
is "$(jq -r .adopted "$a/audio.json" "$b/image.json" | tr '\n' ' ')" \
	"null null " "their records are as they were"
cp "$tmp/voice.wav" "$a/audio.local.wav"
cp "$tmp/mine.wav" "$b/audio.local.wav"
rm "$b/image.local.png"
exits 2 "more than there are" studio adopt --audio 1-4
ok "a range" studio adopt --audio 1-2
is "$(wc -l <"$out"):$(jq -r .adopted "$a/audio.json" "$b/audio.json" |
	tr '\n' ' ')" "2:true true " "is adopted as a whole"
ok "make" make -s
cp "$c/audio.local.wav" "$tmp/c.wav"
mv "$a/audio.wav" "$tmp/a.wav"
cp "$tmp/c.wav" "$a/audio.wav"
ok "a voice of another scene" studio adopt --audio 1
is "$(jq -r .words "$a/audio.json")" null "has not the words of what it was"
exits 65 "tts --check" tts --check "$b/scene.yaml"
ok "of a sound" tts --check "$b/audio.wav"
exits 65 "image --check" image --check "$b/scene.yaml"
exits 2 "alone" image --check "$b/image.local.png" --again
ok "of a picture" image --check "$b/image.local.png"
done_testing
