#!/bin/sh
# Money: what a plan costs, what stops it, and what was paid.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

calls=$tmp/calls
: >"$calls"
count() { wc -l <"$calls"; }
prices=$XDG_CONFIG_HOME/studio/prices.yaml
mkdir -p "$XDG_CONFIG_HOME/studio"
seen='date: 2026-11-25, source: mine'
total() { studio plan --json | jq -c ".total.$1"; }
unset MAX_COST

echo "One two three four." | tts >"$tmp/voice.wav"
echo "a picture" | image --size 64x36 >"$tmp/picture.png"
voice="exec:echo v >>$calls; cat >/dev/null; cat $tmp/voice.wav"
picture="exec:echo p >>$calls; cat >/dev/null; cat $tmp/picture.png"

ok "a project" studio new film --title Film
cd film || exit 1
printf 'size: 128x72\nquality: draft\n' >>project.yaml
rm brief.md
studio add "Ten chars." >/dev/null
studio add "Zwölf sind 15." >/dev/null
studio config ttsProvider "$voice"
studio config imageModel "$picture"
studio trust --add "$voice" >/dev/null
studio trust --add "$picture" >/dev/null

# A command costs nothing unless the user says so.
is "$(total cost)" 0 "exec is free"
is "$(total calls)" 5 "and counts as calls"
like "$(studio plan)" 'free\)' "plan says so"
ok "make may go on" studio refresh --make

# Prices of the user's own.
echo "- {model: \"$voice\", characters: 10000, $seen}" >>"$prices"
echo "- {model: \"$picture\", picture: 0.25, $seen}" >>"$prices"
is "$(total cost)" 0.99 "24 characters and 3 pictures"
is "$(total characters) $(total pictures) $(total unknown)" "24 3 0" \
	"what they are"
is "$(studio plan --json | jq -c '.assets[] | select(.asset == "audio") |
	.estimate | [.calls, .characters, .cost]' | paste -sd' ')" \
	"[1,10,0.1] [1,14,0.14]" "each by itself"
like "$(studio plan)" '^About \$0.99: 24 characters, 3 pictures' "in words"
like "$(studio plan)" '\$0.14\)' "in its row"
like "$(studio plan)" '^5 calls; 0 answered' "the calls"
studio storyboard -o board.html >/dev/null
like "$(cat board.html)" 'Next make</dt><dd>5 calls, \$0.99' \
	"on the storyboard"
unlike "$(studio plan)" 'would stop' "that is below the ceiling"
ok "make may go on" studio refresh --make

# The ceiling.
studio config --user maxCost 0.50
exits 77 "over maxCost" studio refresh --make
is "$(cat "$out")" "" "make is told nothing"
like "$(cat "$err")" '5 calls.*\$0.9900.*\$0.50.*MAX_COST=0.99' \
	"the message has the figures and the cure"
ok "without --make it only tells" studio refresh
like "$(studio plan)" 'would stop.*MAX_COST=0.99' "plan says that it stops"
is "$(total refused | cut -c2-8)" "5 calls" "also to programs"
run make
is "$got:$(count)" "2:0" "make stops before the first call"
ok "a goal that costs less is within it" make -n audio
exits 77 "MAX_COST below the sum" env MAX_COST=0.98 studio refresh --make
ok "MAX_COST as said" env MAX_COST=0.99 studio refresh --make
ok "or none at all" env MAX_COST=unlimited studio refresh --make
exits 2 "no number" env MAX_COST=much studio refresh --make
like "$(cat "$err")" "MAX_COST: 'much'" "is named"
ok "so it is made" env MAX_COST=0.99 make audio images
is "$(count)" 5 "in as many calls"
is "$(find ledger -name '*.json' | wc -l)" 5 "each in the ledger"
is "$(total calls)" 0 "then nothing is left to pay"

# What the store answers costs nothing.
studio config defaultTtsVoice other
studio config --user maxCost 0.1
exits 77 "another voice is paid for" studio refresh --make
studio config defaultTtsVoice slt
rm scenes/*/audio.wav
like "$(studio plan)" '^0 calls; 2 answered from the store' "back again"
is "$(total stored)" 2 "from the store"
studio config --user maxCost 0
ok "which no ceiling stops" studio refresh --make
studio config --user --unset maxCost

# The budget of a project, against its ledger.
studio config defaultTtsVoice third
rm -r ledger
mkdir ledger
digest=$(printf x | sha256sum | cut -d' ' -f1)
cat >ledger/a.json <<EOF
{"request": "$digest", "kind": "audio", "provider": "work:m",
 "for": "scene 1 audio", "at": "2026-11-24T08:00:00Z", "sha256": "$digest",
 "bytes": 3, "scene": "000100-x", "characters": 1200, "cost": 1.25,
 "outcome": "ready", "unknownOutcome": 1}
EOF
echo 'budget: 1.49' >>project.yaml
ok "within the budget" studio refresh --make
sed -i 's/^budget:.*/budget: 1.48/' project.yaml
exits 77 "over the budget" studio refresh --make
like "$(cat "$err")" 'project.yaml: budget.*\$0.24.*\$1.25.*\$1.48.*: 1.49' \
	"figures and cure"
