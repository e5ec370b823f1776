#!/bin/sh
# Branches that are merged: each case is clean, or loud; none is silent, and
# none pays for what a branch paid for.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/branch.sh"

paid_film base "The harbour wakes before the sun." \
	"A gull takes the first fish." "Then the boats come home." || exit 1
one=$(nth 1) two=$(nth 2) three=$(nth 3)
is "$(paid)" 7 "three voices, three pictures and a cover were paid for"
cd ..

# case NAME: a copy of the film, on the branch "other"; ours goes back.
start() {
	cd "$scratch" && cp -a base "$1" && cd "$1" || exit 1
	git checkout -qb other
}
done_there() { git add -A && git commit -qm "$1" && git checkout -q -; }
done_here() { git add -A && git commit -qm "$1"; }
# merges NAME: without a conflict, and all records and references are right
merges() {
	ok "$1: merges" git merge -q -m merge other
	is "$(git status --short)" "" "$1: nothing is left to decide"
}
conflicts() {
	fails "$1: git says that it conflicts" git merge -m merge other
	like "$(cat "$out")" "CONFLICT" "$1: loudly"
}
# What the plan would make: "audio 2;image 2;"
planned() {
	studio plan --json | jq -r '.assets[] | select(.planned and
		.asset != "video") | "\(.asset) \(.scene // "")"' | sort |
		tr '\n' ';'
}
texts() { studio show --json | jq -r '.scenes[].text' | cut -d' ' -f1-2 |
	tr '\n' ';'; }
# Every file with its bytes and times, but what is only kept to save time.
state() {
	sums . | grep -v '  \./build/'
	find . \( -path ./.git -o -path ./build \) -prune -o -type f \
		-printf '%p %T@\n' | sort
}
# Everything that works on scenes refuses, names what is wrong and makes
# nothing; refuses PATTERN NAME
refuses() {
	state >"$tmp/before"
	for verb in refresh "refresh --make" plan status check; do
		# shellcheck disable=SC2086
		exits 65 "$2: studio $verb refuses" studio $verb
		like "$(cat "$err")" "$1" "$2: and says why"
		is "$(cat "$out")" "" "$2: and nothing else"
	done
	exits 2 "$2: make stops" make
	is "$(state | diff "$tmp/before" -)" "" \
		"$2: nothing was written, and no time was changed"
}

# Both insert at the same place.
start insert
studio add --at 2 "A bell rings twice." >/dev/null
done_there bell
studio add --at 2 "A horn answers." >/dev/null
done_here horn
merges "both insert"
is "$(studio show --json | jq '.scenes | length')" 5 "both insert: both are there"
is "$(planned)" "audio 2;audio 3;image 2;image 3;" \
	"both insert: only the two are made"
first=$(texts)
cd "$scratch" && cp -a insert mirror && cd mirror || exit 1
git reset -q --hard HEAD~1 && git checkout -q other && git merge -q -m m master
is "$(texts)" "$first" "both insert: in one order, whoever merges"

# One moves, the other edits.
start edit
sed -i 's/boats/ships/' "scenes/$three/scene.yaml"
done_there edit
mv "scenes/$three" "scenes/000050-moved"
done_here move
merges "move and edit"
like "$(cat scenes/000050-moved/scene.yaml)" 'ships' "the edit is in the moved folder"
is "$(planned)" "audio 1;image 1;" "move and edit: that one is made"
ok "a later git log of the scene follows" test "$(studio log 1 --json |
	jq '.revisions | length')" -eq 3

# One moves, the other makes its voice anew.
start voice
sed -i '$a audio: {voice: rms}' "scenes/$three/scene.yaml"
is "$(build)" 1 "a voice made anew is paid for"
new=$(sha256sum <"scenes/$three/audio.wav")
done_there voice
mv "scenes/$three" "scenes/000050-moved"
done_here move
merges "move and a new voice"
is "$(sha256sum <scenes/000050-moved/audio.wav)" "$new" \
	"the new voice is in the moved folder"
is "$(planned)|$(calls_now)" "|0" "move and a new voice: all is fresh"
ok "move and a new voice: checked" studio check

