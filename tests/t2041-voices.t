#!/bin/sh
# Voices by providers over the network: what they are sent, field by field,
# what becomes of the sound, and whose words the captions follow.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/wire.sh"

OPENAI_API_KEY=key-openai GEMINI_API_KEY=key-gemini
ELEVENLABS_API_KEY=key-eleven
export OPENAI_API_KEY ELEVENLABS_API_KEY GEMINI_API_KEY OPENAI_BASE_URL \
	ELEVENLABS_BASE_URL GEMINI_BASE_URL KOKORO_BASE_URL PIPER_BASE_URL

# A new server with these rules, and a new store.
again() {
	unserve
	rm -rf "$XDG_DATA_HOME"
	rules "$@"
	OPENAI_BASE_URL=http://127.0.0.1:$port/v1
	ELEVENLABS_BASE_URL=$OPENAI_BASE_URL
	GEMINI_BASE_URL=http://127.0.0.1:$port/v1beta
	KOKORO_BASE_URL=http://127.0.0.1:$port
	PIPER_BASE_URL=$KOKORO_BASE_URL
}

# Words that are spoken at 0.5, 0.6 ... s: nobody would guess that.
captioned() {
	jq -nc --arg text "$1" --rawfile audio "$tmp/voice.b64" '
		($text | rtrimstr(".") | split(" ")) as $words |
		{audio: $audio, audio_format: "audio/wav", timestamps: (
		[range($words | length) as $i | {word: $words[$i],
			start_time: (0.5 + $i / 10),
			end_time: (0.58 + $i / 10)}] + [{word: ".",
			start_time: 2.5, end_time: 2.6}])}'
}
with_timestamps() {
	jq -nc --arg text "$1" --rawfile audio "$tmp/pcm.b64" '
		($text | split("")) as $c | {audio_base64: $audio, alignment: {
		characters: $c,
		character_start_times_seconds:
			[range($c | length) | 0.5 + . / 50],
		character_end_times_seconds:
			[range($c | length) | 0.52 + . / 50]},
		normalized_alignment: null}'
}
media
base64 -w0 "$wire/voice.wav" >"$tmp/voice.b64"
base64 -w0 "$wire/voice.pcm" >"$tmp/pcm.b64"
captioned "$one" >"$wire/kokoro-1.json"
captioned "$two" >"$wire/kokoro-2.json"
with_timestamps "$one" >"$wire/elevenlabs-1.json"
with_timestamps "$two" >"$wire/elevenlabs-2.json"

voiced() {
	film "$1" ttsProvider="$2" defaultTtsVoice="$3"
}
first() { printf '%s\n' "$1"/scenes/0001*; }


# called TYPE PATTERN LINE AUTH: the first scene's request
called() {
	nr=$(asked "$2" rivers)
	is "$(line_of "$nr")" "$3" "$1: where"
	is "$(grep -i '^[a-z-]*: .*key-' "$served/$nr.head" | tr -d '\r')" \
		"$4" "$1: with its key, where it belongs"
	is "$(header "$nr" Content-Type)" application/json "$1: as JSON"
	golden "$1-speech" "$nr"
	is "$(began "$2")" 2 "$1: a call a scene"
}
heard() {
	is "$(jq -r .timing "$1"/scenes/*/audio.json | sort -u)" tts \
		"$1: the voice says when"
	is "$(jq -c '.words | [length, .[0], .[12]]' "$(first "$1")/audio.json")" \
		"$2" "$1: each word at its time and place"
	like "$(cat "$1/video/youtube.en.vtt")" "$3" "$1: captions follow"
}

