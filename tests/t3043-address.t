#!/bin/sh
# Where a call goes and where it must not go: redirects, addresses of results,
# certificates, names, proxies; and a model that is another than asked for.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/network.sh
. "$top/tests/network.sh"

media
# Another server: nothing may come here.
printf '%s\n' 'on * *' '	file picture.png' >trap.rules
serve trap.rules
trap_served=$served trap_port=$port
trapped() { wc -l <"$trap_served/began"; }

for code in 301 302 307 308; do
	rules "to$code" <<-END
		status $code
		header Location: http://127.0.0.1:$trap_port/evil?key=k
	END
done
rules file <<-'END'
	status 302
	header Location: file:///etc/passwd
END
rules nowhere <<-'END'
	status 302
END
# Results by address, of the two clients that know such: CASE URL
leads() {
	echo "on POST /$1/images/*"
	printf '\tjson {"data":[{"url":"%s"}]}\n' "$2"
	echo "on GET /$1/pexels/*"
	printf '\tjson {"photos":[{"src":{"large2x":"%s"}}]}\n' "$2"
}
{
	leads good 'http://127.0.0.1:%PORT%/photo.png'
	leads path /photo.png
	leads long '/hop/long'
	leads far 'http://127.0.0.1:%PORT%/hop/one'
	leads isfile file:///etc/passwd
	leads isfile2 'http://127.0.0.1:%PORT%/hop/file'
	leads other "http://127.0.0.1:$trap_port/x.png"
	leads other2 'http://127.0.0.1:%PORT%/hop/other'
	leads secure "https://127.0.0.1:$trap_port/x.png"
	leads named "https://localhost:$trap_port/x.png"
	leads link https://169.254.169.254/latest/meta-data
	leads ten https://10.0.0.1/x.png
	leads six 'https://[::1]:443/x.png'
	leads user 'http://127.0.0.1:%PORT%@127.0.0.1/x.png'
	leads slash 'http://127.0.0.1:%PORT%\\u005c@127.0.0.1:'"$trap_port/x.png"
	leads gopher gopher://127.0.0.1/x
	leads loop 'http://127.0.0.1:%PORT%/hop/loop'
	leads gone 'http://127.0.0.1:%PORT%/hop/gone'
	for hop in "one /hop/two" "two http://127.0.0.1:%PORT%/hop/three" \
		"three /photo.png" "loop /hop/loop" \
		"file file:///etc/passwd" \
		"other http://127.0.0.1:$trap_port/x.png"; do
		echo "on GET /hop/${hop%% *}"
		printf '\tstatus 302\n\theader Location: %s\n' "${hop#* }"
	done
	# as long as signed addresses are
	sign=$(head -c 6000 /dev/zero | tr '\0' s)
	printf 'on GET /hop/long\n\tstatus 302\n\theader Location: %s\n' \
		"/hop/signed?s=$sign"
	printf 'on GET /hop/signed[?]s=%s\n\tfile picture.png\n' "$sign"
	printf 'on GET /hop/gone\n\tstatus 404\n'
} >>rules
serve_rules
main=$served

# Row 26: the call itself.
key='key: sk-CANARY-0123456789abcdef, timeout: 5s, patience: 30s'
cases='to301 to302 to307 to308 file nowhere'
for case in $cases; do
	settings $case "$key"
done
# shellcheck disable=SC2086
asking $cases
for case in $cases; do
	are $case 78 1 "a redirect of the call ($case)"
done
say to302 "redirects to http://127.0.0.1:$trap_port/evil, which is not" \
	"says where to, without the query"
say file 'redirects to file:///etc/passwd' "also where that is a file"
is "$(trapped)" 0 "no redirect was followed"

# The result's address.
only='images pexels'
fine='good path far long'
bad='isfile isfile2 other other2 secure named link ten six user slash'
bad="$bad gopher loop gone"
for case in $fine $bad; do
	settings $case "$key"
done
# shellcheck disable=SC2086
asking $fine $bad
for case in $fine; do
	are $case 0 1 "a result's address ($case)"
done
for case in $bad; do
	failed=
	for c in $only; do
		case $(cat "$tmp/cases/$case/$c.end") in
		65 | 69 | 75 | 78) ;;
		*) failed="$failed $c" ;;
		esac
	done
	is "$failed" "" "a result's address that is refused ($case)"
