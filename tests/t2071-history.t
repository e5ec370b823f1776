#!/bin/sh
# studio log, diff and restore: a scene's history by its id, and the scene
# brought back with its media, for nothing.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/branch.sh"

# Without git, or before it.
studio new early --title Early >/dev/null 2>&1
cd early || exit 1
studio add "A bell." >/dev/null
for verb in diff "log 1" "restore 1"; do
	# shellcheck disable=SC2086
	exits 78 "before the first commit: studio $verb" studio $verb
	like "$(cat "$err")" 'nothing was committed yet.*git commit' "says so"
	# shellcheck disable=SC2086
	exits 78 "without git" env PATH=/nowhere "$STUDIO_BIN/studio" $verb
	like "$(cat "$err")" 'git: is not installed' "says so"
done
rm -rf .git
exits 78 "in no repository" studio log 1
like "$(cat "$err")" 'in no git repository.*git init' "says so, and the cure"
cd "$scratch" || exit 1

paid_film film "The harbour wakes before the sun." \
	"A gull takes the first fish." "Then the boats come home." || exit 1
one=$(nth 1) two=$(nth 2) three=$(nth 3)
id=$(sed -n 's/^id: //p' "scenes/$two/scene.yaml")
is "$(studio diff)" "No scene differs, and no setting." "nothing differs"
is "$(studio log 2 | cut -c19-)" \
	"$(git rev-parse HEAD | cut -c1-10)  added; voice and picture in git" \
	"one revision, whose media git has"

# An edit, its media, a move, a delete.
sed -i 's/first fish/last fish/' "scenes/$two/scene.yaml"
is "$(studio log 2 | head -n 1)" \
	"now               -           text" "what is not committed comes first"
like "$(studio diff)" '^scene 2 +text$' "diff: the words"
like "$(studio diff)" 'was A gull takes the first fish' "what they were"
like "$(studio diff)" 'now A gull takes the last fish' "and are"
is "$(build)" 2 "a voice and a picture are made"
git add -A && git commit -qm edit
mv "scenes/$two" scenes/000900-last
git add -A && git commit -qm move
is "$(studio diff HEAD~1..HEAD | head -n 1)" "scene 3     order (it was 2)" \
	"a move is another place, of one scene"
is "$(studio diff HEAD~2..HEAD --json | jq -c '.scenes[] | [.index,
	.wasIndex, .moved, [.changes[].what]]')" \
	'[3,2,true,["text","voice","picture"]]' "by id, not by folder"
rm -r scenes/000900-last
git commit -qam delete
is "$(studio log "@$id" --json | jq -c '[.revisions[] | .change +
	(if .wasFolder then " from " + .wasFolder else "" end)]')" \
	"[\"deleted from 000900-last\",\"moved from $two\",\"changed\",\"added\"]" \
	"the log follows the folder"
is "$(studio log "$two" | wc -l)" 4 "named by a folder that it had"
is "$(studio log "$(echo "$id" | cut -c1-8)" | wc -l)" 4 "by the start of its id"
is "$(studio log "$two" --json | jq -c '.revisions[2].changes[0]')" \
	'{"what":"text","was":"A gull takes the first fish.","now":"A gull takes the last fish."}' \
	"with its words"
is "$(studio diff HEAD~1 | head -n 1)" \
	"scene 3     deleted: A gull takes the last fish." "diff: deleted"
exits 2 "a scene that never was" studio log @ffffffff
exits 2 "a position that is not there" studio log 3
like "$(cat "$err")" 'there are 2.*start of their id' "says how gone ones are named"
exits 2 "a commit that is none" studio diff nothing
exits 2 "an option as commit" studio diff -- --output=x
exits 2 "a commit without the scene" studio restore "$one" "$(git \
	commit-tree -m empty "$(git hash-object -t tree /dev/null)")"

# Back from the dead, without the store.
before=$(paid)
XDG_DATA_HOME=$tmp/none
ok "a deleted scene is restored" studio restore "$two"
is "$(studio show --json | jq -r '.scenes[2] | .id, .folder, .text' |
	tr '\n' ';')" "$id;000900-last;A gull takes the last fish.;" \
	"as it was last, in its place"
is "$(calls_now)|$(studio diff HEAD~1)" "0|No scene differs, and no setting." \
	"with all its media"
ok "as it was first" studio restore 3 HEAD~3
is "$(cat scenes/000900-last/*.json scenes/000900-last/scene.yaml |
	sha256sum)" "$(for f in audio.json image.json scene.yaml; do
	git show "HEAD~3:scenes/$two/$f"; done | sha256sum)" "byte for byte"
is "$(sha256sum <scenes/000900-last/audio.wav)" \
	"$(git show "HEAD~3:scenes/$two/audio.wav" | sha256sum)" \
	"with its voice"
is "$(paid)" "$before" "nobody was asked"
XDG_DATA_HOME=$HOME/.local/share
is "$(calls_now)" 0 "and make asks for nothing"
git add -A && git commit -qm back

# What is not committed is kept.
cp "scenes/$one/scene.yaml" "$tmp/one.yaml"
sed -i 's/harbour/town/' "scenes/$one/scene.yaml"
printf '{ broken' >"scenes/$one/audio.json"
echo "my recording" >"scenes/$one/audio.wav"
cp "scenes/$one/scene.yaml" "$tmp/mine.yaml"
ok "restore over edits" studio restore "$one"
kept=$(sed -n 's/^what was not committed is kept in //p' "$out")
same_file "scenes/$one/scene.yaml" "$tmp/one.yaml" "the scene is as committed"
same_file "$kept/scene.yaml" "$tmp/mine.yaml" "the edit is kept"
is "$(cat "$kept/audio.wav")|$(cat "$kept/audio.json")" "my recording|{ broken" \
	"and so is the recording"
