#!/bin/sh
# Scripts by providers over the network: what they are sent, field by field,
# and what becomes of their answers.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/wire.sh"

OPENAI_API_KEY=key-openai ANTHROPIC_API_KEY=key-anthropic
GEMINI_API_KEY=key-gemini
export OPENAI_API_KEY ANTHROPIC_API_KEY GEMINI_API_KEY OPENAI_BASE_URL \
	ANTHROPIC_BASE_URL GEMINI_BASE_URL

# A new server with these rules, at the address of all three, and a new store,
# since other films of the same brief are answered from it.
again() {
	unserve
	rm -rf "$XDG_DATA_HOME"
	rules "$@"
	OPENAI_BASE_URL=http://127.0.0.1:$port/v1
	ANTHROPIC_BASE_URL=$OPENAI_BASE_URL
	GEMINI_BASE_URL=http://127.0.0.1:$port/v1beta
}
again openai anthropic gemini

printf 'The sea is salt.\n\nRivers carry minerals.\n' >source.md
echo "A film for children." >brief.md

# written NAME MODEL: a film whose script a model writes
written() {
	studio new "$1" --title "" --target-length 10s --source source.md \
		--brief brief.md >/dev/null &&
		printf 'size: 128x72\nquality: draft\n' >>"$1/project.yaml" &&
		studio -C "$1" config scriptModel "$2"
}

# Texts of the prompt are tested by themselves: unit/script_prompt.c.
short='walk(if type == "string" and length > 100 then "(text)" else . end)'

for type in openai anthropic gemini; do
	written $type $type:writer
	plan=$(studio -C $type plan --json)
	is "$(echo "$plan" | jq -c '[.total.calls, .total.unknown]')" "[1,0]" \
		"$type: the plan is one call"
	ok "$type: make" make -C $type
	is "$(began)" 1 "$type: and one it was"
	whole $type
	golden $type-script 1 "$short"
	is "$(header 1 Content-Type)" application/json "$type: sent as JSON"
	is "$(sed -n 1,6p $type/script.md)" "# Salt
> description: Why the sea is salt.
> tags: sea, salt

$one
> image: a river mouth at dawn" "$type: title, description, tags and scenes"
	like "$(cat $type/project.yaml)" '^tags: \[sea, salt\]$' \
		"$type: the project has the tags"
	like "$(cat $type/project.yaml)" '^description: Why the sea' \
		"$type: and the description"
	is "$(cat $type/scenes/*/scene.yaml | grep -E '^notes|^  prompt')" \
		"notes: salt
  prompt: a river mouth at dawn
  prompt: rain over a harbour" "$type: the scenes have notes and prompts"
	is "$(jq -r '.description' $type/video/youtube.json)" \
		"Why the sea is salt." "$type: the film is described"
	is "$(jq -r '[.version, .digitalSourceType] | join(" ")' \
		$type/script.json)" "$type writer trainedAlgorithmicMedia" \
		"$type: the record names the model"
	no_more_calls $type
	case $type in
	openai)
		is "$(line_of 1)" "POST /v1/chat/completions" "$type: where"
		is "$(header 1 Authorization)" "Bearer key-openai" \
			"$type: with its key"
		is "$(ledger $type script)" "1 900 120 0 0" "$type: tokens"
		user='.messages[1].content' system='.messages[0].content'
		;;
	anthropic)
		is "$(line_of 1)" "POST /v1/messages" "$type: where"
		is "$(header 1 x-api-key)" key-anthropic "$type: with its key"
		is "$(header 1 Authorization)" "" "$type: in that header only"
		is "$(header 1 anthropic-version)" 2023-06-01 "$type: version"
		is "$(ledger $type script)" "1 910 130 0 0" "$type: tokens"
		user='.messages[0].content' system=.system
		;;
	gemini)
		is "$(line_of 1)" \
			"POST /v1beta/models/writer:generateContent" \
			"$type: where, without the key"
		is "$(header 1 x-goog-api-key)" key-gemini "$type: its key"
		is "$(ledger $type script)" "1 920 140 0 0" \
			"$type: tokens, thoughts with them"
		user='.contents[0].parts[0].text'
		system='.systemInstruction.parts[0].text'
		;;
	esac
	jq -r "$system" "$(request 1)" >$type.system
	jq -r "$user" "$(request 1)" >$type.user
	again openai anthropic gemini
done
same_file openai.system anthropic.system "all are told the same"
same_file openai.system gemini.system "all three"
same_file openai.user anthropic.user "and asked the same"
same_file openai.user gemini.user "all three"
like "$(cat openai.user)" "^The sea is salt.$" "with the source"
like "$(cat openai.user)" "^A film for children.$" "and the brief"


# What follows needs no film, only a server that answers own.json.
own=$wire/own.json
script_of() { studio -C "$1" gen-script ${2-}; }

