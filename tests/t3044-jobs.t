#!/bin/sh
# Faults met by a whole project: one call and not one a scene, jobs that go on
# after a crash, replies that are kept though they are wrong.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/network.sh
. "$top/tests/network.sh"

media
store=$XDG_DATA_HOME/studio/store
user() { # FIELDS of the alias home
	mkdir -p "$XDG_CONFIG_HOME/studio"
	echo "providers: {home: {$1, patience: 9s}}" \
		>"$XDG_CONFIG_HOME/studio/settings.yaml"
	chmod 600 "$XDG_CONFIG_HOME/studio/settings.yaml"
}
films=0
film() { # SCENES SETTING VALUE: a new project, and its folder is the current
	cd "$scratch" || exit 1
	films=$((films + 1))
	studio new "film$films" --title "Film $films" >/dev/null 2>&1
	cd "film$films" || exit 1
	printf 'size: 128x72\nquality: draft\n' >>project.yaml
	rm brief.md
	i=0
	while [ $i -lt "$1" ]; do
		i=$((i + 1))
		studio add "Film $films has this as sentence $i." >/dev/null
	done
	studio config "$2" "$3" >/dev/null
}

# Row 20. Twenty scenes, and everything at once.
sound='	header Content-Type: audio/wav
	file voice.wav'
for code in 401 402 403; do
	printf '%s\n' 'on *' "	status $code" \
		'	delay 100' '	json {"error":{"message":"no"}}' |
		sed 's/^on \*/on * */' >"$scratch/stop.rules"
	serve "$scratch/stop.rules"
	user "type: openai, baseUrl: 'http://127.0.0.1:$port', key: sk-canary-1, limit: 8"
	film 20 ttsProvider home:m
	run make -k -j64 audio
	is "$got:$(began)" 2:1 "$code: one call, not twenty"
	like "$(cat "$err")" '19 more were not asked for' "and said"
done
cd "$scratch" || exit 1
printf '%s\n' 'on * *' '	status 429' \
	'	json {"error":{"message":"no money","type":"insufficient_quota"}}' \
	>stop.rules
serve stop.rules
user "type: openai, baseUrl: 'http://127.0.0.1:$port', limit: 8"
film 20 ttsProvider home:m
run make -k -j64 audio
is "$got:$(began)" 2:1 "429 that says insufficient_quota: one call"
run studio tts
is "$got:$(began)" 77:2 "one more in the next run"
cd "$scratch" || exit 1
printf '%s\n' 'on * * times 4' "$sound" 'on * *' '	status 401' \
	'	json {"error":{"message":"no"}}' >stop.rules
serve stop.rules
user "type: openai, baseUrl: 'http://127.0.0.1:$port', limit: 3"
film 20 ttsProvider home:m
run make -k -j64 audio
is "$got:$(find scenes -name audio.wav | wc -l)" 2:4 "the fifth is refused"
n=$(began)
[ "$n" -ge 5 ] && [ "$n" -le 7 ]
result $? "only those under way are refused too" "$n calls"
is "$(cat ledger/*.json | grep -c '"request"')" 4 "four are in the ledger"
# Pictures by another provider go on.
printf '%s\n' 'on POST */images*' '	header Content-Type: application/json' \
	'	text {"data":[{"b64_json":"' '	base64 picture.png' '	text "}]}' \
	'on * *' '	status 401' >"$scratch/two.rules"
serve "$scratch/two.rules"
cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<-END
	providers:
	  home: {type: openai, baseUrl: 'http://127.0.0.1:$port'}
	  draw: {type: openai, baseUrl: 'http://127.0.0.1:$port'}
END
film 4 ttsProvider home:m
studio config imageModel draw:m
run make -k -j64
is "$(began '*speech*'):$(began '*images*')" 1:5 \
	"a key that is refused stops its own provider only"

# The summary of a run.
user "type: openai, baseUrl: 'http://127.0.0.1:$port', limit: 1"
film 3 ttsProvider home:m
told() { grep '^tts: voices:\|^image: pictures:' "$err"; }
run studio tts
like "$(told)" 'voices: 1 of 3 failed \(scene [123]\)$' "one scene failed"
like "$(told)" 'voices: 2 more were not asked for, since that fault .* them' \
	"two were not asked"
run studio tts 1-2
like "$(told)" 'voices: 1 more was not asked for, since that fault .* it' "or one"
run studio tts 2
is "$(wc -l <"$err"):$(told)" "1:" "one alone is told of once"
studio config imageModel home:m
sed 's/^on POST.*/on POST *none*/' "$scratch/two.rules" >"$scratch/all.rules"
serve "$scratch/all.rules"
user "type: openai, baseUrl: 'http://127.0.0.1:$port', limit: 1"
run make -k
like "$(told)" 'pictures: 3 were not asked for, since a fault of this run' \
	"and what the voices met is no failure of pictures"
unlike "$(told)" ' 0 of ' "of which none failed"
studio config ttsProvider 'exec:exit 65'
studio trust --add 'exec:exit 65' >/dev/null
run studio tts
like "$(told)" 'voices: 3 of 3 failed \(scenes 1, 2, 3\)$' "three scenes"

