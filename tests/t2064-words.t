#!/bin/sh
# The six states have the same names in plan, status, check, show, doctor and on
# the storyboard.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/paid.sh"

paid_film film 3
make -s -C film >/dev/null 2>&1 || exit 1
cd film || exit 1
git add -A
git commit -qm film
one=$(folder . 1) two=$(folder . 2) three=$(folder . 3)

# all STATE ASSET WHERE: every command says it so
all() {
	is "$(studio plan --json | jq -r --arg a "$2" --argjson n "$3" \
		'.assets[] | select(.asset == $a and .scene == $n) | .state')" \
		"$1" "plan --json: $1"
	like "$(studio plan)" "^$1 +$3 $2 " "plan: $1"
	is "$(studio status --json | jq -r --arg a "$2" --argjson n "$3" \
		'.assets[] | select(.asset == $a and .scene == $n) | .state')" \
		"$1" "status --json: $1"
	studio storyboard >/dev/null 2>&1
	like "$(tr '<>' '\n\n' <storyboard.html)" "^ *(Voice|Picture) $1\$" \
		"storyboard: $1"
}
shown() {
	is "$(studio show --json "$2" | jq -r ".$3.state")" "$1" "show: $1"
}
checked() {
	run studio check
	like "$(cat "$err")" "$2.*: $1: " "check: $1"
}

sed -i 's/this is part 1/this is the first part/' "$one/scene.yaml"
all stale audio 1
shown stale 1 audio
like "$(studio status)" '^stale +youtube +waits' "status: a film that waits is stale"
is "$(studio status --json | jq -r '.assets[] | select(.asset == "video") | .state')" \
	stale "status --json: it too"
is "$(studio plan --json | jq -r '.assets[] | select(.asset == "video") | .state')" \
	stale "plan --json: it too"
like "$(studio plan)" '^stale +youtube ' "plan: it too"
is "$(studio show --json | jq -r '.videos[0].state')" stale "show: it too"
git checkout -q -- .

head -c 100 /dev/zero >>"$two/audio.wav"
all modified audio 2
shown modified 2 audio
checked modified audio.wav
git checkout -q -- .

printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 9\n' \
	0 >"$two/image.png"
all pointer image 2
shown pointer 2 'images[0]'
checked pointer '2 image'
like "$(studio doctor)" '^pointer +2 image' "doctor: pointer"
git checkout -q -- .

mv "$store" "$tmp/away"
rm "$three/audio.wav"
all missing audio 3
shown missing 3 audio
checked missing '3 audio'
like "$(studio doctor)" '^missing +3 audio' "doctor: missing"
git checkout -q -- .
mv "$tmp/away" "$store"

jq '.status = "failed" | .error = "too blue"' "$three/image.json" >"$tmp/x"
cp "$tmp/x" "$three/image.json"
all failed image 3
shown failed 3 'images[0]'
checked failed '3 image'
git checkout -q -- .

rm video/youtube.mp4
like "$(studio status)" '^missing +youtube +it is not in the folder' \
	"status: a film that is missing"
like "$(studio plan)" '^missing +youtube ' "plan: too"
rm video/youtube.json
like "$(studio status)" '^never made +youtube +make' "status: never made"
like "$(studio plan)" '^never made +youtube ' "plan: never made"
make -s >/dev/null 2>&1
rm "$one"/audio.* "$one"/image.*
rm -rf "$store"
like "$(studio plan)" '^never made +1 audio ' "plan: a voice that was never made"
studio storyboard >/dev/null 2>&1
like "$(tr '<>' '\n\n' <storyboard.html)" '^ *never made$' "storyboard: never made"
is "$(grep -c 'not made yet\|not fetched' storyboard.html)" 0 "no other words"
done_testing
