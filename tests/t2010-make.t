#!/bin/sh
# What make redoes after each kind of edit, and that studio plan said so.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# A tiny film: three paragraphs, three scenes.
ok "a project" studio new film --title "Three scenes" --platform youtube
cd film || exit 1
rm brief.md
cat >>project.yaml <<'EOF'
size: 128x72
quality: draft
EOF
cat >script.md <<'EOF'
# Three scenes

The harbour wakes before the sun.

> image: a harbour at dawn

A gull takes the first fish of the day.

Then the boats come home, one by one.
EOF

like "$(studio plan)" 'make scenes, then plan again' \
	"plan says that scenes which are not there yet are not in its sum"

# Run make; $ran is what it started, sorted.
build() {
	run make
	ran=$(sed -n 's/^studio //p' "$out" | sed 's/ -q//' | sort | tr '\n' ';')
}
# What plan says will be made: "audio 2;image 2;..." of the assets.
planned() {
	studio plan --json | jq -r '.assets[] | select(.planned) |
		"\(.asset) \(.scene // .video // "")"' | sort | tr '\n' ';'
}
parts() {
	studio plan --json | jq -r '[.assets[] | select(.asset == "video") |
		.parts[]] | join(" ")'
}
folder() { list | sed -n "$1p"; }
snapshot() { sums . | grep -v '  \./build/' >"../$1.sums"; }
list() { find scenes -mindepth 1 -maxdepth 1 -type d -printf "%f\n" | sort; }
# Files whose bytes differ between two snapshots, without build/.
changed() {
	diff "../$1.sums" "../$2.sums" | sed -n 's/^[<>] [0-9a-f]*  //p' |
		sort -u | sed 's/[0-9]\{6\}-[0-9a-f]\{8\}/N/' | tr '\n' ' '
}

build
is "$got" 0 "make makes the film" || sed 's/^/# /' "$err" >&2
is "$(grep -v '^studio ' "$out")" video/youtube.mp4 \
	"its path is all that is printed beside what is run"
ok "the film is there" test -s video/youtube.mp4
for stage in gen-script split-scenes tts image "image --cover"; do
	# shellcheck disable=SC2086 # two words
	run studio $stage -q
	is "$got:$(cat "$out" "$err")" 0: "$stage -q says nothing"
done
is "$(cd scenes && studio render-video --quiet)" \
	"$PWD/video/youtube.mp4" "render-video -q prints the film's path"
is "$(studio render-video --quiet)" video/youtube.mp4 "as it is seen from here"
is "$(folder 3 | cut -c1-6)" 000300 "scenes have keys in steps of 100"
snapshot a

build
is "$got:$ran" "0:" "a second make starts nothing"
run make -n
unlike "$(cat "$out")" '^studio|make\[1\]' "make -n has nothing to build"
like "$(studio plan)" 'Everything is fresh' "and plan says so"

find . -name .git -prune -o -type f -exec touch {} +
build
is "$ran" "" "touching every file redoes nothing"
sed -i '1i # a comment' "scenes/$(folder 2)/scene.yaml"
build
is "$ran" "" "a comment redoes nothing"

# One word of a scene.
two=$(folder 2)
snapshot a
sed -i 's/first fish/last fish/' "scenes/$two/scene.yaml"
is "$(planned)" "audio 2;image 2;video youtube;" \
	"plan: one word is a voice, a picture and the film"
is "$(parts)" "2 3" "and the parts that show it, its two transitions"
like "$(studio plan)" 'text.*changed|prompt changed' "plan names the input"
build
like "$ran" "tts $two" "its voice is made again"
is "$(echo "$ran" | tr ';' '\n' | grep -cE '^(tts|image) ')" 2 \
	"no other voice or picture"
snapshot b
like "$(changed a b)" 'audio.json .*audio.local.wav .*image.json' \
	"what changed: $(changed a b)"
is "$(diff ../a.sums ../b.sums | grep -c '^> .*/audio\.local\.wav')" 1 \
	"one voice has other bytes"

# A written-out prompt keeps its picture.
one=$(folder 1)
sed -i 's/before the sun/long before the sun/' "scenes/$one/scene.yaml"
is "$(planned)" "audio 1;video youtube;" \
	"with image.prompt written out the picture stays"
build
is "$got" 0 "made"