again openai kokoro elevenlabs gemini piper
for type in openai kokoro elevenlabs gemini piper piper-old; do
	case $type in
	openai) voiced $type openai:tts-1 nova ;;
	kokoro) voiced $type kokoro: af_sky ;;
	elevenlabs) voiced $type elevenlabs:eleven_flash_v2_5 "a b/c?" ;;
	gemini) voiced $type gemini:speaker Puck ;;
	piper) voiced $type piper: en_US-amy-low ;;
	piper-old) again piper-old && voiced $type piper: "" ;;
	esac
	is "$(studio -C $type plan --json | jq -c '[.total.calls,
		.total.characters]')" "[2,128]" "$type: the plan is two calls"
	ok "$type: make" make -C $type
	whole $type
	used="2 0 0 128 0"
	version=$type
	case $type in
	openai)
		version="openai tts-1"
		called $type '/v1/audio/*' "POST /v1/audio/speech" \
			"Authorization: Bearer key-openai"
		;;
	kokoro)
		called $type '/dev/*' "POST /dev/captioned_speech" ""
		heard $type '[13,[0.5,0.58,0,3],[1.7,1.78,66,3]]' \
			'^The <00:00:00.900>sea <00:00:01.000>is '
		;;
	elevenlabs)
		version="elevenlabs eleven_flash_v2_5"
		called $type '*timestamps*' "POST /v1/text-to-speech/$(
			)a%20b%2Fc%3F/with-timestamps?output_format=pcm_24000" \
			"xi-api-key: key-eleven"
		heard $type '[13,[0.5,0.56,0,3],[1.82,1.88,66,3]]' \
			'^The <00:00:00.880>sea <00:00:00.960>is '
		;;
	gemini)
		version="gemini speaker"
		called $type '/v1beta/*' \
			"POST /v1beta/models/speaker:generateContent" \
			"x-goog-api-key: key-gemini"
		used="2 40 180 128 0"
		;;
	piper)
		called $type '/synthesize' "POST /synthesize" ""
		;;
	piper-old)
		version=piper
		nr=$(asked "POST /" rivers)
		is "$(cat "$served/$nr.body")" "$one" "$type: the text as it is"
		is "$(header "$nr" Content-Type)" \
			"text/plain; charset=utf-8" "$type: as text"
		is "$(began "POST /")" 2 "$type: a call a scene"
		;;
	esac
	is "$(ledger $type audio)" "$used" "$type: what it used"
	is "$(jq -r '[.version, .digitalSourceType] | join(" ")' \
		$type/scenes/*/audio.json | sort -u)" \
		"$version trainedAlgorithmicMedia" "$type: the record says who"
	is "$(jq '.durationSec > 4.3 and .durationSec < 4.5 and
		(.warnings | not)' "$(first $type)/audio.json")" true \
		"$type: how long, and no warnings"
	no_more_calls $type
done
is "$(jq -r .timing openai/scenes/*/audio.json | grep -cx tts)" 0 \
	"times that nobody says are not marked as the voice's own"

# Speed and options.
again openai kokoro elevenlabs gemini piper
for type in openai kokoro elevenlabs piper; do
	studio -C $type config ttsOptions '{}'
	case $type in
	openai) studio -C $type config ttsOptions.instructions "Whisper." ;;
	kokoro) studio -C $type config ttsOptions.lang_code a ;;
	elevenlabs) studio -C $type config ttsOptions \
		'{voice_settings.stability: 0.4, seed: 7}' ;;
	piper) studio -C $type config ttsOptions.noise_scale 0.5 ;;
	esac
	ok "$type: speed" studio -C $type tts --speed 1.25 1
done
is "$(jq -c '[.speed, .instructions]' "$(request 1)")" '[1.25,"Whisper."]' \
	"openai: both are sent"
is "$(jq -c '[.speed, .lang_code]' "$(request 2)")" '[1.25,"a"]' \
	"kokoro: both are sent"
is "$(jq -c '[.voice_settings, .seed]' "$(request 3)")" \
	'[{"speed":1.25,"stability":0.4},7]' "elevenlabs: in one map"
is "$(jq -c '[.length_scale, .noise_scale]' "$(request 4)")" '[0.8,0.5]' \
	"piper: longer sounds are slower speech"

# The lexicon's words are sent, and the times are of the words that stand there.
spoken=$(echo "$one" | sed 's/minerals/stone dust/')
captioned "$spoken" >"$wire/kokoro-1.json"
again kokoro
voiced lexicon kokoro: af_sky
echo "minerals: stone dust" >lexicon/lexicon.yaml
ok "a lexicon" studio -C lexicon tts
is "$(jq -r .input "$(request "$(asked '*' rivers)")")" "$spoken" \
	"what is spoken is sent"
is "$(jq -c '.words | [length, .[7], .[8]]' "$(first lexicon)/audio.json")" \
	'[13,[1.2,1.38,37,8],[1.4,1.48,46,4]]' "and the times are of the text"

# A text that is too long for one call.
again openai
limit() {
	studio config --user providers.home "{type: openai, baseUrl: \
http://127.0.0.1:$port/v1, maxCharacters: 60}"
}
limit
voiced long home:m nova
calls_of() {
	studio -C long plan --json | jq -c '[.total.calls, .total.stored]'
}
is "$(calls_of)" "[3,0]" "a text over the cap is two calls, one under it one"
ok "made" studio -C long tts
is "$(began)" 3 "and so it is"
is "$(all_of '*' '.input | length <= 60' | sort -u)" true "none over it"
like "$(all_of '*' .input)" 'The sea is salt' "the beginning"
is "$(jq '.durationSec > 8.5 and .durationSec < 9.5' \
	"$(first long)/audio.json")" true "the pieces are one sound"
