# network.sh: every client there is for a server, and what a good server says to
# it. Source it after lib.sh:
#
#	media                   make voice.wav, picture.png and a script
#	rules CASE [times N] <STEPS   rules for each client, at /CASE/CLIENT/
#	good CASE               rules that answer what is asked
#	serve_rules             start the server with all rules so far
#	settings CASE [FIELDS]  the user's settings for a case: each client's
#		address is /CASE/CLIENT; FIELDS go to each entry ("timeout: 1s").
#		With $dollars a call has that price; on this machine it is free.
#	asking CASE...          ask by each client in each case, all at once
#	sent CASE CLIENT        how many requests to it began
#	are CASE CODE CALLS NAME   is that what became of each?
#	say CASE REGEX NAME     does each say so on stderr?
#	$tmp/cases/CASE         CLIENT.end, .err and .out: what became of it
#
# $only, where it is set, has the clients to take in the place of all.
#
# shellcheck shell=sh disable=SC2034,SC2154

clients='chat speech images claude gchat gspeech gimage eleven kokoro piper a1111 sdcpp pexels'
only='' dollars=''
: >rules

# Sets type, model, stage, method and (with a model) spec.
client() {
	method=POST model=m voice=
	case $1 in
	chat) type=openai stage=script ;;
	speech) type=openai stage=speech ;;
	images) type=openai stage=image ;;
	claude) type=anthropic stage=script ;;
	gchat) type=gemini stage=script ;;
	gspeech) type=gemini stage=speech ;;
	gimage) type=gemini stage=image ;;
	eleven) type=elevenlabs stage=speech voice='--voice v' ;;
	kokoro | piper) type=$1 stage=speech model= ;;
	a1111) type=$1 stage=image model= ;;
	sdcpp) type=$1 stage=image model= ;;
	pexels) type=$1 stage=image model='' method=GET ;;
	esac
	spec=$1${model:+:$model}
}

media() {
	echo "One two." | tts >voice.wav
	echo "a boat" | image --size 64x36 >picture.png
	cat >script.json <<-'END'
		{"title":"T","description":"D","tags":["a"],"scenes":[{"heading":"H","narration":"One two three.","notes":"","image":"a boat"}]}
	END
	jq -c . script.json | jq -Rc . >script.str
}

# What a good server says to a client, as steps.
answer() {
	words=$(cat script.str 2>/dev/null)
	# the text of a script has its backslashes doubled for the server
	words=$(printf '%s' "$words" | sed 's/\\/\\\\/g')
	case $1 in
	chat) printf '\tjson {"model":"m","choices":[{"finish_reason":"stop","message":{"content":%s}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}\n' "$words" ;;
	claude) printf '\tjson {"model":"m","stop_reason":"end_turn","content":[{"type":"text","text":%s}],"usage":{"input_tokens":1,"output_tokens":1}}\n' "$words" ;;
	gchat) printf '\tjson {"candidates":[{"finishReason":"STOP","content":{"parts":[{"text":%s}]}}]}\n' "$words" ;;
	speech | piper) printf '\theader Content-Type: audio/wav\n\tfile voice.wav\n' ;;
	gspeech) printf '\theader Content-Type: application/json\n\ttext {"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"audio/wav","data":"\n\tbase64 voice.wav\n\ttext "}}]}}]}\n' ;;
	gimage) printf '\theader Content-Type: application/json\n\ttext {"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"\n\tbase64 picture.png\n\ttext "}}]}}]}\n' ;;
	eleven) printf '\theader Content-Type: application/json\n\ttext {"audio_base64":"\n\tbase64 voice.wav\n\ttext "}\n' ;;
	kokoro) printf '\theader Content-Type: application/json\n\ttext {"audio":"\n\tbase64 voice.wav\n\ttext ","timestamps":[]}\n' ;;
	images) printf '\theader Content-Type: application/json\n\ttext {"data":[{"b64_json":"\n\tbase64 picture.png\n\ttext "}]}\n' ;;
	a1111) printf '\theader Content-Type: application/json\n\ttext {"images":["\n\tbase64 picture.png\n\ttext "],"info":""}\n' ;;
	sdcpp) printf '\tstatus 202\n\tjson {"id":"job-1"}\n' ;;
	pexels) printf '\tjson {"photos":[{"photographer":"P","url":"https://x.example/p","src":{"original":"http://127.0.0.1:%%PORT%%/photo.png"}}]}\n' ;;
	esac
}