# Insert, delete, reorder.
studio add --at 2 "A bell rings twice." >/dev/null
is "$(planned)" "audio 2;image 2;video youtube;" "insert: one scene"
build
is "$(list | wc -l)" 4 "four scenes"
snapshot a
mv "scenes/$(folder 4)" "scenes/000010-$(folder 4 | cut -c8-)"
is "$(planned)" "video youtube;" "a move: only the film"
build
unlike "$ran" '^(tts|image)|;(tts|image) ' "no voice or picture"
rm -r "scenes/$(folder 1)"
is "$(planned)" "video youtube;" "a delete: only the film"
build
is "$got" 0 "made without it"
is "$(list | wc -l)" 3 "a deleted scene stays deleted"

# Settings.
studio config defaultTtsVoice rms
is "$(planned)" "audio 1;audio 2;audio 3;video youtube;" \
	"another voice: every voice, no picture"
studio config defaultTtsVoice slt
is "$(planned)" "" "and back before making: nothing"
studio config defaultImageStyle ink
is "$(planned)" "cover ;image 1;image 2;image 3;video youtube;" \
	"another style: every picture, no voice"
studio config defaultImageStyle '""'
is "$(planned)" "" "and back: nothing"
echo 'gull: sea bird' >lexicon.yaml
is "$(planned)" "audio $(grep -l gull scenes/*/scene.yaml | head -1 |
	xargs dirname | xargs basename | xargs -I{} studio show --json {} |
	jq .index);video youtube;" "a lexicon entry: the scene that names it"
rm lexicon.yaml
echo 'captionStyle: box' >>project.yaml
is "$(planned)" "video youtube;" "a caption style: the film"
sed -i '/^captionStyle/d' project.yaml
mkdir media
for _ in 1 2 3; do echo "La la la la, la la la la."; done | tts >media/song.wav
printf 'music: {file: media/song.wav, level: 20}\n' >>project.yaml
is "$(planned)|$(parts)" "video youtube;|" "music: sound and film, no picture"
build
is "$got" 0 "a film with music"
sed -i 's/level: 20/level: 24/' project.yaml
is "$(planned)|$(parts)" "video youtube;|" "its level: the same"
build
unlike "$ran" 'tts|image|render-clip youtube' "and so it was: $ran"
echo 'videos: [{name: square, preset: square}]' >>project.yaml
is "$(planned)|$(parts)" "video square;|1 2 3" \
	"another preset: another film and its parts, no voice or picture"
sed -i '/^videos:/d' project.yaml
is "$(planned)" "" "and back: nothing"
mkdir -p "$XDG_CONFIG_HOME/studio"
echo 'defaultTone: dramatic' >"$XDG_CONFIG_HOME/studio/settings.yaml"
is "$(planned)" "" "a user's new default: nothing"

# Another user's clone, and a branch there and back.
build
git add -A && git commit -qm all
snapshot a
want=$(jq -r .sha256 video/youtube.json)
git clone -q . ../clone 2>/dev/null
cd ../clone || exit 1
XDG_DATA_HOME=$tmp/other; export XDG_DATA_HOME
build
is "$got" 0 "a clone is built" || sed 's/^/# /' "$err" >&2
is "$(sha256sum <video/youtube.mp4 | cut -c1-64)" "$want" \
	"its film has the SHA-256 that the committed record says"
is "$(git status --short)" "" "and no tracked file changed"
git checkout -qb other
sed -i 's/fish/herring/' scenes/*/scene.yaml
build
isnt "$(sha256sum <video/youtube.mp4 | cut -c1-64)" "$want" \
	"another branch has another film"
git commit -qam edit
git checkout -q -
build
is "$(sha256sum <video/youtube.mp4 | cut -c1-64)" "$want" \
	"a branch there and back gives the same film"

# Scenes that were added, before anybody wrote a brief.
ok "a project" studio new ../added --title "Added"
cd ../added || exit 1
printf 'size: 128x72\nquality: draft\n' >>project.yaml
studio add "A bell rings twice." >/dev/null
unlike "$(planned)" 'script' "an unwritten brief beside a scene: no script"
build
is "$got" 0 "a film of it" || sed 's/^/# /' "$err" >&2
ok "without an outline" test ! -e script.md
echo 'Tell of bells.' >>brief.md
like "$(planned)" 'script' "a brief: a script"

done_testing