# Row 23 in a project: the reply is kept.
cd "$scratch" || exit 1
printf '%s\n' 'on * *' '	text {"error":"sold out"}' >wrong.rules
serve wrong.rules
user "type: openai, baseUrl: 'http://127.0.0.1:$port'"
film 1 ttsProvider home:m
exits 65 "text in the place of a voice" studio tts
like "$(cat "$err")" 'sold out.*keeps the reply, as rejected/' "is kept and quoted"
is "$(cat "$store"/rejected/*)" '{"error":"sold out"}' "as it came"
is "$(jq -r .outcome ledger/*.json)" rejected "the ledger has it"
run studio tts
is "$(began)" 1 "it is not asked for again by itself"
run studio tts --retry
is "$(began)" 2 "but with --retry"

# Row 29: jobs. The answers to each look, in order.
job() { # STATUS...
	serve_job "$@"
	user "type: sdcpp, baseUrl: 'http://127.0.0.1:$port', timeout: 6s"
}
serve_job() {
	cd "$scratch" || exit 1
	{
		printf 'on POST *\n\tstatus 202\n\tjson {"id":"job-%%N%%"}\n'
		for s in "$@"; do
			case $s in
			4*) printf 'on GET * times 1\n\tstatus %s\n' "$s" ;;
			5*) printf 'on GET * times 1\n\tstatus %s\n' "$s" ;;
			bare) printf 'on GET * times 1\n\tjson {"status":"completed"}\n' ;;
			junk) printf 'on GET * times 1\n\tjson {"status":7,"result":[]}\n' ;;
			*) printf 'on GET * times 1\n\tjson {"status":"%s"}\n' "$s" ;;
			esac
		done
		printf 'on GET *\n\theader Content-Type: application/json\n\ttext {"status":"completed","result":{"b64_json":"\n\tbase64 picture.png\n\ttext "}}\n'
	} >job.rules
	serve job.rules
}
job queued generating queued 500 generating
film 1 imageModel home
ok "states twice, backwards, and a fault between" studio image
is "$(began 'POST *'):$(began 'GET *')" 1:6 "one job, looked at until done"
is "$(jq .attempts ledger/*.json)" null "sent once, by the ledger"
job junk sleeping
film 1 imageModel home
ok "states that nobody knows" studio image
is "$(began 'POST *')" 1 "one job"
for code in 404 410; do
	job queued $code
	film 3 imageModel home
	run make -k -j4 images
	# three scenes and the cover
	is "$(began 'POST *')" 4 "a job that vanished ($code) stops no other"
	like "$(cat "$err")" 'is lost.*ask anew' "and is said"
	is "$(find . -name '*.png' | wc -l)" 3 "the others are made"
	run make images
	is "$got:$(began 'POST *')" 0:5 "the next run asks anew"
done
job failed
film 1 imageModel home
exits 75 "a job that failed" studio image
run studio image
is "$got:$(began 'POST *')" 0:2 "is asked anew"
is "$(jq -c '[.unknownOutcome, .outcome]' ledger/*.json)" '[1,"ready"]' \
	"and the ledger has the lost one"
job bare
film 1 imageModel home
exits 65 "a job that is done and has no result" studio image
like "$(cat "$err")" 'as rejected/' "its reply is kept"

# Killed while it waits for the job: the next program asks for the same.
job queued queued queued queued
film 1 imageModel home
studio image >/dev/null 2>&1 &
pid=$!
until [ "$(began 'GET *')" -ge 2 ]; do sleep 0.05; done
pkill -KILL -P $pid 2>/dev/null
kill -9 $pid
wait $pid 2>/dev/null
like "$(cat "$store"/intents/*)" '"note": "job-1"' "its id was noted"
ok "again" studio image
is "$(began 'POST *')" 1 "there is no second job"
is "$(awk '{ print $3 }' "$served/began" | grep -c /job-1)" \
	"$(began 'GET *')" "every look was at the first"
is "$(find "$store/intents" -type f | wc -l)" 0 "no intent is left"
# One that never ends.
serve_job
printf 'on POST *\n\tstatus 202\n\tjson {"id":"x"}\non GET *\n\tjson {"status":"queued"}\n' >job.rules
serve job.rules
user "type: sdcpp, baseUrl: 'http://127.0.0.1:$port', timeout: 1s"
film 1 imageModel home
exits 75 "a job that never ends" studio image
like "$(cat "$err")" 'not done after.*go on waiting' "is waited for so long"
run studio image
is "$got:$(began 'POST *')" 75:1 "and gone on with"

# Row 26 in a project: an address that is refused is not come back to.
cd "$scratch" || exit 1
printf 'on POST * times 1\n\tjson {"data":[{"url":"file:///etc/passwd"}]}\non POST *\n\tjson {"data":[{"url":"/p.png"}]}\non GET *\n\tfile picture.png\n' >url.rules
serve url.rules
user "type: openai, baseUrl: 'http://127.0.0.1:$port'"
film 1 imageModel home:m
exits 69 "a result at a file:" studio image
run studio image
is "$got:$(began)" 69:1 "is not asked for by itself"
run studio image --retry
is "$got:$(began 'POST *'):$(began 'GET *')" 0:2:1 "but with --retry, anew"
done_testing
