#!/bin/sh
# Servers that do not answer, stop in the middle or answer with something else:
# every client ends soon, asks once, and says what came.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/network.sh
. "$top/tests/network.sh"

media
rules hang <<-'END'
	hang
END
rules again <<-'END'
	hang
END
rules interim <<-'END'
	raw HTTP/1.1 100 Continue\r\n\r\n
	hang
END
rules heads <<-'END'
	drip 1 900
	status 200
	header X-Slow: very
	text x
END
rules slow <<-'END'
	length 1M
	head
	drip 1 900
	zeros 1M
END
rules short <<-'END'
	length 100k
	text {"a":"
	close
END
rules chunk <<-'END'
	chunked
	text {"a":"b",
	badchunk
END
rules reset <<-'END'
	length 100k
	text {"a":"
	reset
END
rules gone <<-'END'
	close
END
rules noise <<-'END'
	raw \x00\x01\x02 this is not HTTP\r\n\r\n
	close
END
rules page <<-'END'
	header Content-Type: text/html
	text <html>\n<script>alert(1)</script>\x1b[31mSign in\x07
END
rules error <<-'END'
	json {"error":{"message":"no such voice today"}}
END
rules empty <<-'END'
	length 0
END
rules array <<-'END'
	json [1,2,3]
END
rules other <<-'END'
	json {"hello":"there"}
END
only=speech
rules bare <<-'END'
	header Content-Type: application/json
	text {"error":{"message":"no money,
	repeat 20k no money,
	text "}}
END
rules text <<-'END'
	header Content-Type: audio/L16; rate=24000
	repeat 20k <p>no money</p>
END
only=
yes '<p>no money</p>' | head -n 6000 >page.html
printf '%s\n' 'on POST /text/eleven/*' '	text {"audio_base64":"' \
	'	base64 page.html' '	text "}' >>rules
for c in $clients; do
	client "$c"
	printf '%s\n' "on $method /type/$c/*" \
		'	header Content-Type: text/html; charset=x'
	answer "$c" | grep -v 'header Content-Type' | sed 's/^\tjson/\ttext/'
done >>rules
serve_rules

# Row 21: no answer, or one that never ends. A price, so that it is not asked
# again: it may have been paid for.
slow='hang heads slow interim'
dollars=0.06
for case in $slow; do
	settings "$case" 'timeout: 1s, patience: 0.5s'
done
from=$(date +%s)
# What is free is asked again, but the time of that counts as patience too.
dollars=
settings again 'timeout: 3s, patience: 3.8s'
only='chat speech images'
asking again &
again=$!
only=
# shellcheck disable=SC2086
asking $slow
wait $again
only='chat speech images'
are again 75 2 "no answer, free of charge"
only=
took=$(($(date +%s) - from))
for case in $slow; do
	are "$case" 75 1 "$case ends"
done
say hang 'gave no answer within 1 s' "no answer"
say heads 'gave no answer within 1 s' "headers at a byte a second"
say interim 'gave no answer within 1 s' "100 Continue is no answer yet"
say slow 'stalled: ' "a body at a byte a second"
[ $took -lt 30 ]
result $? "all in bounded time" "$took s"
only=${clients%% pexels}
for case in $slow; do
	say "$case" 'may have been made and paid for' "$case: that it is unsure"
done
only=

# Row 22: answers that stop in the middle.
dollars=0.06
broken='short chunk reset gone'
for case in $broken; do
	settings "$case" 'timeout: 5s, patience: 0.5s'
done
# shellcheck disable=SC2086
asking $broken
for case in $broken; do
	are "$case" 75 1 "$case"
done
only=${clients%% pexels}
for case in $broken; do
	say "$case" 'may have been made and paid for' "$case: that it is unsure"
done
only=
settings noise 'timeout: 5s, patience: 30s'
asking noise
are noise 78 1 "what is no HTTP"
say noise 'HTTP/0.9.*providers\.[a-z0-9]*\.baseUrl' "names the address to correct"

# Row 23: something else, with 200. What it is is told by its bytes.
dollars=
wrong='type page error empty array other'
for case in $wrong; do
	settings "$case" 'timeout: 5s, patience: 0.5s'
done
# shellcheck disable=SC2086
asking $wrong
are type 0 1 "good bytes of another type are taken"
are page 65 1 "a page"
say page '<html>' "its first bytes are quoted"
for c in $clients; do
	tr -d '\11\12\40-\176' <"$tmp/cases/page/$c.err"
done >raw
is "$(wc -c <raw)" 0 "with no control character"
are empty 65 1 "nothing"
say empty 'nothing' "and said"
are array 65 1 "JSON of another form"
say array '\[1,2,3\]' "and quoted"
say error 'no such voice today' "an error with 200 is said"
bare='speech piper' # whose reply is the sound itself
words='chat claude gchat gspeech gimage pexels' # who may answer nothing
only=$bare
are error 65 1 "an error with 200"
only=$(echo "$clients" | tr ' ' '\n' | grep -vxE 'speech|piper')
are error 69 1 "an error with 200"
only=$words
are other 69 1 "JSON without what was asked for"
only='speech images eleven kokoro piper a1111 sdcpp'
are other 65 1 "JSON without what was asked for"
only=
# Bare samples have no magic bytes; text is none all the same.
settings bare 'format: pcm, timeout: 5s, patience: 0.5s'
settings text 'timeout: 5s, patience: 0.5s'
only=speech
asking bare text
are bare 65 1 "long text in the place of bare samples"
say bare 'no money' "is quoted"
are text 65 1 "text of a type that says samples"
only=eleven
asking text
are text 65 1 "text packed as samples"
only=
done_testing