rules() {
	steps=$(sed 's/^[[:blank:]]*/\t/')
	for c in ${only:-$clients}; do
		client "$c"
		echo "on $method /$1/$c/* ${2-}"
		printf '%s\n' "$steps"
	done >>rules
}

good() {
	for c in ${only:-$clients}; do
		client "$c"
		echo "on $method /$1/$c/*"
		answer "$c"
	done >>rules
}

serve_rules() {
	printf "%s\n" 'on GET */sdcpp/v1/jobs/*' \
		'	header Content-Type: application/json' \
		'	text {"status":"completed","result":{"b64_json":"' \
		'	base64 picture.png' '	text "}}' \
		'on GET /photo.png*' '	file picture.png' >>rules
	serve rules
}

settings() {
	conf=$tmp/cases/$1/studio
	mkdir -p "$conf"
	: >"$conf/prices.yaml"
	echo "providers:" >"$conf/settings.yaml"
	for c in $clients; do
		client "$c"
		echo "  $c: {type: $type, baseUrl: 'http://127.0.0.1:$port/$1/$c'${2:+, $2}}" \
			>>"$conf/settings.yaml"
		[ -z "$dollars" ] || echo "- {model: \"$c:*\", call: $dollars, date: 2026-11-25, source: mine}" \
			>>"$conf/prices.yaml"
	done
	chmod 600 "$conf/settings.yaml"
}

# Ask by one client; stdout and stderr are this shell's.
ask_by() {
	# --again: what one case got is not to answer the next one from the store.
	client "$1"
	case $stage in
	script) echo "Whales sleep." | gen-script --again --provider "$spec" ;;
	speech)
		# shellcheck disable=SC2086
		echo "One two." | tts --again --provider "$spec" $voice
		;;
	image) echo "a boat" | image --again --size 64x36 --provider "$spec" ;;
	esac
}

asking() {
	waiting=
	for case in "$@"; do
		at=$tmp/cases/$case
		for c in ${only:-$clients}; do
			(
				XDG_CONFIG_HOME=$at XDG_RUNTIME_DIR=$at
				ask_by "$c" >"$at/$c.out" 2>"$at/$c.err"
				echo $? >"$at/$c.end"
			) &
			waiting="$waiting $!"
		done
	done
	# shellcheck disable=SC2086
	wait $waiting
}

# As asked for: the looks at a job are not counted.
sent() {
	client "$2"
	grep -c " $method /$1/$2/" "$served/began"
}

# are CASE CODE CALLS NAME
are() {
	for c in ${only:-$clients}; do
		is "$(cat "$tmp/cases/$1/$c.end"):$(sent "$1" "$c")" "$2:$3" \
			"$4: $c" || said_by "$1" "$c"
	done
}

# say CASE REGEX NAME
say() {
	odd=
	for c in ${only:-$clients}; do
		grep -qE -- "$2" "$tmp/cases/$1/$c.err" || odd="$odd $c"
	done
	is "$odd" "" "$3" || for c in $odd; do said_by "$1" "$c"; done
}

said_by() { head -c 1500 "$tmp/cases/$1/$2.err" | tr -d '\000' | sed 's/^/#   /'; }

# Milliseconds from the end of a client's first answer to its next request.
gap() {
	client "$2"
	awk -v m="$method" -v p="/$1/$2/" '$2 == m && index($3, p) == 1 {
		if (n++ == 0) first = $8
		else if (n == 2) print $7 - first }' "$served/log"
}