is "$(ledger long audio | cut -d ' ' -f 1)" 3 "each is in the ledger"
ok "a word of the last piece" sed -i 's/into it\.$/into them./' \
	"$(first long)/scene.yaml"
is "$(calls_of)" "[1,0]" "costs one call, says the plan"
ok "made" studio -C long tts
is "$(began)" 4 "and so it does"
rm "$(first long)"/audio.*
is "$(studio -C long plan --json | jq .total.calls)" 0 \
	"a lost sound costs none, says the plan"
ok "made" studio -C long tts
is "$(began)" 4 "and none it is"
ok "the sound is there" test -s "$(first long)/audio.wav"

# Sounds as servers give them.
le32() { printf '%b' "\\0$(printf '%03o' $(($1 & 255)))\\0$(printf '%03o' \
	$(($1 >> 8 & 255)))\\0$(printf '%03o' $(($1 >> 16 & 255)))\\0$(printf \
	'%03o' $(($1 >> 24 & 255)))"; }
{
	printf 'RIFF\377\377\377\377WAVEfmt \020\000\000\000\001\000\001\000'
	le32 24000 && le32 48000
	printf '\002\000\020\000data\377\377\377\377'
	cat "$wire/voice.pcm"
} >"$wire/endless.wav"
ffmpeg -v error -f s16le -ar 24000 -ac 1 -i "$wire/voice.pcm" -ar 16000 \
	-f s16le "$wire/16000.pcm"
for kind in mp3 flac opus; do
	ffmpeg -v error -i "$wire/voice.wav" "$wire/voice.$kind"
done
sounds=0
# sound NAME TYPE FILE EXTENSION [OPTION]
sound() {
	printf 'on POST *\n\theader Content-Type: %s\n\tchunked\n' "$2" \
		>"$wire/sound.rules"
	printf '\tdrip 4096 1\n\tfile %s\n' "$3" >>"$wire/sound.rules"
	again sound
	sounds=$((sounds + 1))
	studio config --user providers.home "{type: openai, baseUrl: \
http://127.0.0.1:$port/v1${5:+, }${5-}}"
	voiced sound$sounds home:m nova
	ok "$1" studio -C sound$sounds tts 1
	is "$(jq -c '[(.durationSec > 4.3 and .durationSec < 4.6), .url]' \
		"$(first sound$sounds)/audio.json")" "[true,\"audio.$4\"]" \
		"is as long as it is"
	is "$(jq -r .response_format "$(request 1)")" \
		"$(echo "${5:-format: wav}" | sed 's/.*: //')" "was asked for"
}
sound "a WAV that declares 4 GiB" audio/wav endless.wav wav
sound "bare PCM of 16 kHz" "audio/pcm;rate=16000;channels=1" 16000.pcm wav
sound "bare PCM that says nothing" application/octet-stream voice.pcm wav \
	"format: pcm"
sound "an mp3" audio/mpeg voice.mp3 mp3 "format: mp3"
sound "a flac" audio/flac voice.flac flac "format: flac"
sound "an opus" audio/opus voice.opus ogg "format: opus"

# Two voices by a scene's speaker, each of its own server.
again openai
studio config --user providers.home "{type: openai, baseUrl: \
http://127.0.0.1:$port/v1}"
voiced talk openai:tts-1 nova
studio -C talk config speakers '{host: {provider: "home:m", voice: nova,
speed: 1.1}, guest: {voice: onyx}}'
for speaker in host guest; do
	echo "speaker: $speaker"
done | {
	for scene in talk/scenes/*/scene.yaml; do
		read -r line && echo "$line" >>"$scene"
	done
}
is "$(studio -C talk plan --json | jq .total.calls)" 2 "two speakers"
ok "made" make -C talk
is "$(all_of '*' '[.model, .voice, .speed]')" '["m","nova",1.1]
["tts-1","onyx",null]' "each with its own model, voice and speed"
is "$(header "$(asked '*' rivers)" Authorization)" "" \
	"the key of one is not the other's"
is "$(header "$(asked '*' Rain)" Authorization)" "Bearer key-openai" \
	"who has it, uses it"
is "$(jq -r '[.provider, .voiceId] | join(" ")' talk/scenes/*/audio.json)" \
	"home:m nova
openai:tts-1 onyx" "the records say so"
no_more_calls talk

done_testing