exits 77 "which MAX_COST does not lift" env MAX_COST=unlimited studio refresh --make
sed -i 's/^budget:.*/budget: -1/' project.yaml
exits 65 "a wrong budget" studio plan
sed -i 's/^budget:.*/budget: 5/' project.yaml
echo '{"request": 1' >ledger/b.json
exits 65 "a broken file of the ledger" studio refresh --make
like "$(cat "$err")" 'ledger/b.json' "is named"
rm ledger/b.json

# A price that nobody knows.
studio config --user providers.work \
	'{type: openai, baseUrl: https://example.org/v1, keyEnv: NO_SUCH}'
studio config ttsProvider work:new
studio config imageModel card
exits 77 "no key" studio refresh --make
like "$(cat "$err")" 'work: there is no key; set NO_SUCH' "is met first"
ok "but not by goals that need none" studio refresh --make images
export NO_SUCH=some-key
exits 77 "an unknown price" studio refresh --make
like "$(cat "$err")" 'work:new.*MAX_COST=unlimited make' "is named"
is "$(total unknown)" 2 "and counted"
like "$(studio plan)" 'price unknown' "in its row"
ok "allowed" env MAX_COST=unlimited studio refresh --make
run studio refresh --make
sh -c "$(sed -n 's/.*add it with: \(.*\); or: .*/\1/p' "$err")"
ok "the row that the message gives" studio refresh --make
is "$(total cost)" 0.00036 "prices it"
studio config ttsProvider nobody:new
like "$(studio plan)" 'price unknown' "an alias that is none"
exits 78 "is said as such" studio refresh --make
like "$(cat "$err")" 'nobody.*providers.nobody' "with its cure"

# How use is estimated.
studio config --user providers.work.maxCharacters 40
studio config ttsProvider work:new
before=$(total calls)
long="A sentence of more than forty characters, which takes two calls."
studio add "$long" >/dev/null
is "$(total calls)" $((before + 2)) "a long text is several calls"
rm -r "$(find scenes -mindepth 1 -type d | sort | tail -1)"
studio config ttsProvider openai:gpt-4o-mini-tts
is "$(total inputTokens) $(total outputTokens)" "7 55" \
	"speech that is priced by tokens"
sed -i 's/^targetLength:.*/targetLength: 300 words/' project.yaml
head -c 400 /dev/zero | tr '\0' x >source.md
studio config scriptModel openai:gpt-6-luna
is "$(studio plan --json | jq -c '.assets[] | select(.asset == "script") |
	.estimate | [.calls, .callsMax, .inputTokens, .outputTokens, .cost]')" \
	"[1,2,1300,1400,0.00083]" "a script"
rm source.md
studio config ttsProvider "$voice"

# Rows that are wrong.
cp "$prices" "$tmp/keep"
echo "- {model: \"a:b\", pictures: 1, $seen}" >>"$prices"
exits 65 "a wrong row" studio plan
like "$(cat "$err")" "prices.yaml:[0-9]+: pictures: is not known" "is named"
cp "$tmp/keep" "$prices"

