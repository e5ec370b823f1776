#!/bin/sh
# The faulty server of the other tests: it must be right where it is not
# faulty on purpose.
. "$(dirname "$0")/lib.sh"

# The client: a program of bytes, so that nothing is repaired on the way.
#	http.pl PORT talk TEXT...   send each text (with \r \n), print all that
#		comes; the text ... is: read once before going on
#	http.pl PORT flood CONNS N TARGET   N requests over CONNS connections,
#		keep-alive; prints how many good replies (text "done") came
#	http.pl PORT times TEXT      ms at which bytes came, a line each
cat >http.pl <<'PERL'
use strict;
use warnings;
use IO::Select;
use IO::Socket::INET;
use Time::HiRes qw(time);
my ($port, $do, @arg) = @ARGV;
sub dial {
	IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $port)
	    or die "cannot connect: $!\n";
}
sub bytes {
	my ($t) = @_;
	$t =~ s/\\r/\r/g;
	$t =~ s/\\n/\n/g;
	$t;
}
$SIG{PIPE} = "IGNORE";
$SIG{ALRM} = sub { print "TIMEOUT\n"; exit 3 };
alarm 60;
binmode STDOUT;
$| = 1;
if ($do eq "talk" || $do eq "times") {
	my $s = dial();
	my ($buf, $from) = ("", time);
	for (@arg) {
		if ($_ eq "...") {
			sysread $s, $buf, 65536;
			print $buf;
		} else {
			syswrite $s, bytes($_);
		}
	}
	while (1) {
		my $n = sysread $s, $buf, 65536;
		if (!defined $n) {
			print "ERROR $!\n";
			last;
		}
		last if !$n;
		print $do eq "talk" ? $buf :
		    int((time - $from) * 1000) . " $n\n";
	}
} elsif ($do eq "flood") {
	my ($conns, $left, $target) = @arg;
	my ($open, $good) = ($conns, 0);
	my $all = IO::Select->new;
	my (%got, $buf);
	my $ask = "GET $target HTTP/1.1\r\nHost: x\r\n\r\n";
	for (1 .. $conns) {
		my $s = dial();
		$all->add($s);
		$got{$s} = "";
		$left--;
		syswrite $s, $ask;
	}
	while ($all->count) {
		for my $s ($all->can_read) {
			if (!sysread $s, $got{$s}, 65536, length $got{$s}) {
				$all->remove($s);
				next;
			}
			my ($n) = $got{$s} =~ /^Content-Length: (\d+)/m;
			my $end = index $got{$s}, "\r\n\r\n";
			next if $end < 0 || length $got{$s} < $end + 4 + $n;
			$good++ if substr($got{$s}, $end + 4) eq "done";
			$got{$s} = "";
			if ($left-- > 0) {
				syswrite $s, $ask;
			} else {
				$all->remove($s);
			}
		}
	}
	print "$good\n";
}
PERL
http() { perl http.pl "$port" "$@"; }
last='Host: x\r\nConnection: close\r\n\r\n'
get() { http talk "GET $1 HTTP/1.1\r\n$last" | tr -d '\r'; }
body() { get "$1" | sed '1,/^$/d'; }
# A line of the log, by the request's number and the column's.
noted() { awk -v n="$1" -v c="$2" '$1 == n { print $c }' "$served/log"; }

#
# Scripts that are none.
#
find_server || exit 1
refused() {
	printf "$1" >bad
	exits 2 "$3" "$server" bad dir
	like "$(cat "$err")" "$2" "and it says: $2"
}
refused 'on GET /\n\tsing la\n' 'bad:2: no such step: sing' "an unknown step"
refused '\ttext a\n' 'bad:1: a step before the first rule' "a step alone"
refused '\n# a\non GET\n' 'bad:3: a rule is' "a rule without a pattern"
refused 'at GET /\n' 'bad:1: neither' "no rule and no step"
refused 'on GET / times no\n' 'bad:1: not a number: no' "times what?"
refused 'on GET / times 0\n' 'bad:1: times 0' "times never"
refused 'on GET / often\n' 'bad:1: without a value: often' "an unknown option"
refused 'on GET /\n\ttext a\\q\n' 'bad:2: an unknown escape.*: .q' "an escape"
refused 'on GET /\n\ttext a\n\tstatus 500\n' 'bad:3: the head is already' \
	"a status too late"
refused 'on GET /\n\tclose\n\ttext a\n' 'bad:3: nothing may follow' \
	"text after close"