done
for case in isfile isfile2 other other2 user slash gopher; do
	say $case 'not https; nothing was fetched' "$case: says why"
done
for case in secure named link ten six; do
	say $case 'private address .* which is not fetched' "$case: says why"
done
say loop 'redirects more than 3 times' "a loop ends"
is "$(trapped)" 0 "no other server was asked"
is "$(began '/hop/loop')" 8 "three redirects at most"
only=
is "$(cat "$main"/*.head | grep -cE '^GET /(photo|hop).*')" \
	"$(began '/photo*' | awk -v h="$(began '/hop*')" '{ print $1 + h }')" \
	"files were fetched"
for head in "$main"/*.head; do
	grep -qE '^GET /(photo|hop)' "$head" && cat "$head"
done >fetched.heads
is "$(grep -ciE 'canary|authorization|api-key' fetched.heads)" 0 \
	"and no key went with them"
is "$(grep -lE 'CANARY' "$main"/*.head | wc -l)" \
	"$(grep -LE '^GET /(photo|hop)| /[a-z0-9]*/(piper|a1111)/' "$main"/*.head |
		wc -l)" "which went with every call that takes one"

# Row 30: another model than the one asked for.
printf '%s\n' 'on POST *' \
	"	json {\"model\":\"tiny-7b\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":$(sed 's/\\/\\\\/g' script.str)}}]}" \
	>model.rules
serve model.rules
mkdir -p "$XDG_CONFIG_HOME/studio"
cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<-END
	providers:
	  home: {type: openai, baseUrl: 'http://127.0.0.1:$port/v1'}
END
run sh -c 'echo Whales. | gen-script --provider home:grand-70b'
like "$got $(cat "$err")" '^0 .*asked for model grand-70b, and tiny-7b answered' \
	"another model: said"
run sh -c 'echo Whales. | gen-script --provider home:tiny-7b'
is "$(cat "$err")" "" "the one that was asked for: nothing"
run sh -c 'echo Whales. | gen-script --provider home:tiny'
is "$(cat "$err")" "" "a short name of it: nothing"
ok "a project" studio new film --title Film
echo "Make a film about whales." >film/brief.md
studio -C film config scriptModel home:grand-70b
ok "its script" studio -C film gen-script
like "$(cat "$err")" 'grand-70b, and tiny-7b answered' "said there too"
like "$(cat film/script.json)" 'openai tiny-7b' "and the record has the actual"

# Row 27: certificates.
subject() { # NAME ALT [more options of x509]
	openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" \
		-subj "/CN=$1" 2>/dev/null
	echo "subjectAltName=$2" >"$1.ext"
	shift 2
}
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout ca.key -out ca.pem \
	-subj "/CN=Test authority" 2>/dev/null
signed() { # NAME
	openssl x509 -req -in "$1.csr" -CA ca.pem -CAkey ca.key -days 30 \
		-CAcreateserial -extfile "$1.ext" -out "$1.pem" 2>/dev/null
}
subject right IP:127.0.0.1
signed right
subject wrong DNS:elsewhere.example
signed wrong
subject self IP:127.0.0.1
openssl x509 -req -in self.csr -signkey self.key -days 30 -extfile self.ext \
	-out self.pem 2>/dev/null
subject old IP:127.0.0.1
mkdir authority
: >authority/index
echo 01 >authority/serial
cat >authority/conf <<-'END'
	[ca]
	default_ca = c
	[c]
	dir = authority
	database = authority/index
	serial = authority/serial
	new_certs_dir = authority
	default_md = sha256
	policy = p
	x509_extensions = e
	[p]
	commonName = supplied
	[e]
	subjectAltName = IP:127.0.0.1
END
openssl ca -batch -config authority/conf -cert ca.pem -keyfile ca.key \
	-in old.csr -out old.pem -startdate 20200101000000Z \
	-enddate 20210101000000Z >/dev/null 2>&1
printf '%s\n' 'on POST *' '	header Content-Type: audio/wav' '	file voice.wav' \
	>tls.rules
