#!/bin/sh
# What a project holds of paid media is not paid for again: not after it was
# replaced where the store does not have it, as in a clone; nor twice for two
# scenes that say the same; nor is a half put-in-place one taken for the user's.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

echo "One two." | tts >"$tmp/one.wav"
echo "a picture" | image --size 96x64 >"$tmp/one.png"
echo "another" | image --size 96x64 >"$tmp/two.png"
cat >"$tmp/ask" <<EOF
#!/bin/sh
text=\$(cat)
echo "\$STUDIO_STAGE \$text" >>"$tmp/calls"
case \$text in
*forbidden*) echo "not allowed" >&2; exit 69 ;;
esac
[ "\$STUDIO_STAGE" = speech ] && exec cat "$tmp/one.wav"
case \$text in
*again*) exec cat "$tmp/two.png" ;;
esac
exec cat "$tmp/one.png"
EOF
chmod +x "$tmp/ask"
asked() { [ ! -e "$tmp/calls" ] || wc -l <"$tmp/calls"; }
studio trust --add "exec:$tmp/ask" >/dev/null

# project DIR TEXT...
project() {
	dir=$1
	shift
	studio new "$dir" --title Film >/dev/null 2>&1 || exit 1
	rm "$dir/brief.md"
	printf 'size: 96x64\nquality: draft\n' >>"$dir/project.yaml"
	studio -C "$dir" config ttsProvider "exec:$tmp/ask" 2>/dev/null
	studio -C "$dir" config imageModel "exec:$tmp/ask"
	for text in "$@"; do
		studio -C "$dir" add "$text" >/dev/null || exit 1
	done
}
# a store that has nothing, as another user's
new_store() {
	XDG_DATA_HOME=$tmp/data.$1
	mkdir -p "$XDG_DATA_HOME"
}
scene() { echo "$1"/scenes/*/scene.yaml; }
state() {
	studio -C mine status --json |
		jq -r ".assets[] | select(.asset == \"$1\") | .state"
}

# Two scenes that say the same.
project same "It is late." "It is late." "It is early."
is "$(studio -C same plan --json | jq .calls)" 5 \
	"two scenes of the same words are one call each"
ok "they are made" make -s -j4 -C same audio images
is "$(asked)" 5 "and asked for once"
is "$(studio -C same status --json |
	jq '[.assets[] | select(.state == "fresh")] | length')" 9 \
	"all are fresh"
printf -- '- {model: "exec:%s", call: 0.3, %s}\n' "$tmp/ask" \
	"date: 2026-11-25, source: mine" >"$XDG_CONFIG_HOME/studio/prices.yaml"
rm -r same/scenes/*/audio* "$XDG_DATA_HOME/studio/store/objects"
export MAX_COST=0.7
ok "and held against the ceiling once" studio -C same tts
unset MAX_COST
rm "$XDG_CONFIG_HOME/studio/prices.yaml" "$tmp/calls"

# What was paid for is kept before its record goes, whatever replaces it.
project mine "The sea is deep."
ok "made" make -s -C mine audio images
is "$(asked)" 3 "a voice, a picture and the cover"
new_store 2
cp "$tmp/one.wav" mine/own.wav
ok "a recording of one's own takes the voice's place" \
	studio -C mine tts --file own.wav 1
sed -i '/^ *file:/d; /^audio:/d' "$(scene mine)"
ok "and goes" studio -C mine tts
is "$(asked)" 3 "the voice is there without a call"

new_store 3
sed -i 's/^title:.*/title: Another/' mine/project.yaml
ok "another title" studio -C mine image --cover
sed -i 's/^title:.*/title: Film/' mine/project.yaml
ok "and the first one" studio -C mine image --cover
is "$(asked)" 4 "the cover is there without a call"

new_store 4
cp "$(scene mine)" before.yaml
printf 'image:\n  prompt: forbidden\n' >>"$(scene mine)"
exits 69 "a prompt that is refused" studio -C mine image 1
sed -i 's/forbidden/again/' "$(scene mine)"
ok "another" studio -C mine image 1
is "$(asked)" 6 "is asked for"
sed -i 's/again/forbidden/' "$(scene mine)"
exits 69 "the refused one" studio -C mine image 1
is "$(asked)" 7 "is not answered by the picture before it"
cp before.yaml "$(scene mine)"
ok "the first one" studio -C mine image 1
is "$(asked)" 7 "is there without a call"

# A program that was killed between a medium and its record.
record=$(echo mine/scenes/*/image.json)
cp "$record" old.json
printf 'image:\n  prompt: a whale, again\n' >>"$(scene mine)"
ok "another picture" studio -C mine image 1
cp old.json "$record"
is "$(state image)" stale "new media beside the old record is no edit"
ok "it is made" studio -C mine image 1
is "$(asked)" 8 "without a call"
ok "and all is well" studio -C mine check
cp "$record" old.json
rm mine/scenes/*/image.png
sed -i 's/a whale/a third/; s/, again//' "$(scene mine)"
ok "a third, where no picture is" studio -C mine image 1
cp old.json "$record"
is "$(state image)" stale "is no edit either"
ok "it is made" studio -C mine image 1
is "$(asked)" 9 "without another call"
cp "$tmp/two.png" "$(echo mine/scenes/*/image.png)"
is "$(state image)" modified "one of the user's is"

# More takes than the film shows are planned, and made, though it is fresh.
project takes "The whale surfaces." "It dives."
studio -C takes config ttsProvider flite 2>/dev/null
ok "a film" make -s -j4 -C takes
set -- takes/scenes/*/scene.yaml
printf 'image:\n  takes: 2\n' >>"$1"
is "$(studio -C takes plan --json | jq .calls)" 1 "another take is planned"
n=$(asked)
ok "make" make -s -C takes
is "$(asked)" $((n + 1)) "asks for it"
is "$(studio -C takes plan --json | jq .calls)" 0 "and has it"

# What is adopted is not what its record said before.
for scene in takes/scenes/*/; do
	echo "my own" | image --size 200x120 >"$scene/image.png"
done
ok "pictures of another size are adopted" studio -C takes adopt --image 1 2
ok "and shown" make -s -C takes
sed -i 's/^text:.*/text: It is./' "$2"
ok "a voice is kept for other words" studio -C takes adopt --audio 2
ok "and heard" make -s -C takes

# A picture that a server refused stands in the way until it is changed, also
# where all that servers make is one job.
cat >"$tmp/rules" <<'EOR'
on POST *
	status 400
	json {"error":{"message":"no","code":"content_policy_violation"}}
EOR
serve "$tmp/rules" || exit 1
studio config --user providers.home \
	"{type: openai, baseUrl: \"http://127.0.0.1:$port/v1\"}" >/dev/null
studio -C takes config imageModel home:m
exits 2 "pictures that a server refuses" make -s -k -C takes images
n=$(calls)
exits 69 "are not there the next time either" studio -C takes image --network
like "$(cat "$err")" 'try the same again with --retry' "as is said"
is "$(calls)" "$n" "without a call"
unserve
done_testing