refused 'on GET /\n\tbadchunk\n' 'bad:2: badchunk needs' "a chunk of nothing"
refused 'on GET /\n\tzeros 9999999999G\n' 'bad:2: too large' "too many zeros"
refused 'on GET /\n\tfile none\n' 'bad:2: cannot be served.*none' "no file"
refused 'on GET /\n\tstatus 42\n' 'bad:2: a status has' "a short status"
refused 'on GET /\n\tdelay 600001\n' 'bad:2: more than' "a delay for ever"
refused 'on GET /\n\tstatus 200\n\traw x\n' 'bad:3: raw is in' "two heads"
exits 2 "no script" "$server" none dir
exits 2 "no operands" "$server"
exits 2 "no certificate" "$server" -t none none bad dir

#
# Which rule, and what is noted.
#
printf 'bytes\000\377\n' >blob
cat >rules <<'RULES'
# a comment
on GET /retry times 2
	status 429 Slow Down
	header Retry-After: 1
	json {"count":%COUNT%,"n":%N%,"port":%PORT%,"x":"100%"}
on GET /retry
	text third\n
on POST /any* having "voice":"b"
	text b
on POST /any* having X-Voice: c
	text c
on POST /any*
	text a
on * /echo
	echo body
on GET /file
	file blob
	text \\\x41\x00.