# A server that does not know the form of the answer.
again formless openai anthropic
written formless openai:writer
ok "a server without response_format" script_of formless
is "$(began)" 2 "is asked twice"
is "$(jq -cS 'del(.response_format)' "$(request 1)")" \
	"$(jq -cS . "$(request 2)")" "then without, and with no other change"
is "$(ledger formless script)" "1 900 120 0 0" "one of them is paid for"
written formless2 anthropic:writer
ok "a server without output_config" script_of formless2
is "$(began)" 4 "is asked twice"
is "$(jq -cS 'del(.output_config)' "$(request 3)")" \
	"$(jq -cS . "$(request 4)")" "then without, and with no other change"

# What local models write round their answer.
printf '<think>Let me see: {"scenes": []}\n</think>\nHere:\n\n```json\n' \
	>"$tmp/said"
script >>"$tmp/said"
printf '```\nGood luck!' >>"$tmp/said"
chat_reply | jq -c --rawfile said "$tmp/said" \
	'.choices[0].message.content = $said' >"$own"
again own
written fenced openai:writer
ok "thoughts, a fence and a greeting" script_of fenced
same_file fenced/script.md openai/script.md "change nothing"

# An answer that was cut off was paid for, and is kept.
chat_reply | jq -c '.choices[0].finish_reason = "length" |
	.choices[0].message.content |= .[:200]' >"$own"
again own
written cut openai:writer
exits 69 "an answer that is cut off" script_of cut
like "$(cat "$err")" 'cut off after 200 bytes .* maxTokens' "what to do"
kept=$(find "$XDG_DATA_HOME/studio/store/rejected" -type f -name '*[0-9a-f]')
is "$(jq -r '.choices[0].finish_reason' "$kept")" length "it is kept"
like "$(cat "$err")" "rejected/$(basename "$kept" | cut -c1-16)" \
	"and where is said"
unlike "$(cat cut/script.json)" "$tmp" "its record names no folder of ours"
exits 69 "the same again" script_of cut
like "$(cat "$err")" 'cut off after .* --again$' "says it again"
exits 2 "in make" make -C cut
is "$(began)" 1 "and nobody is asked"
like "$(studio -C cut status)" '^failed +script' "as status knows"
is "$(studio -C cut plan --json | jq .total.calls)" 0 "nor planned"
is "$(jq -r .outcome cut/ledger/*.json)" rejected "the ledger says so"
is "$(ledger cut script)" "1 900 120 0 0" "and what it took"
chat_reply | jq -c '.choices[0].finish_reason = "length"' >"$own"
again own
exits 69 "one that only says so" script_of cut --again
ok "more room" studio -C cut config scriptOptions.maxTokens 9000
exits 69 "is another request" script_of cut
is "$(began)" 2 "that is sent"
is "$(jq -c .max_tokens "$(request 2)")" 9000 "with the limit"

chat_reply | jq -c '.choices[0].message |= (.content = null |
	.refusal = "I will not.")' >"$own"
again own
written refused openai:writer
exits 69 "a refusal" script_of refused
like "$(cat "$err")" 'the model refused: I will not.' "is said"

# Far from the length: sent back once, with what it wrote.
script >"$tmp/good"
jq -c '.scenes += [.scenes[] | .narration += " " + .narration +
	" It was so, and it stays so."]' "$tmp/good" >"$tmp/long"
long() {
	jq -nc --rawfile text "$tmp/long" '$text | rtrimstr("\n")'
}
for type in openai anthropic gemini; do
	case $type in
	openai) reply=chat_reply model=assistant
		at='.choices[0].message.content'
		turns='[.messages[] | [.role, .content]][1:]' ;;
	anthropic) reply=messages_reply model=assistant
		at='.content[1].text'
		turns='[.messages[] | [.role, .content]]' ;;
	gemini) reply=generate_reply model=model
		at='.candidates[0].content.parts[1].text'
		turns='[.contents[] | [.role, .parts[0].text]]' ;;
	esac
	$reply >"$wire/second.json"
	$reply | jq -c "$at = $(long)" >"$wire/first.json"
	again off
	written off-$type $type:writer
	ok "$type: an answer that is too long" script_of off-$type
	is "$(began)" 2 "$type: one more turn"
	is "$(jq -r "$turns | map(.[0]) | join(\" \")" "$(request 2)")" \
		"user $model user" "$type: of three"
	is "$(jq -c "$turns | .[0]" "$(request 2)")" \
		"$(jq -c "$turns | .[0]" "$(request 1)")" "$type: as before"
	is "$(jq -r "$turns | .[1][1]" "$(request 2)")" \
		"$(cat "$tmp/long")" "$type: what it answered"
	like "$(jq -r "$turns | .[2][1]" "$(request 2)")" \
		'^Spoken, this lasts about .* Shorten' "$type: and what is wrong"
	same_file off-$type/script.md $type/script.md "$type: the better holds"
	is "$(ledger off-$type script | cut -d ' ' -f 1)" 2 "$type: both are paid"
	ok "$type: again" script_of off-$type
	is "$(began)" 2 "$type: asks nobody"