# What is asked for once more is paid for once more.
ok "another project" studio new ../more --title More
cd ../more || exit 1
rm brief.md
studio add "Ten chars." >/dev/null
dear="exec:echo d >>$tmp/dear; cat >/dev/null; test -e $tmp/good || exit 69; cat $tmp/voice.wav"
studio config ttsProvider "$dear"
studio trust --add "$dear" >/dev/null
echo "- {model: \"$dear\", call: 2, $seen}" >>"$prices"
asked() { wc -l <"$tmp/dear"; }
exits 69 "a refusal" env MAX_COST=2 studio tts
exits 77 "--retry is held against the ceiling" studio tts --retry
is "$(asked)" 1 "before it asks"
: >"$tmp/good"
ok "within the ceiling" env MAX_COST=2 studio tts --retry
rm -r scenes/*/audio.wav "$XDG_DATA_HOME/studio/store/objects"
exits 77 "and --regen" studio tts --regen
is "$(asked)" 2 "before it asks"
ok "within the ceiling" env MAX_COST=2 studio tts --regen
printf '## A\n\nOne two.\n' >"$tmp/script.md"
writer="exec:echo s >>$tmp/dear; cat >/dev/null; cat $tmp/script.md"
studio config scriptModel "$writer"
studio trust --add "$writer" >/dev/null
echo "- {model: \"$writer\", call: 2, $seen}" >>"$prices"
echo "A film of whales." >brief.md
ok "a script" env MAX_COST=2 studio gen-script --again
is "$(asked)" 4 "is asked for"
exits 77 "and gen-script --again" studio gen-script --again
is "$(asked)" 4 "before it asks"
cp "$tmp/keep" "$prices"
cd ../film || exit 1
rm -r ../more

# Settings.
exits 2 "maxCost in a project" studio config maxCost 3
like "$(cat "$err")" 'config --user maxCost' "is sent to the user's own"
exits 65 "a wrong ceiling" studio config --user maxCost much

# What was paid.
cat >ledger/c.json <<EOF
{"request": "$digest", "kind": "image", "provider": "$picture",
 "for": "scene 2 image", "at": "2026-11-25T08:00:00Z", "sha256": "$digest",
 "bytes": 3}
EOF
cat >ledger/d.json <<EOF
{"request": "$digest", "kind": "script", "provider": "gone:m",
 "for": "script", "at": "2026-11-25T09:00:00Z", "sha256": "$digest",
 "bytes": 3, "inputTokens": 1000, "outputTokens": 500}
EOF
ok "cost" studio cost
like "$(cat "$out")" '^work:m +1 +1,200 +- +- +1.2500$' "a row a provider"
like "$(cat "$out")" '^total +3 +1,200 +1,500 +1 +1.5000\*\?$' "a total"
like "$(cat "$out")" '^\* 1 call at today' "what today's price was taken for"
like "$(cat "$out")" '^\? 1 call at a price that is not known' "what is not"
like "$(cat "$out")" '^1 earlier call may have been paid' "and what was lost"
like "$(cat "$out")" 'Film.*\$1.50 of a budget of \$5.00, \$3.50 left' \
	"the budget"
like "$(cat "$out")" '^ceiling of a run +\$1.00$' "the ceiling"
is "$(awk 'length($0) > 80 && !/echo/' "$out")" "" "in 80 columns"
by() { studio cost --json --by "$1" | jq -r ".rows[].$1" | paste -sd' '; }
is "$(by day)" "2026-11-24 2026-11-25" "by day"
is "$(by stage)" "audio image script" "by stage"
is "$(by scene)" "000100-x scene 2 script" "by scene"
is "$(studio cost --json | jq -c '.total | [.calls, .cost, .unknown,
	.todaysPrice, .characters, .inputTokens, .pictures]')" \
	"[3,1.5,1,1,1200,1000,1]" "for programs"
exits 2 "by nothing known" studio cost --by year
cat >ledger/e.json <<EOF
{"request": "$digest", "kind": "audio", "provider": "openai:gpt-4o-mini-tts",
 "for": "scene 2 audio", "at": "2026-11-25T09:00:00Z", "sha256": "$digest",
 "bytes": 3, "characters": 1400}
EOF
is "$(studio cost --json | jq -c '.rows[] | select(.provider ==
	"openai:gpt-4o-mini-tts") | [.characters, .unknown, .cost]')" \
	"[1400,0,0.03861]" "speech priced by tokens that its server counts not"
rm ledger/e.json

# Several projects.
cd .. || exit 1
exits 78 "no project here" studio cost
mkdir -p shelf/deep/er
mv film shelf/deep/film
another() {
	cp -r "$1" "$2"
	sed -i "s/^id: ./id: $3/" "$2/project.yaml"
}
first=$(sed -n 's/^id: \(.\).*/\1/p' shelf/deep/film/project.yaml)
[ "$first" = 1 ] && first=2 || first=1
another shelf/deep/film shelf/other "$first"
another shelf/deep/film shelf/deep/er/toodeep 3
ok "a folder of projects" studio cost shelf
like "$(cat "$out")" '^total +6 .* 3.0000' "is added up, two levels deep"
like "$(cat "$out")" '^Film +\$1.50 .* left in deep/film$' \
	"with the folders of those with one title"
like "$(studio cost --by scene shelf)" '^other: 000100-x +1 ' \
	"also in rows by scene"
is "$(studio cost --json shelf/other shelf/deep shelf | jq -r '.projects | length')" \
	3 "or those that are named"
cp -r shelf/other shelf/clone
is "$(studio cost --json shelf | jq -c '[.total.calls, .total.cost, .repeated,
	(.projects | map(.cost) | add)]')" "[6,3,3,4.5]" \
	"a clone's calls are counted once, and in its budget"
sed -i 's/T08:00:00Z/T08:00:01Z/' shelf/clone/ledger/a.json
run studio cost --by scene shelf
like "$(cat "$out")" '^total +7 .* 4.2500' "but not those of its own"
like "$(cat "$out")" '^clone: 000100-x +2 ' "in the rows of the project"
like "$(cat "$out")" '^2 calls of clones counted once' "which is said"
mkdir empty
exits 78 "none in it" studio cost empty
exits 2 "no such folder" studio cost nowhere

done_testing