on GET /base64
	json {"b64":"
	base64 blob
	json "}
RULES
serve rules || exit 1
http talk "GET /retry HTTP/1.1\r\n$last" >got
json="{\"count\":1,\"n\":1,\"port\":$port,\"x\":\"100%\"}"
{
	printf '%s\r\n' 'HTTP/1.1 429 Slow Down' 'Retry-After: 1' \
		'Content-Type: application/json' "Content-Length: ${#json}" \
		'Connection: close' ''
	printf '%s' "$json"
} >want
same_file got want "a reply, byte by byte"
like "$(body /retry)" '"count":2,"n":2' "its second use counts on"
is "$(body /retry)" third "used up, it is passed over"
is "$(calls /retry)" 3 "calls of one target"
is "$(calls 'GET /r*')" 3 "with the method"
is "$(calls 'POST /r*')" 0 "and not with another"
like "$(get /none)" '^HTTP/1.1 404 ' "no rule: 404"
is "$(noted 4 5)" 0 "and that is noted as rule 0"
post() {
	http talk "POST $1 HTTP/1.1\r\nHost: x\r\n$2\r\nConnection: close
Content-Length: ${#3}\r\n\r\n$3" | tr -d '\r' | sed '1,/^$/d'
}
is "$(post '/any?q=1' 'X-A: b' '{"voice":"b"}')" b "having, in the body"
is "$(post /any/other 'X-Voice: c' '{}')" c "having, in the head"
is "$(post /any 'Idempotency-Key: k 1' '{}')" a "having neither"
is "$(cat "$(request 5)")" '{"voice":"b"}' "the body is kept"
like "$(cat "$served/5.head")" '^POST /any\?q=1 HTTP/1.1' "the head is kept"
is "$(noted 7 9)" 'k\x201' "the key is noted, as one word"
is "$(noted 6 5)-$(noted 6 4)" 4-200 "and rule and status"
http talk "GET /file HTTP/1.1\r\n$last" | tail -c 11 >got
{ cat blob; printf '\\A\000.'; } | tail -c 11 >want
same_file got want "bytes of a file, and escapes"
is "$(body /base64)" "{\"b64\":\"$(base64 -w 0 blob)\"}" "base64"
is "$(http talk "PUT /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n$last" \
	'4;x=y\r\nabcd\r\n' '00\r\nTrailer: x\r\n\r\n' | tail -c 4)" abcd \
	"a request in chunks"
got=$(http talk "PUT /echo HTTP/1.1\r\nExpect: 100-continue\r
Content-Length: 3\r\n$last" ... 'abc' | tr -d '\r')
is "$(echo "$got" | sed -n '1p;3p;$p' | tr '\n' ' ')" \
	"HTTP/1.1 100 Continue HTTP/1.1 200 OK abc " \
	"a client that waits for it is told to go on"

#
# Keep-alive, and requests that are none.
#
two=$(http talk 'HEAD /echo HTTP/1.1\r\n\r\n' ... \
	'PUT /echo HTTP/1.1\r\nContent-Length: 2\r\n\r\nabGET /file HTTP' ... \
	"/1.0\r\n\r\n" | grep -ao 'HTTP/1.1 200' | wc -l)
is "$two" 3 "three requests on one connection, in odd pieces"
is "$(tail -n 3 "$served/log" | awk '{ print $11 }' | sort -u | wc -l)" 1 \
	"and one it is in the log"
bad_request() {
	like "$(http talk "$1" | head -n 1)" "^HTTP/1.1 $2 " "$3"
}
bad_request 'hello\r\n\r\n' 400 "no request line"
bad_request 'GET / HTTP/2\r\n\r\n' 505 "another version"
bad_request 'PUT /echo HTTP/1.1\r\nContent-Length: -1\r\n\r\n' 400 \
	"a negative length"
bad_request 'PUT /echo HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n' \
	400 "two lengths"
bad_request 'PUT /echo HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n' 413 \
	"too long a body"
bad_request 'PUT /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n' 400 \
	"a bad chunk"
bad_request "GET /$(head -c 100000 /dev/zero | tr '\0' a) HTTP/1.1\r\n$last" 404 \
	"a long target is a target"
before=$(calls)
perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new("127.0.0.1:$ARGV[0]");
	syswrite $s, "PUT /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc"' "$port"
is "$(calls)" "$before" "a request cut short is not answered"
is "$(began)" $((before + 1)) "but it began"
is "$(cat "$(request "$(began)")")" abc "and what came is kept"
unserve
isnt "$(http talk x 2>&1)" "" "stopped, it does not listen"

#
# What no server should do.
#
cat >rules <<'RULES'
on * /short
	length 10
	text abc
on * /long
	length 2
	text abc
on * /none
	length none
	text abc
on * /twice
	header Content-Length: 1
	length 2
	text abc
on * /chunks
	chunked
	text abc
	text
	zeros 2
	repeat 2 xy
on * /badchunk
	chunked
	text abc
	badchunk
on * /cut
	chunked
	text abc
	close
on * /raw
	raw ICY %PORT%\n\x00
on * /reset
	length 10
	text abc
	reset
on * /silent
	close
on * /hang
	head
	hang
on * /headers
	headers 100000
	text x
on * /gone
	status 204
on * /empty
on * /delay
	head
	delay 200
	text x
	delay 200
	text y
on * /drip
	length none
	head
	drip 3 50
	text 0123456789
on * /slow group slow
	delay 400
	text done
on * /slower* group slow
	delay 400
	text done
on * /quick
	text done
on * /zeros
	zeros 100M
on * /repeat
	repeat 3M abc\n
RULES
serve rules || exit 1
shows() { # TARGET REPLY, line ends as |
	is "$(http talk "GET $1 HTTP/1.1\r\nHost: x\r\n\r\n" |
		tr -d '\r' | tr '\n\000' '|@')" "HTTP/1.1 $2" "$1"
}
shows /short '200 OK|Content-Length: 10||abc'
shows /long '200 OK|Content-Length: 2||abc'
shows /none '200 OK||abc'
shows /twice '200 OK|Content-Length: 1|Content-Length: 2||abc'
shows /badchunk '200 OK|Transfer-Encoding: chunked||3|abc|zz|0||'
shows /cut '200 OK|Transfer-Encoding: chunked||3|abc|'
shows /reset '200 OK|Content-Length: 10||abcERROR Connection reset by peer|'
is "$(get /chunks | tr '\n\000' '|@')" \
	'HTTP/1.1 200 OK|Transfer-Encoding: chunked|Connection: close||3|abc|2|@@|4|xyxy|0||' \
	"/chunks"
is "$(http talk 'GET /raw HTTP/1.1\r\n\r\n' | tr '\000' @)" "ICY $port
@" "/raw"
is "$(http talk 'GET /silent HTTP/1.1\r\n\r\n')" "" "/silent"
is "$(tail -n 1 "$served/log" | cut -d ' ' -f 4)" none "which is no status"
is "$(get /headers | grep -c '^X-Filler-[0-9]*: ')" 100000 "/headers"
is "$(http talk 'GET /gone HTTP/1.1\r\n\r\nGET /empty HTTP/1.1\r\n\r\nHEAD /zeros HTTP/1.1\r\n'"$last" |
	tr -d '\r' | tr '\n' '|')" \
	'HTTP/1.1 204 No Content||HTTP/1.1 200 OK|Content-Length: 0||HTTP/1.1 200 OK|Content-Length: 104857600|Connection: close||' \
	"replies without a body keep the connection right"
http times "GET /delay HTTP/1.1\r\n$last" >when
is "$(awk '{ print $2 }' when | tail -n 2 | tr '\n' ' ')" "1 1 " \
	"a delay parts the body"
ok "and takes its time" awk 'NR == 1 && $1 > 190 { exit 1 }
	NR == 2 && $1 < 190 { exit 1 } NR == 3 && $1 < 380 { exit 1 }' when
http times "GET /drip HTTP/1.1\r\n$last" >when
is "$(awk '{ print $2 }' when | tail -n 3 | tr '\n' ' ')" "3 3 1 " "drops"
ok "with time between" awk 'END { exit $1 < 150 }' when

#
# Clients at once, and those that go.
#
for i in 1 2 3 4 5 6; do
	get /slow >"got.$i" &
	clients="${clients-} $!"
done
get "/slower?x" >got.7
# shellcheck disable=SC2086
wait $clients
is "$(most_in_flight slow)" 7 "seven at once, by group"
isnt "$(most_in_flight '/slow*')" 0 "and by target"
get /slow >got
is "$(most_in_flight /quick)" 0 "nobody"
http flood 1 200 /quick >got
is "$(most_in_flight /quick)" 1 "one after another is one at a time"
start=$(date +%s%3N)
is "$(http flood 64 2000 /quick)" 2000 "2000 requests, 64 at once"
took=$(($(date +%s%3N) - start))
echo "# in $took ms"
ok "in less than 10 s" test $took -lt 10000
is "$(calls /quick)" 2200 "none is missing in the log"
is "$(awk '{ print $1 }' "$served/began" | sort -n | uniq | wc -l)" "$(began)" \
	"and each has its number"

before=$(calls)
perl http.pl "$port" talk 'GET /hang HTTP/1.1\r\n\r\n' >hung &
for t in /slow /hang; do
	perl -MIO::Socket::INET -e '
		my $s = IO::Socket::INET->new("127.0.0.1:$ARGV[0]");
		syswrite $s, "GET $ARGV[1] HTTP/1.1\r\n\r\n";
		select undef, undef, undef, 0.1' "$port" $t
done
{ kill $! && wait $!; } 2>"$err"
settle
is "$(tail -n 3 "$served/log" | awk '{ print $3 $4 }' | sort | tr '\n' ' ')" \
	"/hang200 /hang200 /slowgone " "clients that go are noticed"
is "$(cat hung | tr -d '\r')" "HTTP/1.1 200 OK
Content-Length: 0" "the head came before the silence"
is "$(calls)" $((before + 2)) "who went early was not answered"

#
# Much, and memory.
#
peak() { awk '/VmHWM/ { print $2 }' "/proc/$server_pid/status"; }
start=$(peak)
is "$(body /zeros | wc -c)" 104857600 "100 MB of zeros"
is "$(body /repeat | sort | uniq -c | tr -d ' ')" 3145728abc "a repeated text"
grew=$(($(peak) - start))
echo "# grew by $grew kB"
ok "memory does not grow with them" test $grew -lt 20000

#
# TLS, with a certificate of our own.
#
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem \
	-days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
	>"$out" 2>"$err" || said
serve rules -t cert.pem key.pem || exit 1
tls() {
	openssl s_client -quiet -connect "127.0.0.1:$port" -verify_return_error \
		-verify_hostname localhost -CAfile "${2-cert.pem}" 2>"$err" |
		tr -d '\r' | sed '1,/^$/d'
}
ask() { printf 'GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' "$1"; }
is "$(ask /quick | tls)" "done" "over TLS"
is "$(ask /zeros | tls | wc -c)" 104857600 "much, over TLS"
is "$(calls)" 2 "both are in the log"
is "$(ask /quick | tls - /dev/null)" "" \
	"a client that does not trust it asks nothing"
is "$(calls)" 2 "and so nothing is in the log"
is "$(http talk 'GET /quick HTTP/1.1\r\n\r\n' | grep -a 'done')" "" \
	"nor does it speak without"

# It does not outlive who started it, and says nothing else.
sh -c '"$1" rules other & echo $! >pid; until [ -e other/port ]; do
	sleep 0.05; done' sh "$server"
orphan=$(cat pid)
for i in 1 2 3 4 5 6 7 8 9 10; do
	kill -0 "$orphan" 2>/dev/null || break
	sleep 0.2
done
fails "it ends with its parent" kill -0 "$orphan"
is "$(cat "$tmp"/server.*/stderr)" "" "no server complained"
done_testing