done

# The turn is one that no plan counts, so it is held against the ceiling; and
# what a server does not count costs what was expected.
prices=$XDG_CONFIG_HOME/studio/prices.yaml
mkdir -p "$XDG_CONFIG_HOME/studio"
seen='date: 2026-11-25, source: mine'
echo "- {model: \"gemini:writer\", call: 0.6, $seen}" >"$prices"
again off
written dear gemini:writer
ok "a dear one" script_of dear
is "$(began):$(jq -c .cost dear/ledger/*.json)" 1:0.6 "is not sent back"
like "$(jq -r '.warnings[]' dear/script.json)" \
	'not mended.*\$0.6000 was spent.*MAX_COST=1.20' "and why"
again off
written dearer gemini:writer
ok "where it may cost more" env MAX_COST=1.2 make -C dearer script
is "$(began)" 2 "it is"
echo "- {model: \"gemini:writer\", input: 100, output: 100, $seen}" >"$prices"
cp "$wire/second.json" "$tmp/counted"
jq -c 'del(.usageMetadata)' "$tmp/counted" >"$wire/first.json"
again off
written uncounted gemini:writer
ok "an answer without figures" script_of uncounted
is "$(jq -c '.cost > 0.01 and .outputTokens > 10' uncounted/ledger/*.json)" \
	true "costs what was expected of it"
rm "$prices"

# Instructions and options of the user's.
again openai anthropic gemini
echo "Speak like a sailor." >prompt.md
for type in openai anthropic gemini; do
	written own-$type $type:writer
	cp prompt.md own-$type/
	ok "$type: a promptFile" studio -C own-$type config promptFile prompt.md
	studio -C own-$type config scriptOptions \
		'{maxTokens: 3000, temperature: 0.7}'
	ok "$type: make script" make -C own-$type script
	nr=$(began)
	like "$(jq -r '(.messages // [.contents[] | .parts[]])[-1] |
		.content // .text' "$(request "$nr")")" \
		'^Speak like a sailor.$' "$type: is in the prompt"
done
set_by='[.max_tokens, .temperature, (keys | join(" "))] | join(" ")'
is "$(jq -r "$set_by" "$(request 1)")" "3000 0.7 max_tokens messages model \
response_format temperature" "openai: options"
is "$(jq -r "$set_by" "$(request 2)")" "3000 0.7 max_tokens messages model \
output_config system temperature" "anthropic: options"
is "$(jq -r ".generationConfig | .max_tokens = .maxOutputTokens | $set_by" \
	"$(request 3)")" "3000 0.7 maxOutputTokens max_tokens \
responseJsonSchema responseMimeType temperature" "gemini: options"
studio -C own-openai config scriptOptions.model other
exits 78 "an option that is said elsewhere" script_of own-openai
like "$(cat "$err")" 'scriptOptions: model: is said elsewhere' "is refused"
is "$(began)" 3 "before anything is sent"

# A brief that was never written is nothing to ask a model for.
again openai
studio new bare --target-length 10s >/dev/null 2>&1
studio -C bare config scriptModel openai:writer
exits 65 "the brief as it was made" script_of bare
like "$(cat "$err")" 'brief.md: is empty' "is empty"
is "$(began)" 0 "nothing is asked"
cp source.md bare/
ok "with a source" script_of bare
unlike "$(jq -r '.messages[1].content' "$(request 1)")" '<!--|<brief>' \
	"its comment is not sent"
printf 'Be short.\n<!-- not -->Be <!-- - -- > -->kind.\n<!-- open\n' \
	>bare/brief.md
ok "with a brief" script_of bare
like "$(jq -r '.messages[1].content' "$(request 2)" | tr '\n' ' ')" \
	'Be short. Be kind. <!-- open' "the words round comments are"

# Another take is one that was never asked for, whatever was made between.
ok "another take" script_of bare --again
is "$(began)" 3 "is asked for"
cp bare/brief.md was.md
echo "Be long." >bare/brief.md
ok "another brief" script_of bare
cp was.md bare/brief.md
ok "and back" script_of bare
is "$(began)" 4 "which the store has"
ok "another take of that" script_of bare --again
is "$(began)" 5 "is a third"

# What a source does not say.
jq -c '.scenes[0].narration |= sub("rivers"; "the Amazon and 42 rivers")' \
	"$tmp/good" >"$tmp/long"
chat_reply | jq -c ".choices[0].message.content = $(long)" >"$own"
again own
written named openai:writer
ok "names that the source does not have" script_of named
like "$(jq -r '.warnings[]' named/script.json)" 'Amazon' "are in the record"
like "$(jq -r '.warnings[]' named/script.json)" '42' "numbers too"

done_testing
