#!/bin/sh
# Servers that are busy, broken or out of money: what every client asks again,
# how long it waits, and what it must not repeat.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/network.sh
. "$top/tests/network.sh"

# A case: that many faults of these steps, then good answers.
fault() { # CASE TIMES <STEPS
	rules "$1" "${2:+times $2}"
	good "$1"
}

media
good fine
fault seconds 1 <<-'END'
	status 429
	header Retry-After: 1
	json {"error":{"message":"slow down","code":"rate_limit_exceeded"}}
END
fault milliseconds 1 <<-'END'
	status 503
	header retry-after-ms: 1400
	json {"error":"busy"}
END
fault body 1 <<-'END'
	status 429
	json {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"wait","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.4s"}]}}
END
fault minute 1 <<-'END'
	status 429
	json {"error":{"code":429,"message":"You exceeded your current quota, please check your plan and billing details.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateContentInputTokensPerModelPerMinute-FreeTier"}]},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"1.4s"}]}}
END
fault past 1 <<-'END'
	status 503
	header Retry-After: Fri, 01 Jan 2021 00:00:00 GMT
END
fault negative 1 <<-'END'
	status 429
	header Retry-After: -5
END
fault garbage 1 <<-'END'
	status 529
	header Retry-After: soon, 17e9 nan
END
fault date '' <<-END
	status 503
	header Retry-After: $(date -u -d '+1 hour' '+%a, %d %b %Y %H:%M:%S GMT')
END
fault absurd '' <<-'END'
	status 429
	header Retry-After: 99999999
END
fault huge '' <<-'END'
	status 429
	header Retry-After: 99999999999999999999999999999999999
END
fault day '' <<-'END'
	status 429
	json {"error":{"message":"wait","details":[{"retryDelay":"86400s"}]}}
END
fault never '' <<-'END'
	status 503
	header x-should-retry: false
	json {"error":"no use"}
END
fault always '' <<-'END'
	status 429
	json {"error":{"message":"slow down"}}
