# wire.sh: films by providers over the network, for test scripts; after lib.sh:
#
#	. "$top/tests/wire.sh"
#	rules NAME...   start the server with these rules: $wire/NAME.rules, or
#		those of tests/data/wire; the media they serve are in $wire
#	chat_reply / messages_reply / generate_reply   a script as that server
#		replies, on stdout; arguments are jq options of its filter below
#	film NAME SETTING=VALUE...   a project of two written scenes, in NAME
#	asked TARGET [TEXT]   the number of the first request for this target
#		whose body holds the text
#	all_of TARGET FILTER   what a jq filter says of each such body, sorted
#	header N NAME       the value of a header of request N
#	golden NAME N [FILTER]   body N is what tests/data/wire/NAME.json says
#
# Golden bodies are compared after "jq -S FILTER". To renew them, after looking
# at what changed:
#
#	WIRE_RENEW=1 prove tests/t204*.t && git diff tests/data/wire
#
# shellcheck shell=sh
# shellcheck disable=SC2120,SC2154

data=$top/tests/data/wire
wire=$tmp/wire
mkdir "$wire" || exit 1

one="The sea is salt because rivers carry minerals from the rocks into it."
two="Rain is fresh because only the water rises into the clouds."

media() {
	[ ! -e "$wire/voice.wav" ] || return 0
	echo "$one" | tts >"$wire/voice.wav"
	echo "a picture" | image --size 128x72 >"$wire/picture.png"
	# the same sound without a header, at 24 kHz
	ffmpeg -v error -i "$wire/voice.wav" -ar 24000 -ac 1 -f s16le \
		"$wire/voice.pcm"
}

# What a model writes.
script() {
	jq -nc --arg one "$one" --arg two "$two" '{title: "Salt",
		description: "Why the sea is salt.", tags: ["sea", "salt"],
		scenes: [{heading: "", narration: $one, notes: "salt",
			image: "a river mouth at dawn"},
		{heading: "", narration: $two, notes: "",
			image: "rain over a harbour"}]}'
}

chat_reply() {
	jq -nc --arg text "$(script)" --arg why stop "$@" '{id: "chatcmpl-1",
		object: "chat.completion", created: 1790000000,
		model: "writer", choices: [{index: 0, finish_reason: $why,
			logprobs: null, message: {role: "assistant",
				content: $text, refusal: null}}],
		usage: {prompt_tokens: 900, completion_tokens: 120,
			total_tokens: 1020}}'
}

messages_reply() {
	jq -nc --arg text "$(script)" --arg why end_turn "$@" '{id: "msg_1",
		type: "message", role: "assistant", model: "writer",
		content: [{type: "thinking", thinking: "hm", signature: "x"},
			{type: "text", text: $text}],
		stop_reason: $why, stop_sequence: null,
		usage: {input_tokens: 910, output_tokens: 130}}'
}

generate_reply() {
	jq -nc --arg text "$(script)" --arg why STOP "$@" '{candidates: [{
		content: {role: "model", parts: [{text: "hm", thought: true},
			{text: $text}]}, finishReason: $why, index: 0}],
		usageMetadata: {promptTokenCount: 920,
			candidatesTokenCount: 100, thoughtsTokenCount: 40,
			totalTokenCount: 1060}, modelVersion: "writer"}'
}

rules() {
	media
	[ -e "$wire/chat.json" ] || chat_reply >"$wire/chat.json"
	[ -e "$wire/messages.json" ] || messages_reply >"$wire/messages.json"
	[ -e "$wire/generate.json" ] || generate_reply >"$wire/generate.json"
	: >"$wire/rules"
	for rule; do
		cat "$wire/$rule.rules" 2>/dev/null >>"$wire/rules" ||
			cat "$data/$rule.rules" >>"$wire/rules"
	done
	serve "$wire/rules"
}

film() {
	name=$1
	shift
	studio new "$name" --title Film >/dev/null 2>&1 || return
	printf 'size: 128x72\nquality: draft\n' >>"$name/project.yaml"
	rm "$name/brief.md"
	printf '# Film\n\n%s\n> image: %s\n\n%s\n> image: %s\n' \
		"$one" "a river mouth at dawn" "$two" "rain over a harbour" \
		>"$name/script.md"
	for setting in "look=ink on paper" "$@"; do
		studio -C "$name" config "${setting%%=*}" "${setting#*=}" \
			2>/dev/null || return
	done
	studio -C "$name" split-scenes >/dev/null
}

asked() {
	while read -r nr method target _; do
		hits "$method" "$target" "$1" &&
			grep -qF -- "${2-}" "$served/$nr.body" &&
			echo "$nr" && return
	done <"$served/began"
	echo none
}

all_of() {
	while read -r nr method target _; do
		hits "$method" "$target" "$1" &&
			jq -c "$2" "$served/$nr.body"
	done <"$served/began" | sort
}

header() {
	tr -d '\r' <"$served/$1.head" | sed -n "s/^$2: //Ip"
}

# METHOD and target of request N.
line_of() { head -n 1 "$served/$1.head" | cut -d ' ' -f 1,2; }

golden() {
	jq -S "${3-.}" "$served/$2.body" >"$tmp/body.json" 2>/dev/null
	[ -z "${WIRE_RENEW-}" ] || cp "$tmp/body.json" "$data/$1.json"
	got=0
	note=$(diff -u "$data/$1.json" "$tmp/body.json" 2>&1) || got=1
	result "$got" "the body is $1.json" "$note"
}

# The film is whole: a picture and a sound, as long as its record says.
whole() {
	kinds=$(ffprobe -v error -show_entries stream=codec_type -of csv=p=0 \
		"$1/video/youtube.mp4" 2>&1 | sort | tr '\n' ' ')
	is "$kinds" "audio video " "$1: the film has picture and sound"
	long=$(ffprobe -v error -show_entries format=duration -of csv=p=0 \
		"$1/video/youtube.mp4")
	is "$(jq --argjson long "${long:-0}" \
		'(.durationSec - $long) | . < 0.1 and . > -0.1' \
		"$1/video/youtube.json")" true "$1: and is as long as it says"
	is "$(jq -r .status "$1"/video/youtube.json "$1"/scenes/*/audio.json \
		"$1"/scenes/*/image.json | sort -u)" ready \
		"$1: every record says so"
}

# All calls were made; making it again makes none.
no_more_calls() {
	calls_before=$(began)
	ok "$1: a second make" make -C "$1"
	is "$(began)" "$calls_before" "$1: asks nobody"
}

# What the ledger says of one kind: "calls tokens-in tokens-out characters
# pictures".
ledger() {
	cat "$1"/ledger/*.json | jq -sr --arg kind "$2" 'map(select(.kind ==
		$kind)) | "\(length) \(map(.inputTokens // 0) | add) " +
		"\(map(.outputTokens // 0) | add) " +
		"\(map(.characters // 0) | add) " +
		"\(map(.pictures // 0) | add)"'
}
