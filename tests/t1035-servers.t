#!/bin/sh
# Servers behind the filters and the settings: what a pipe paid for is kept,
# keys are shown to nobody, voices follow their provider.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

echo "One two." | tts >voice.wav
echo "a picture" | image --size 64x36 >p.png
cat >rules <<'RULES'
on POST /v1/audio/speech
	header Content-Type: audio/wav
	file voice.wav
on POST /v1/images/generations
	json {"data":[{"b64_json":"
	base64 p.png
	text "}]}
on POST /v1/chat/completions
	json {"model":"m","choices":[{"finish_reason":"stop","message":{"content":"{\\"title\\":\\"T\\",\\"description\\":\\"\\",\\"tags\\":[],\\"scenes\\":[{\\"heading\\":\\"H\\",\\"narration\\":\\"One two three.\\",\\"notes\\":\\"\\",\\"image\\":\\"a stone\\"}]}"}}]}
on GET /v1/models
	json {"data":[{"id":"m1"},{"id":"m2"}]}
on GET /v2/models
	status 404
on GET /moved/models
	status 301
	header Location: http://127.0.0.1:1/v1
on GET /html/models
	text <p>Welcome.
on GET /ill/models
	status 500
on GET /shut/models
	status 401
RULES
serve rules || exit 1
studio config --user providers.home \
	"{type: openai, baseUrl: http://127.0.0.1:$port/v1, limit: 2}"

# A pipe pays once.
speak() { echo Hello | tts --provider home:m "$@"; }
speak >a.wav
speak >b.wav
same_file a.wav b.wav "the same text is the same voice"
is "$(calls '*speech')" 1 "by one call"
speak --voice nova >b.wav
is "$(calls '*speech')" 2 "another voice is another call"
speak --again >b.wav
is "$(calls '*speech')" 3 "--again asks anew"
speak >b.wav
is "$(calls '*speech')" 3 "and what came of it is kept"
exits 78 "no model" sh -c 'echo x | tts --provider home >x.wav'
like "$(cat "$err")" 'which model\? --provider home:MODEL' \
	"is an option in a pipe, which has no settings"
A1111_BASE_URL=http://127.0.0.1:$port
export A1111_BASE_URL
exits 78 "a server of another kind" \
	sh -c 'echo x | image --provider a1111 >x.png'
like "$(cat "$err")" 'providers.a1111.baseUrl URL$' "has no path to miss"
unset A1111_BASE_URL
ok "a picture" sh -c 'echo x | image --provider home:m >x.png'
ok "the same" sh -c 'echo x | image --provider home:m >y.png'
is "$(calls '*generations')" 1 "by one call"
ok "a script" sh -c 'echo x | gen-script --provider home:m >x.md'
ok "the same" sh -c 'echo x | gen-script --provider home:m >y.md'
is "$(calls '*completions')" 1 "by one call"
like "$(cat x.md)" 'One two three' "with its narration"
# What cannot be written is kept all the same.
echo other | tts --provider home:m >/dev/full 2>/dev/null
is "$(calls '*speech')" 4 "a pipe that is full"
echo other | tts --provider home:m >c.wav
is "$(calls '*speech')" 4 "lost nothing"

# A script made again is another take, and stays it.
ok "a project" studio new film --title T
cd film || exit 1
echo "Why stones are round." >brief.md
studio config scriptModel home:m
sed -i '/^targetLength/d' project.yaml
ok "gen-script" studio gen-script
ok "gen-script --again" studio gen-script --again
is "$(calls '*completions')" 3 "asks anew"
is "$(jq .take script.json)" 2 "for another take"
ok "then it is fresh" studio gen-script
is "$(calls '*completions')" 3 "without a call"

# A voice of one provider is none of another.
is "$(studio config defaultTtsVoice)" slt "flite's voice is pinned"
ok "another provider" studio config ttsProvider home:m
like "$(cat "$err")" 'slt.*removed' "says that it goes"
unlike "$(cat settings.yaml)" 'slt' "and it is gone"
studio config defaultTtsVoice nova
ok "another model of it" studio config ttsProvider home:m2
is "$(studio config defaultTtsVoice)" nova "has the same voices"
ok "back by tts" studio tts --provider flite
unlike "$(cat settings.yaml)" 'nova' "follows too"
ok "a command takes any" studio config defaultTtsVoice nova
ok "voice" studio config ttsProvider 'exec:cat'
is "$(studio config defaultTtsVoice)" nova "so it stays"

# Speakers of lines.
cat >>settings.yaml <<'YAML'
speakers:
  Anna: {provider: "home:m", voice: nova, speed: 1.2}
  Bob: {provider: "home:m"}
YAML
studio config ttsProvider home:m
studio config --unset defaultTtsVoice
rm -f script.json brief.md
printf '# T\n\nAnna: It is late. Bbo: It is not.\n' >script.md
ok "a speaker that is none" studio split-scenes
like "$(cat "$err")" 'script.md: "Bbo:" is read aloud.*speakers:' "is told"
printf '# T\n\nAnna: It is late. Bob: It is not.\n' >script.md
ok "lines with speakers" studio split-scenes
is "$(grep -c 'read aloud' "$err")" 0 "all are known"
is "$(cat scenes/*/scene.yaml | grep -c '^speaker: ')" 2 "are scenes of theirs"
unlike "$(cat scenes/*/scene.yaml)" 'text:.*Anna:' "without the label"
studio config speakers.Bob.provider hoome:m
fails "a provider that is none" studio refresh --make
like "$(cat "$err")" 'scenes/.*: speaker Bob: there is no .*"hoome"' "says whose"
studio config speakers.Bob.provider home:m
before=$(calls '*speech')
ok "spoken" studio tts
is "$(calls '*speech')" $((before + 2)) "a call each"
n=$(find "$served" -name '*.body' | wc -l)
is "$(cat "$(request $((n - 1)))" "$(request "$n")" |
	jq -r '.voice + " " + (.speed // 1 | tostring)' | sort |
	tr '\n' ' ')" "alloy 1 nova 1.2 " "in their voices"
# What stands around a text is sent by opt-in only.
before=$(jq -r .request scenes/*/audio.json | sort | tr '\n' ' ')
like "$(studio plan)" 'Everything is fresh|film|picture|image' "all voices"
unlike "$(studio plan)" 'stale .*audio' "are fresh"
studio config ttsContext true
is "$(studio plan | grep -c 'stale .*audio')" 2 "ttsContext makes them stale"
like "$(studio plan)" 'It is not' "since each depends on its neighbour"
studio config --unset ttsContext
unlike "$(studio plan)" 'stale .*audio' "and back"
printf 'text: Hm.\nspeaker: Nobody\n' >scenes/000900-x.yaml
mkdir scenes/000900-x && mv scenes/000900-x.yaml scenes/000900-x/scene.yaml
studio split-scenes >/dev/null 2>&1
run studio tts
like "$(cat "$err")" 'Nobody' "a speaker that nobody knows is named"
cd ..

# Keys.
config=$XDG_CONFIG_HOME/studio/settings.yaml
exits 2 "a key on the command line" \
	studio config --user providers.home.key sk-canary-1
exits 2 "or in a map" \
	studio config --user providers.x '{type: openai, key: sk-canary-1}'
unlike "$(cat "$config")" 'canary' "is refused"
sed -i 's/limit: 2/limit: 2, key: sk-canary-1/' "$config"
run studio config --user
unlike "$(cat "$out")" 'canary' "a key in the settings is not shown"
like "$(cat "$out")" 'not shown' "but that it is there"
is "$(studio config --user providers.home.key)" "(not shown)" "not by name"
chmod 644 "$config"
exits 78 "settings with a key that others may read" \
	sh -c 'echo y | tts --provider home:m >z.wav'
like "$(cat "$err")" 'chmod 600' "are refused with the cure"
chmod 600 "$config"
ok "and used" sh -c 'echo y | tts --provider home:m >z.wav'
n=$(find "$served" -name '*.head' | wc -l)
like "$(cat "$served/$n.head")" 'Authorization: Bearer sk-canary-1' \
	"in the header"
run studio providers home
like "$(cat "$out")" 'm2' "models are listed"
like "$(cat "$out")" 'key of|key: of' "where the key is from"
unlike "$(cat "$out" "$err")" 'canary' "and not the key"
ok "outside a project too" studio providers --offline
exits 78 "what is none" studio providers nothere
# How one stands that does not answer as it should.
mine() { # SETTINGS: of an alias "odd"
	studio config --user providers.odd "{type: openai, $1}"
}
state() { studio providers --json odd | jq -r .state; }
mine "baseUrl: http://127.0.0.1:$port/v2"
is "$(state)" "answers 404: is the address right?" "a wrong path"
mine "baseUrl: http://127.0.0.1:$port/moved"
is "$(state)" "answers 301: is the address right?" "a redirection"
mine "baseUrl: http://127.0.0.1:$port/html"
is "$(state)" "answers, but not as openai does: is the address right?" \
	"another kind of server"
mine "baseUrl: http://127.0.0.1:$port/ill"
is "$(state)" "answers 500" "one that is ill"
mine "baseUrl: http://127.0.0.1:$port/shut"
is "$(state)" "wants a key" "one that is shut"
like "$(studio providers odd)" 'key +none given' "has none"
like "$(studio providers home)" 'key +key: of' "unlike one that has"
mine "baseUrl: http://127.0.0.1:$port/shut, keyCommand: echo sk-canary-2"
is "$(state)" "key not accepted" "a wrong key"
mine "baseUrl: http://127.0.0.1:$port/v1, keyCommand: exit 3"
is "$(state)" "key: keyCommand: exit 3" "a command that gives none"
echo sk-canary-3 >"$HOME/key"
chmod 644 "$HOME/key"
mine "baseUrl: http://127.0.0.1:$port/v1, keyFile: ~/key"
is "$(state)" "key: $HOME/key: holds a key and others may read it" \
	"a key file that others may read"
chmod 600 "$HOME/key"
is "$(state)" "answers, 2 models" "and one that is right"
mine "baseUrl: http://127.0.0.1:1/v1"
is "$(state)" "no answer at http://127.0.0.1:1/v1" "nobody there"
like "$(studio providers odd)" 'key +none needed' "asked for no key"
studio config --user --unset providers.odd

# A project has no say in where keys go.
mkdir -p bad && cd bad || exit 1
studio new p >/dev/null && cd p || exit 1
before=$(calls)
printf 'providers: {home: {type: openai, baseUrl: "http://127.0.0.1:%s/v1"}}\n' \
	"$port" >>settings.yaml
exits 78 "a project that names a server" studio plan
like "$(cat "$err")" 'settings.yaml:[0-9]+: providers:.*your own' "is refused"
is "$(calls)" "$before" "and nothing is sent"
done_testing
