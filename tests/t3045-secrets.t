#!/bin/sh
# Keys stay where the user put them: a canary, given in each way, is looked for
# in all that is written and in every process, after builds and after faults.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/network.sh
. "$top/tests/network.sh"

canary=sk-CANARY-0123456789abcdef
media
mkdir -m 700 "$tmp/safe" # where the user keeps it
echo $canary >"$tmp/safe/key"
chmod 600 "$tmp/safe/key"
conf=$XDG_CONFIG_HOME/studio
mkdir -p "$conf"

# Who has it? Files, but for the user's own; $out and $err are among them.
leaks() {
	grep -rlF CANARY "$tmp" | grep -vE "^$tmp/(safe/|server\.[0-9]+/[0-9]+\.head$|$keep)" | head
}
keep=none

# Look at every process until the file "stop" is there; who has it, in a line:
# "argv NAME" or "env NAME".
cat >watch.pl <<'END'
my ($stop, $log) = @ARGV;
my %seen;
until (-e $stop) {
	for my $d (glob "/proc/[0-9]*") {
		for my $f ("cmdline", "environ") {
			open my $h, "<", "$d/$f" or next;
			local $/;
			my $t = <$h> // "";
			next if index($t, "CANARY") < 0;
			open my $c, "<", "$d/comm" or next;
			my $n = <$c> // "?";
			chomp $n;
			$seen{"$f $n"} = 1;
		}
	}
	select undef, undef, undef, 0.005;
}
open my $l, ">", $log;
print $l "$_\n" for sort keys %seen;
END
mv watch.pl "$tmp/safe"
watched() { # COMMAND...: as run, and who had it is in "seen"
	rm -f "$tmp/stop"
	perl "$tmp/safe/watch.pl" "$tmp/stop" "$tmp/seen" &
	watcher=$!
	run "$@"
	: >"$tmp/stop"
	wait $watcher
}

chat_says=$(sed 's/\\/\\\\/g' script.str)
printf '%s\n' \
	'on POST */chat/*' "	json {\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":$chat_says}}]}" \
	'on POST */speech*' '	header Content-Type: audio/wav' '	delay 30' '	file voice.wav' \
	'on POST */images/*' '	header Content-Type: application/json' '	delay 30' \
	'	text {"data":[{"b64_json":"' '	base64 picture.png' '	text "}]}' >good.rules