# One moves, the other adds a picture there.
start picture
studio image 3 --again >/dev/null
new=$(sha256sum <"scenes/$three/image.2.png")
done_there picture
mv "scenes/$three" "scenes/000050-moved"
done_here move
cd "$scratch" && cp -a picture unset && cd picture || exit 1
merges "move and a new picture"
is "$(sha256sum <scenes/000050-moved/image.2.png)" "$new" \
	"the new picture is in the moved folder"
is "$(planned)|$(calls_now)" "|0" "move and a new picture: all is fresh"
cd ../unset && git config --unset merge.directoryRenames
conflicts "the same without our setting"
like "$(cat "$out")" 'file location' "which is about the place only"

# Both move the same scene.
start moves
mv "scenes/$three" "scenes/000050-theirs"
done_there move
mv "scenes/$three" "scenes/000150-ours"
done_here move
conflicts "both move"
refuses "000050-theirs.*000150-ours.*same id.*rm -r" "both move"
rm -r scenes/000050-theirs
is "$(planned)|$(calls_now)" "|0" "both move: one is removed, all is fresh"

# One deletes, the other edits.
start delete
sed -i 's/boats/ships/' "scenes/$three/scene.yaml"
done_there edit
rm -r "scenes/$three"
done_here delete
conflicts "delete and edit"
like "$(cat "$out")" 'modify/delete' "for what it is"
git rm -q "scenes/$three/scene.yaml"
is "$(planned)|$(calls_now)" "|0" "delete and edit: deleted, all is fresh"
ok "and it is not lost" studio restore "$three" other
is "$(sed -n 's/^text: //p' "scenes/$three/scene.yaml")" \
	"Then the ships come home." "as the other had it"
is "$(planned)" "audio 3;image 3;" "what the edit asks for is planned"

# Both make one asset anew.
start asset
sed -i '$a image: {prompt: a harbour}' "scenes/$three/scene.yaml"
is "$(build)" 1 "their picture is paid for"
done_there theirs
sed -i '$a image: {prompt: a lighthouse}' "scenes/$three/scene.yaml"
is "$(build)" 1 "and ours"
done_here ours
conflicts "both make one asset"
refuses "scenes/$three/scene.yaml:[0-9]+:[0-9]+: .*git merge" "both make one"
git checkout -q --ours "scenes/$three/scene.yaml"
like "$(studio plan)" "^failed +3 image +.*image.json:[0-9]+:[0-9]+: .*git merge" \
	"a record with markers is refused, with its line"
is "$(calls_now)" 0 "and not asked for anew"
exits 65 "check finds it" studio check
fails "make stops at it" make images
exits 65 "so does the film" studio render-video
like "$(cat "$err")" "image.json:[0-9]+:1: .*remove the marker lines$" \
	"and says of it what helps, not to ask again"
git checkout -q --theirs "scenes/$three/image.json" "scenes/$three/image.png"
is "$(planned)|$(calls_now)" "image 3;|0" \
	"our words, their picture: it is stale, and the store has ours"
ok "either side whole" studio restore "$three" other
is "$(planned)|$(calls_now)" "|0" "is fresh"
ok "the other one" studio restore "$three" HEAD
is "$(planned)|$(calls_now)" "|0" "too"
is "$(build)" 0 "and nothing is paid for"

# Both edit other fields of one scene.
start fields
sed -i 's/boats/ships/' "scenes/$three/scene.yaml"
done_there text
sed -i '$a notes: at dusk' "scenes/$three/scene.yaml"
done_here notes
merges "two fields"
is "$(studio show --json 3 | jq -r '.text, .notes' | tr '\n' ';')" \
	"Then the ships come home.;at dusk;" "two fields: both are there"

# A clean merge that yields two folders with one id.
start twice
mv "scenes/$three" "scenes/000050-theirs"
done_there move
mv "scenes/$three" "scenes/000350-ours"
done_here move
ok "two folders: git merges" git merge -q -s resolve -m m other
is "$(git status --short)" "" "two folders: without a word"
refuses "000050-theirs.*000350-ours.*same id.*rm -r" "two folders"
exits 65 "diff refuses too" studio diff HEAD~1
like "$(cat "$err")" "same id" "and says why"
exits 65 "and restore" studio restore "@$(sed -n 's/^id: //p' \
	scenes/000350-ours/scene.yaml)"
sed -i '/^id:/d' scenes/000050-theirs/scene.yaml
studio split-scenes >/dev/null
is "$(studio show --json | jq '[.scenes[].id] | unique | length')" 4 \
	"without its id: line one is a new scene"