END
fault quota '' <<-'END'
	status 429
	header Retry-After: 1
	json {"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}
END
fault budget '' <<-'END'
	status 429
	json {"error":{"message":"The project is at its limit","code":"project_spend_limit_exceeded"}}
END
fault zero '' <<-'END'
	status 429
	json {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Quota exceeded for metric x, limit: 0","details":[{"retryDelay":"1s"}]}}
END
fault credit '' <<-'END'
	status 400
	json {"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}}
END
fault hard '' <<-'END'
	status 400
	json {"error":{"message":"Billing hard limit has been reached","code":"billing_hard_limit_reached"}}
END
for code in 400 401 402 403 404; do
	fault "no$code" '' <<-END
		status $code
		json {"error":{"message":"not so"}}
	END
done
for code in 409 500 502 504; do
	fault "once$code" 1 <<-END
		status $code
		json {"error":{"message":"oops"}}
	END
done
for name in dear cheap keyed; do
	fault "$name" '' <<-'END'
		status 500
		json {"error":{"message":"oops"}}
	END
done
serve_rules

# Row 18: asked again, not before the time that the server says.
settings fine
asking fine
are fine 0 1 "a good server is asked once"
waits='seconds milliseconds body minute past negative garbage'
for case in $waits; do
	settings "$case" 'patience: 30s'
done
# shellcheck disable=SC2086
asking $waits
for case in seconds milliseconds body minute; do
	are $case 0 2 "to wait, by $case"
	least=1390
	[ $case = seconds ] && least=990
	soon=
	for c in $clients; do
		[ "$(gap $case "$c")" -ge $least ] || soon="$soon $c"
	done
	is "$soon" "" "and nobody comes sooner than $least ms"
done
for case in past negative garbage; do
	are $case 0 2 "Retry-After that is $case counts as none"
done

# Longer than anybody waits: said, and not waited for.
for case in date absurd huge day never; do
	settings $case 'patience: 30s'
done
# the waits are 0.75 to 1.25 s and 1.5 to 2.5 s
settings always 'patience: 2.2s'
asking date absurd huge day never always
for case in date absurd huge day; do
	are $case 75 1 "a wait that is too long ($case)"
	say $case 'longer than patience: allows; run it again later' "and said"
done
are never 75 1 "x-should-retry: false"
are always 75 2 "patience is for all waits together"
say always ': 429: slow down.*run it again later' "and the reason is said"

# Money and quota: waiting does not help.
for case in quota budget zero credit hard; do
	settings $case 'patience: 30s'
done
asking quota budget zero credit hard
for case in quota budget zero credit hard; do
	are $case 77 1 "no money ($case)"
	say $case 'account or its limit has to be raised' "the cure"
done
for case in no400 no401 no402 no403 no404; do
	settings $case 'patience: 30s'
done
asking no400 no401 no402 no403 no404
are no400 69 1 "400 is final"
are no401 77 1 "401 is final"
are no402 77 1 "402 is final"
are no403 77 1 "403 is final"
only="${clients%% piper*} ${clients##*piper }"
are no404 78 1 "404 is final"
only=piper
are no404 78 2 "404: its older address is tried as well"
only=

# Row 19: work that may have been done. What costs nothing is asked again.
for case in once409 once500 once502 once504; do
	settings $case 'patience: 30s'
done
asking once409 once500 once502 once504
for case in once409 once500 once502 once504; do
	are $case 0 2 "$case, free of charge"
done
only=${clients%% pexels} # which is only read from
dollars=0.06
settings dear 'patience: 30s'
dollars=0.04
settings cheap 'patience: 30s'
dollars=
asking dear cheap
are dear 75 1 "500 at 0.06 dollars"
say dear 'may have been made and paid for.*run it again to do so' "says why"
are cheap 75 2 "500 at 0.04 dollars: once more"
say cheap 'may have been made and paid for' "says so then"
only=

# In a project: the key goes with it, and the ledger tells.
rm -rf "$XDG_DATA_HOME/studio/store"
mkdir -p "$XDG_CONFIG_HOME/studio"
ok "a project" studio new film --title Film
cd film || exit 1
rm -f brief.md
studio add "One two." >/dev/null
cd ..
printf '%s\n' 'on POST /once/* times 1' '	status 502' \
	'on POST /late/* times 1' '	status 502' \
	'on POST /key/* times 2' '	status 504' \
	'on POST /odd/*' '	header x-request-id: a\xff\x01b' \
	'	header Content-Type: audio/wav' '	file voice.wav' \
	'on * *' '	header Content-Type: audio/wav' \
	'	header x-request-id: req-7' '	file voice.wav' >ledger.rules
serve ledger.rules
speak() { # NAME DOLLARS [FIELDS]
	cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<-END
		providers:
		  $1: {type: openai, baseUrl: 'http://127.0.0.1:$port/$1', patience: 5s$3}
	END
	echo "- {model: \"$1:*\", call: $2, date: 2026-11-25, source: mine}" \
		>"$XDG_CONFIG_HOME/studio/prices.yaml"
	studio -C film config ttsProvider "$1:m"
	run studio -C film tts 1
}
entry() { jq -c "select(.provider == \"$1:m\") | [.attempts, .unknownOutcome, .cost, .requestId]" film/ledger/*.json; }
speak once 0.04
is "$got:$(calls '/once/*'):$(entry once)" '0:2:[2,1,0.04,"req-7"]' \
	"a second try at 0.04: in the ledger as possibly paid for"
speak late 0.06
is "$got:$(calls '/late/*'):$(entry late)" 75:1: "at 0.06: left to the user"
is "$(find "$XDG_DATA_HOME/studio/store/intents" -type f | wc -l)" 1 \
	"with an intent"
run studio -C film tts 1
is "$got:$(calls '/late/*'):$(entry late)" '0:2:[null,1,0.06,"req-7"]' \
	"asked again by hand: in the ledger too"
speak key 0.06 ', idempotencyKey: true'
is "$got:$(calls '/key/*'):$(entry key)" '0:3:[3,2,0.06,"req-7"]' \
	"with a key: as often as it takes"
is "$(awk '$3 ~ /^.key/ { print length($9), $9 }' "$served/log" | sort -u |
	cut -d' ' -f1)" 64 "the same key each time"
is "$(find "$XDG_DATA_HOME/studio/store/intents" -type f | wc -l)" 0 \
	"no intent is left"
speak odd 0.01
is "$got:$(entry odd)" '0:[null,null,0.01,"a\\xFF\\x01b"]' \
	"a name of any bytes is shown in it"
ok "which can be read" studio -C film cost
done_testing