secure() { # CERT EXIT FIELDS NAME
	serve tls.rules -t "$1.pem" "$1.key"
	cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<-END
		providers:
		  safe: {type: openai, baseUrl: 'https://127.0.0.1:$port/v1', key: sk-CANARY-0123456789abcdef, timeout: 5s, patience: 30s$3}
	END
	chmod 600 "$XDG_CONFIG_HOME/studio/settings.yaml"
	run sh -c 'echo One. | tts --again --provider safe:m >a.wav'
	is "$got:$(began)" "$2" "$4"
}
ca=", caFile: $PWD/ca.pem"
secure right 0:1 "$ca" "a local authority, named by caFile:"
secure right 78:0 "" "one that is not named"
like "$(cat "$err")" '[Cc]ertificate.*caFile' "and the cure is named"
secure self 78:0 "$ca" "signed by itself"
secure wrong 78:0 "$ca" "of another host"
secure old 78:0 "$ca" "expired"
like "$(cat "$err")" 'expired' "and said"
secure right 78:0 ", caFile: $PWD/none.pem" "a caFile: that is not there"

# Row 28: nobody there. Before anything is sent it is asked again, and not for
# long.
unserve
say_one() { # URL FIELDS
	cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<-END
		providers:
		  away: {type: openai, baseUrl: '$1', timeout: 3s, patience: 5s${2-}}
	END
	from=$(date +%s)
	run sh -c 'echo One. | tts --again --provider away:m >a.wav'
	took=$(($(date +%s) - from))
	[ $took -lt 40 ]
	result $? "in bounded time" "$took s"
}
key=', key: sk-CANARY-0123456789abcdef'
say_one http://no-such-host.invalid/v1 "$key"
is "$got" 75 "a name that is none"
like "$(cat "$err")" 'resolve.*providers.away.baseUrl' "and the cure"
say_one "http://127.0.0.1:$port/v1"
is "$got" 75 "nobody at the port"
like "$(cat "$err")" 'connect.*start the server.*baseUrl URL$' "and the cure"
# A queue that is full: the system answers nothing to the next.
perl -MIO::Socket::INET -e '
	my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 0);
	open my $f, ">", "full.new"; print $f $s->sockport; close $f;
	my @held = map { IO::Socket::INET->new(PeerAddr => "127.0.0.1",
	    PeerPort => $s->sockport, Blocking => 0) } 1 .. 4;
	rename "full.new", "full"; sleep 120' &
hole=$!
until [ -e full ]; do sleep 0.05; done
say_one "http://127.0.0.1:$(cat full)/v1"
kill $hole
is "$got" 75 "a port that is silent"
like "$(cat "$err")" '[Tt]imed? ?out|no answer within' "and said"
export http_proxy="http://127.0.0.1:$port"
say_one http://some.example/v1
unset http_proxy
is "$got" 75 "a proxy that is not there"
like "$(cat "$err")" 'connect' "and said"
serve tls.rules
export http_proxy=http://127.0.0.1:1 all_proxy=http://127.0.0.1:1
say_one "http://127.0.0.1:$port/v1"
unset http_proxy all_proxy
is "$got" 0 "no proxy is asked for this machine"

# A proxy, in a private network as they are, leads to results elsewhere.
unserve
cat >proxy.rules <<'END'
on POST /far/*
	json {"data":[{"url":"https://some.example/x.png"}]}
on POST /ten/*
	json {"data":[{"url":"https://10.0.0.1/x.png"}]}
on POST /hex/*
	json {"data":[{"url":"https://0x7f.1/x.png"}]}
on POST /six/*
	json {"data":[{"url":"https://[::ffff:10.0.0.1]/x.png"}]}
on CONNECT *
	status 403
END
serve proxy.rules
through() {
	cat >"$XDG_CONFIG_HOME/studio/settings.yaml" <<-END
		providers:
		  away: {type: openai, baseUrl: 'http://127.0.0.1:$port/$1', timeout: 3s, patience: 1s}
	END
	run env https_proxy="http://127.0.0.1:$port" \
		sh -c 'echo Sea. | image --again --provider away:m >a.png'
}
for place in ten hex six; do
	through $place
	is "$(began 'CONNECT *')" 0 "no proxy is asked for a private address"
	like "$(cat "$err")" 'private address' "and said ($place)"
done
n=$(began)
export http_proxy="http://127.0.0.1:$port"
say_one http://some.example/v1 "$key"
unset http_proxy
is "$got:$(began)" "75:$n" "no proxy gets a key in clear"
through far
isnt "$(began 'CONNECT *')" 0 "a private proxy is asked for a public one"
unlike "$(cat "$err")" 'private address' "its own address is no matter"
done_testing