is "$(git status --short)" "" "nothing else changed"
ok "once more" studio restore 1
like "$(cat "$out")" 'it is so already' "is done already"
unlike "$(cat "$out")" 'kept' "and keeps nothing"
echo "<<<<<<< HEAD" >>"scenes/$one/scene.yaml"
ok "also what cannot be read" studio restore "$one"
same_file "scenes/$one/scene.yaml" "$tmp/one.yaml" "is mended"
studio image 1 --again >/dev/null 2>&1
ok "further takes" studio restore 1
ok "are not removed" test -e "scenes/$one/image.2.png"
ln -sfn "$tmp/one.yaml" "scenes/$one/scene.yaml"
exits 65 "no link is written through" studio restore "$one"
ok "nor lost" test -L "scenes/$one/scene.yaml"
rm "scenes/$one/scene.yaml" "scenes/$one"/image.2.*
ok "a file that is gone" studio restore "$one"
mv "scenes/$one" "$tmp/away" && ln -s "$tmp/away" "scenes/$one"
exits 65 "no folder that is a link" studio restore "$one"
rm "scenes/$one" && mv "$tmp/away" "scenes/$one"

# The place was taken by another scene.
rm -r "scenes/$one"
studio add --at 1 "A new one." >/dev/null
mv "scenes/$(nth 1)" "scenes/$one"
ok "a place that is taken" studio restore "@$(sed -n 's/^id: //p' \
	"$tmp/one.yaml")"
is "$(sed -n 's/^text: //p' "scenes/$one/scene.yaml")" "A new one." \
	"is left as it is"
is "$(sed -n 's/^text: //p' "scenes/$(nth 2)/scene.yaml")" \
	"The harbour wakes before the sun." "and the scene stands beside it"
git checkout -q . && git clean -fdq

# Media that git does not have: of the store, of nowhere.
git rm -q --cached -- "scenes/$three/audio.wav" "scenes/$three/image.png"
git commit -qm "without media"
like "$(studio log "$three" | head -n 1)" 'picture in the folder$' \
	"log: they are in the folder"
mv "scenes/$three/audio.wav" "scenes/$three/image.png" "$tmp/"
like "$(studio log "$three" | head -n 1)" 'files; voice and picture in the store$' \
	"or in the store"
ok "restored" studio restore "$three"
same_file "scenes/$three/audio.wav" "$tmp/audio.wav" "the voice is of the store"
same_file "scenes/$three/image.png" "$tmp/image.png" "so is the picture"
rm "scenes/$three/audio.wav" "scenes/$three/image.png"
XDG_DATA_HOME=$tmp/none
like "$(studio log "$three" | head -n 1)" 'voice and picture only by paying$' \
	"or only by paying"
exits 75 "without the store" studio restore "$three"
like "$(cat "$err")" 'audio.wav: is neither in git nor.*studio plan' \
	"what it would take is named"
is "$(paid)" "$((before + 1))" "and not done" # the take above
XDG_DATA_HOME=$HOME/.local/share
ok "with it" studio restore "$three"
git add -A && git commit -qm "with media"

# Free media are made again; the user's own come out of git.
mkdir media && cp "$tmp/image.png" media/dock.png
sed -i '$a image: {file: media/dock.png}' "scenes/$three/scene.yaml"
studio config ttsProvider flite 2>/dev/null
studio config defaultTtsVoice slt
is "$(build)" 0 "free voices"
git add -A && git commit -qm free
is "$(git ls-files scenes | grep -c local)" 0 "git has none of them"
voice=$(sha256sum <"scenes/$three/audio.local.wav")
rm -r "scenes/$three" media
like "$(studio log "$three" | sed -n 2p)" \
	'voice free to make again, picture in git' "log says so"
ok "restored" studio restore "$three"
is "$(sha256sum <"scenes/$three/audio.local.wav")" "$voice" \
	"the free voice was made again, the same"
same_file media/dock.png "$tmp/image.png" "the user's picture is back"
echo other >media/dock.png
exits 75 "a file of the user's own that is another now" studio restore "$three"
like "$(cat "$err")" 'media/dock.png: is not what it was.*git checkout' \
	"is named"
is "$(cat media/dock.png)" other "and left"
git checkout -q media

# A name like an option, a newline, a huge file: in history, not our scenes.
blob=$(head -c 9000000 /dev/zero | git hash-object -w --stdin)
small=$(echo "text: x" | git hash-object -w --stdin)
git update-index --add --cacheinfo "100644,$small,scenes/-x/scene.yaml"
printf '100644 %s 0\tscenes/000100-a\nb/scene.yaml\0' "$small" |
	git update-index -z --add --index-info
git update-index --add --cacheinfo "100644,$blob,scenes/$three/audio.2.json"
git update-index --add --cacheinfo "120000,$small,scenes/$three/image.2.json"
git commit -qm hostile
ok "log with hostile names" studio log "$three"
ok "diff too" studio diff HEAD~1..HEAD
git update-index --add --cacheinfo "100644,$blob,scenes/$three/scene.yaml"
git commit -qm huge
exits 65 "a scene.yaml of 9 MB" studio diff HEAD
like "$(cat "$err")" "HEAD:scenes/$three/scene.yaml: is larger than" "is named"
ok "and log goes on" studio log "$three"

# Where git runs us: in a hook, GIT_DIR names it.
git reset -q --hard HEAD~2
ok "in a hook" env GIT_DIR=.git GIT_INDEX_FILE=/nowhere GIT_PAGER=false \
	studio log "$three"
ok "below a folder" studio -C scenes log "$three"
done_testing
