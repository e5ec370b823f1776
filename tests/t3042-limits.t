#!/bin/sh
# Answers without end, bombs and broken base64: an error within bounds of
# memory, and no second call.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/network.sh
. "$top/tests/network.sh"

media
head -c 500000000 /dev/zero | gzip -9 | gzip -9 >twice.gz
gzip -dc twice.gz >bomb.gz # 480 KB, of which the most is the same
rules headers <<-'END'
	headers 100000
	text x
END
rules endless <<-'END'
	length none
	zeros 2G
END
rules bomb <<-'END'
	header Content-Encoding: gzip
	header Content-Type: application/json
	file bomb.gz
END
rules noflate <<-'END'
	header Content-Encoding: gzip
	text this is not packed at all
END
# A reply of each client whose media are DATA, given by steps.
sketch() { # CASE <STEPS
	steps=$(sed 's/^[[:blank:]]*/\t/')
	for c in images gimage gspeech eleven kokoro a1111; do
		client "$c"
		echo "on $method /$1/$c/*"
		answer "$c" | while IFS= read -r line; do
			case $line in
			*base64*) printf '%s\n' "$steps" ;;
			*) printf '%s\n' "$line" ;;
			esac
		done
	done >>rules
}
sketch letters <<-'END'
	text !!!! this is not base64 !!!!
END
sketch cut <<-'END'
	text iVBORw0KGgoAAAANSUhEUgAAAB
END
sketch odd <<-'END'
	text iVBORw0KGgoAAAANSUhEUgAAA=====
END
sketch words <<-'END'
	text SSBjYW5ub3QgZG8gdGhhdC4K
END
sketch none <<-'END'
	text
END
sketch long <<-'END'
	repeat 4M iVBORw0KGgoAAAANSUhEUgAA
END
# A whole picture, and 100 MB beside it.
for c in images gimage a1111; do
	client "$c"
	echo "on $method /beside/$c/*"
	answer "$c" | sed '0,/\ttext {/s//\ttext {"pad":"\n\trepeat 8M abcdefghijkl\n\ttext ",/'
done >>rules
# JSON that is cut after its media, or nested without end.
rules open <<-'END'
	text {"images":["
	base64 picture.png
END
rules deep <<-'END'
	repeat 4M [{"data":
END
serve_rules

# Row 24. Free of charge, so that only the verdict keeps it from a second call.
settings headers 'timeout: 20s, patience: 30s'
asking headers
are headers 65 1 "100000 headers"
say headers 'bytes of headers' "and said"
settings noflate 'timeout: 5s, patience: 0.5s'
asking noflate
for c in $clients; do
	[ "$(cat "$tmp/cases/noflate/$c.end")" -ne 0 ] || echo "$c"
done >took
is "$(cat took)" "" "a packed answer that cannot be unpacked is an error"

# As much memory as one reply may take, and something to work with.
bounded() (
	# shellcheck disable=SC3045
	ulimit -v 1000000
	"$@"
)
for case in endless bomb; do
	settings $case 'timeout: 60s, patience: 30s'
	for only in chat claude gchat images eleven piper; do
		bounded asking $case
	done
	only='chat claude gchat images eleven piper'
	are $case 65 1 "$case"
	say $case 'sent more than [0-9]+ bytes' "$case: and said"
	only=
done

# Row 25.
only='images gimage gspeech eleven kokoro a1111'
bad='letters cut odd none words'
for case in $bad long open deep; do
	settings $case 'timeout: 60s, patience: 30s'
done
# shellcheck disable=SC2086
asking $bad
for case in $bad; do
	are $case 65 1 "base64: $case"
done
for only in images gimage a1111; do
	say words 'text: "I cannot do that\."' "words in its place are quoted"
done
only='images gimage gspeech eleven kokoro a1111'
asking open deep
are open 65 1 "JSON cut in its media"
are deep 65 1 "JSON of four million levels"
for only in images gimage gspeech eleven kokoro a1111; do
	bounded asking long
done
only='images gimage gspeech eleven kokoro a1111'
are long 65 1 "100 MB of base64 that is no media"
settings beside 'timeout: 60s, patience: 30s'
for only in images gimage a1111; do
	bounded asking beside
	are beside 0 1 "a picture beside 100 MB of something"
done
done_testing