is "$(calls_now)" 0 "and its media are fresh, or in the store"

# The same scene added by both.
start same
SOURCE_DATE_EPOCH=1790000000 studio add "A bell rings." >/dev/null
done_there bell
SOURCE_DATE_EPOCH=1790000099 studio add "A bell rings." >/dev/null
done_here bell
conflicts "both add the same"
refuses "scene.yaml:[0-9]+:[0-9]+: .*git merge" "both add the same"
git checkout -q --ours scenes && git add -A && git commit -qm merged
is "$(studio show --json | jq '.scenes | length')" 4 "it is there once"

# Both pay for the same, each from a store of its own.
start ledger
studio add "A bell rings." >/dev/null
done_here bell # still on the other branch
git checkout -q master && git merge -q other && git checkout -q other
XDG_DATA_HOME=$tmp/theirs make audio images >/dev/null 2>&1
done_there made
sleep 1
make audio images >/dev/null 2>&1
done_here made
conflicts "both pay for the same"
entry=$(git status --short ledger | sed -n 's/^AA //p' | head -1)
ok "an entry of the ledger stays whole" jq -e .request "$entry"
git show "other:$entry" >"${entry%.json}.2.json"
git checkout -q --ours . && git add -A && git commit -qm merged
is "$(calls_now)" 0 "and nothing is asked for again"
ok "theirs is kept beside ours" studio cost

# Films that both made.
start film
git checkout -q master
echo "videos: [{name: a, preset: youtube, scenes: [1]}]" >>project.yaml
make >/dev/null 2>&1
done_here film
git checkout -qB other
sed -i 's/harbour/town/' "scenes/$one/scene.yaml"
make >/dev/null 2>&1
done_there town
sed -i 's/before/after/' "scenes/$two/scene.yaml"
echo "captionStyle: box" >>project.yaml
make >/dev/null 2>&1
done_here box
merges "films that both made"
is "$(studio plan --json | jq -r '.assets[].asset')" video \
	"only the film is made of both"
ok "and it is" make
ok "without a fault" studio check
# In a clone without the settings that studio new makes: they both wrote it.
git reset -q --hard HEAD~1
git config --unset merge.ours.driver
conflicts "films that both made, in a clone"
like "$(git diff --name-only --diff-filter=U | tr '\n' ' ')" \
	'^(video/a[^ ]* )+$' "only of the film"
is "$(studio plan --json | jq -r '.assets[].asset')" video \
	"it is made of both all the same"
like "$(studio doctor)" 'video/a.json:.*both sides' "doctor tells of it"
like "$(studio doctor)" 'make makes the film again; then: git add video' \
	"and that make does"
ok "and it is" make
is "$(grep -rlE '^(<<<<<<<|>>>>>>>)' video)" "" "no marker is left"
ok "without a fault" studio check
git add -A && git commit -qm merged
is "$(calls_now)" 0 "and nothing is asked for again"
# Both edit the script, in other paragraphs, and split it.
start script
studio split-scenes --write-script >/dev/null 2>&1
git add -A && git commit -qm "The script" && git branch -qf other &&
	git checkout -q other
sed -i 's/first fish/last fish/' script.md
studio split-scenes >/dev/null
done_there "theirs"
sed -i 's/come home/stay out/' script.md
studio split-scenes >/dev/null
done_here "ours"
git merge -m merge other >/dev/null 2>&1
is "$(git diff --name-only --diff-filter=U)" scenes/split.json \
	"script: only what was split last conflicts"
ok "script: the plan" studio plan
studio doctor >"$out" 2>&1
like "$(cat "$out")" 'make writes it anew; then: git add scenes/split.json' \
	"script: doctor says what to do"
ok "script: is split again" studio split-scenes
is "$(grep -c '[<=>]\{7\}' scenes/split.json)" 0 "script: no marker is left"
is "$(find scenes -mindepth 1 -type d | wc -l)" 3 "script: there are as many scenes"
is "$(studio show --json | jq -r '.scenes[].text' | paste -sd' ')" \
	"The harbour wakes before the sun. A gull takes the last fish. \
Then the boats stay out." "script: with what both wrote"
git add -A && git commit -qm merged
is "$(planned)" "audio 2;audio 3;image 2;image 3;" "script: those are made"

done_testing