serve good.rules
good=$port
heads() { cat "$served"/*.head 2>/dev/null | grep -c "Bearer $canary"; }

# Rows 41: whole builds. Beside the server a command and another key's command,
# which tell what is in their environment.
films=0
build() { # PROVIDER
	films=$((films + 1))
	cd "$scratch" || exit 1
	studio new "film$films" --title "Film $films" >/dev/null 2>&1
	cd "film$films" || exit 1
	printf 'size: 128x72\nquality: draft\n' >>project.yaml
	echo "Make a film about the number $films." >brief.md
	studio config scriptModel "$1:m"
	studio config ttsProvider "$1:m"
	studio config imageModel "$draw"
	before=$(heads)
	: >"$tmp/cmd.env"
	watched make -j4
	is "$got" 0 "a film ($2)" || said | sed 's/^/#   /'
	isnt "$(heads)" "$before" "made with the key ($2)"
	is "$(leaks)" "" "it is in no file ($2)"
	is "$(cat "$tmp/cmd.env" | grep -c CANARY)" 0 \
		"nor in what a command gets ($2)"
	isnt "$(cat "$tmp/cmd.env" | wc -l)" 0 "which was run ($2)"
	like "$(cat "$tmp/seen")" "${3-^\$}" "nor of a process ($2)"
	is "$(grep -c ^cmdline "$tmp/seen")" 0 "nor among arguments ($2)"
}
draw="exec:env >>$tmp/cmd.env; cat >/dev/null; cat $scratch/picture.png"
studio trust --add "$draw" >/dev/null
cp "$conf/settings.yaml" "$tmp/trust.yaml"
endpoint() { # YAML of home's key
	cat "$tmp/trust.yaml"
	cat <<-END
		providers:
		  home: {type: openai, baseUrl: 'http://127.0.0.1:$good/v1'${1:+, $1}}
	END
}
: >"$tmp/cmd.env"

own='^environ (make|sh|studio|tts|image|gen-script|split-scenes|render|perl)'
export OPENAI_API_KEY=$canary OPENAI_BASE_URL="http://127.0.0.1:$good/v1"
build openai "the usual variable" "$own"
unset OPENAI_API_KEY OPENAI_BASE_URL
export MY_OWN_WORD=$canary
endpoint 'keyEnv: MY_OWN_WORD' >"$conf/settings.yaml"
build home keyEnv: "$own"
unset MY_OWN_WORD
endpoint "keyFile: $tmp/safe/key" >"$conf/settings.yaml"
build home keyFile:
endpoint "keyCommand: 'env >>$tmp/cmd.env; cat $tmp/safe/key'" \
	>"$conf/settings.yaml"
build home keyCommand:
endpoint "key: $canary" >"$conf/settings.yaml"
chmod 600 "$conf/settings.yaml"
keep=home/.config/studio/settings.yaml
build home key:
# With the variable set, another alias's keyCommand does not see it.
: >"$tmp/cmd.env"
endpoint "keyCommand: 'env >>$tmp/cmd.env; echo other-key-123456'" \
	>"$conf/settings.yaml"
echo "  work: {type: openai, keyEnv: MY_OWN_WORD}" >>"$conf/settings.yaml"
keep=none
cd "$scratch" || exit 1
ok "another key's command" env OPENAI_API_KEY=$canary MY_OWN_WORD=$canary \
	sh -c 'echo One. | tts --again --provider home:m >a.wav'
is "$(grep -c CANARY "$tmp/cmd.env"):$(grep -c ^PATH= "$tmp/cmd.env")" 0:1 \
	"gets no key from the environment"

# Listings.
endpoint "key: $canary" >"$conf/settings.yaml"
keep=home/.config/studio/settings.yaml
for args in '' --json home 'home --json' --offline; do
	# shellcheck disable=SC2086
	run studio providers $args
	is "$(leaks)" "" "studio providers $args"
done

# Shown as it is to be typed, but for the key.
for args in '' providers providers.home providers.home.key; do
	# shellcheck disable=SC2086
	run studio config --user $args
	is "$(leaks)" "" "studio config --user $args"
done

# Row 42: servers that say it again.
echoes=0
echoed() { # NAME STEP...: for every kind of request
	name=$1
	shift
	cd "$scratch" || exit 1
	{
		echo 'on * *'
		printf '\t%s\n' "$@"
	} >echo.rules
	serve echo.rules
	echoes=$((echoes + 1))
	rm -rf echo
	studio new echo --title Echo >/dev/null 2>&1
	cd echo || exit 1
	printf 'size: 128x72\nquality: draft\n' >>project.yaml
	echo "Say it again, number $echoes." >brief.md
	studio add "It is said again, number $echoes." >/dev/null
	sed "s|127.0.0.1:$good|127.0.0.1:$port|; s|key:|timeout: 3s, patience: 2s, key:|" \
		"$tmp/echo.yaml" >"$conf/settings.yaml"
	chmod 600 "$conf/settings.yaml"
	studio config scriptModel home:m
	studio config ttsProvider home:m
	studio config imageModel home:m
	: >"$tmp/all"
	for step in gen-script tts image status plan doctor; do
		run studio $step
		cat "$out" "$err" >>"$tmp/all"
	done
	run sh -c 'echo One. | tts --again --provider home:m'
	cat "$out" "$err" >>"$tmp/all"
	run studio providers home
	cat "$out" "$err" >>"$tmp/all"
	isnt "$(heads)" 0 "a server that got it ($name)"
	sed -i "/$canary/d" "$scratch/echo.rules"
	is "$(leaks)" "" "and says it: it is in no file ($name)"
}
cp "$conf/settings.yaml" "$tmp/safe/echo.yaml"
ln -s safe/echo.yaml "$tmp/echo.yaml"
echoed 401 'status 401' "json {\"error\":{\"message\":\"Incorrect API key provided: $canary\",\"code\":\"$canary\"}}"
like "$(cat "$tmp/all")" 'Incorrect API key provided: \*\*\*' "asterisks"
echoed 400 'status 400' "json {\"error\":{\"message\":\"bad header Authorization: Bearer $canary\"}}"
echoed 500 'status 500' "text <html>Authorization: Bearer $canary</html>"
echoed redirect 'status 302' "header Location: https://x.example/$canary/y?key=$canary"
like "$(cat "$tmp/all")" 'redirects to https://x.example/\*\*\*' "asterisks"
echoed 'a request id' 'status 200' "header x-request-id: $canary" 'file voice.wav'
echoed 'a type' "header Content-Type: audio/$canary" 'file voice.wav'
echoed 'a text' "header Content-Type: text/plain" "text your key is $canary, thanks"
echoed 'a script' "json {\"model\":\"$canary\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"{\\\\\"title\\\\\":\\\\\"$canary\\\\\",\\\\\"scenes\\\\\":[{\\\\\"heading\\\\\":\\\\\"H\\\\\",\\\\\"narration\\\\\":\\\\\"It is $canary.\\\\\"}]}\"}}]}"
like "$(cat script.md)" '^It is' "the script is there, without it"
echoed 'an address' "json {\"data\":[{\"url\":\"https://127.0.0.1/$canary?sig=$canary\"}]}"
echoed 'models' "json {\"data\":[{\"id\":\"$canary\"}],\"error\":\"$canary\"}"

# Core files.
cd "$scratch" || exit 1
printf 'on * *\n\thang\n' >hang.rules
serve hang.rules
endpoint "key: $canary" | sed "s|:$good/|:$port/|" >"$conf/settings.yaml"
mkdir core.d
cd core.d || exit 1
killed() { # COMMAND...: by SEGV, with core files allowed
	(
		# shellcheck disable=SC3045
		ulimit -c unlimited
		"$@" <"$scratch/one.txt" >/dev/null 2>&1 &
		pid=$!
		for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
			[ "$(began)" -ge "$wanted" ] && break
			sleep 0.1
		done
		cat /proc/$pid/limits >"$tmp/limits"
		kill -SEGV $pid
		wait $pid
	) 2>/dev/null
}
echo One. >"$scratch/one.txt"
case $(cat /proc/sys/kernel/core_pattern) in
'|'* | /*) skip "core files go elsewhere here" ;;
*)
	wanted=0
	killed sleep 9
	isnt "$(find . -type f | wc -l)" 0 "a program that crashes leaves a core"
	;;
esac
rm -f -- *
wanted=1
killed tts --again --provider home:m
is "$(began)" 1 "one that has a key and waits"
like "$(cat "$tmp/limits")" '^Max core file size  *0 ' "has no leave to"
is "$(find . -type f | wc -l)" 0 "and leaves none"
cd "$scratch" || exit 1

# Where a key may not be.
serve good.rules
refused() { # YAML PATTERN NAME
	endpoint "$1" | sed "s|:$good/|:$port/|" >"$conf/settings.yaml"
	chmod "${mode-600}" "$conf/settings.yaml"
	exits 78 "$3" sh -c 'echo One. | tts --again --provider home:m'
	like "$(cat "$err")" "$2" "the cure is named"
}
cp "$tmp/safe/key" "$tmp/safe/open"
chmod 644 "$tmp/safe/open"
refused "keyFile: $tmp/safe/open" "chmod 600 $tmp/safe/open" "a key file for all"
chmod 640 "$tmp/safe/open"
refused "keyFile: $tmp/safe/open" "chmod 600" "or for a group"
mkdir -p "$tmp/safe/repo/sub" "$tmp/safe/film"
git init -q "$tmp/safe/repo"
cp "$tmp/safe/key" "$tmp/safe/repo/sub/key"
refused "keyFile: $tmp/safe/repo/sub/key" 'git repository.*move it' \
	"one in a git repository"
ln -s repo/sub "$tmp/safe/link"
refused "keyFile: $tmp/safe/link/key" 'git repository.*move it' "by a link too"
cp "$tmp/safe/key" "$tmp/safe/film/key"
echo 'title: F' >"$tmp/safe/film/project.yaml"
refused "keyFile: $tmp/safe/film/key" 'project.*move it' "one in a project"
cp "$tmp/safe/key" "$tmp/safe/repo/key"
cd "$tmp/safe/repo" || exit 1
refused "keyFile: key" 'keyFile.*(~|/)' "one of no fixed place"
cd "$scratch" || exit 1
endpoint "keyFile: $tmp/safe/none" | sed "s|:$good/|:$port/|" >"$conf/settings.yaml"
exits 74 "one that is not there" sh -c 'echo One. | tts --again --provider home:m'
like "$(cat "$err")" 'none: cannot read it, and keyFile: names it' "and said"
mode=644
keep=home/.config/studio/settings.yaml
refused "key: $canary" "chmod 600 $conf/settings.yaml" "settings for all"
unset mode
is "$(began)" 0 "nothing was sent"
rm "$conf/settings.yaml"
keep=none
is "$(leaks)" "" "and nothing told"

# In clear to a public address: in a network of its own, where there is one.
# shellcheck disable=SC2016
cat >clear.sh <<'END'
ip link set lo up && ip addr add 9.9.9.9/32 dev lo || exit 99
perl -MIO::Socket::INET -e '
	my $s = IO::Socket::INET->new(LocalAddr => "9.9.9.9",
	    LocalPort => 8080, Listen => 5) or die;
	open my $r, ">", "ready"; close $r;
	while (my $c = $s->accept) {
		my $n = sysread $c, my $b, 4096;
		open my $f, ">>", "caught"; print $f $b if $n; close $f;
	}' &
pid=$!
until [ -e ready ]; do sleep 0.05; done
echo One. | tts --again --provider home:m
code=$?
kill $pid
exit $code
END
cat >"$conf/settings.yaml" <<-END
	providers:
	  home: {type: openai, baseUrl: 'http://9.9.9.9:8080/v1', keyFile: $tmp/safe/key, timeout: 3s, patience: 1s}
END
: >caught
run unshare -rn sh clear.sh
if [ -e ready ]; then
	is "$got:$(wc -c <caught)" 78:0 "no key goes in clear to a public address"
	like "$(cat "$err")" 'use https in its baseUrl' "and the cure is named"
else
	skip "no network of one's own here"
	skip "no network of one's own here"
fi
done_testing
