#!/bin/sh
# studio gc: says what can go and why, removes it when told to, and never what
# was paid for, what a program holds, or what a film needs.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/paid.sh"

# free NAME: a project without anything paid
free_film() {
	studio new "$1" --title "$1" >/dev/null 2>&1
	rm "$1/brief.md"
	printf 'size: 128x72\nquality: draft\n' >>"$1/project.yaml"
	printf '## One\n\nThe first part.\n\n## Two\n\nThe second one.\n' \
		>"$1/script.md"
}
free_film film
ok "a film" make -s -C film
cd film || exit 1
of() { studio gc --json | jq -r --arg w "$1" \
	'[.found[] | select(.what == $w)] | length'; }
ok "gc" studio gc
is "$(cat "$out")" "Nothing to remove." "finds nothing"
parts() { find build/parts -name '*.part' -o -name '*.m4a' | sort; }
parts >"$tmp/first"
test -s "$tmp/first"
result $? "though there are parts"
make -s preview >/dev/null 2>&1
studio storyboard >/dev/null 2>&1

# A text that was changed: what the film before needed can go.
sed -i 's/second one/second part of it/' script.md
ok "another text" make -s
parts >"$tmp/second"
sums . >"$tmp/before"
ok "gc" studio gc
like "$(cat "$out")" '^part +[1-9][0-9]* +[0-9.]+ (bytes|KiB|MiB) +no film needs' \
	"says how much of the parts no film needs"
like "$(cat "$out")" '^[0-9]+ could be removed, .*: studio gc --force$' "and how"
sums . >"$tmp/after"
grep -v stat-cache "$tmp/before" >"$tmp/a"
grep -v stat-cache "$tmp/after" >"$tmp/b"
same_file "$tmp/a" "$tmp/b" "nothing was removed"
n=$(of part)
ok "each file" studio gc --verbose
is "$(grep -c '^part .*build/' "$out")" "$((n))" "with its name"
ok "gc --force" studio gc --force
is "$(of part)" 0 "removes them"
ok "and the preview, since the film is there" test ! -e \
	build/preview/youtube.mp4
sort "$tmp/second" >"$tmp/x"
parts >"$tmp/y"
is "$(comm -13 "$tmp/x" "$tmp/y")" "" "and nothing is there that was not"
gone=$(comm -23 "$tmp/x" "$tmp/y" | wc -l)
test "$gone" -gt 0
result $? "$gone parts are gone"
before=$(sha256sum <video/youtube.mp4)
rm video/youtube.mp4
find build/parts -name '*.part' -exec touch -d '2020-01-01' {} +
ok "the film again" make -s
is "$(sha256sum <video/youtube.mp4)" "$before" "is the same"
parts >"$tmp/z"
same_file "$tmp/y" "$tmp/z" "from the parts that were kept"

# A film that is half made keeps what was made for it.
sed -i 's/first part/very first part/' script.md
make -s -j2 parts >/dev/null 2>&1
rm -f build/parts/x
n=$(parts | wc -l)
ok "gc --force in the middle of a film" studio gc --force
is "$(parts | wc -l)" "$n" "keeps its new parts"
ok "it goes on" make -s
rm build/parts/*.used
ok "without the lists" studio gc --force
like "$(cat "$err")" 'build/: is left, since it is not known' "nothing is known"
ok "so nothing goes" test "$(parts | wc -l)" -ge "$n"
rm video/*.json
ok "made again" make -s
ok "then" studio gc --force
test "$(parts | wc -l)" -lt "$n"
result $? "it goes"

# Held by a program that makes a film.
sed -i 's/very first/really first/' script.md
make -s >/dev/null 2>&1
perl -MFcntl=:flock -e 'open my $h, "<", "build/gc.lock" or die;
	flock $h, LOCK_SH or die; print STDERR "ready\n"; sleep 30' \
	2>"$tmp/ready" &
living=$!
until [ -s "$tmp/ready" ]; do sleep 0.05; done
n=$(parts | wc -l)
exits 75 "while a film is made" studio gc --force
like "$(cat "$err")" 'build/: is left, since a film is made of it now' "says so"
is "$(parts | wc -l)" "$n" "and removes nothing"
kill -9 $living
wait $living 2>/dev/null
ok "then" studio gc --force
isnt "$(parts | wc -l)" "$n" "it does"
touch build/keep.me media.keep 2>/dev/null
mkdir -p build/removed/x build/parts/oldfilm
echo mine >build/removed/x/scene.yaml
echo '{}' >build/parts/oldfilm/000100-x.json
echo parts/x >build/parts/oldfilm.used
ok "gc --force" studio gc --force
ok "keeps what is yours" test -e build/removed/x/scene.yaml -a \
	-e build/keep.me -a -e video/youtube.mp4
ok "lists of films that are no more go" test ! -e build/parts/oldfilm -a \
	! -e build/parts/oldfilm.used
ln -s /etc build/parts/link.used
exits 65 "a link" studio gc --force
ok "is not followed, but refused" test -e /etc/passwd
rm -f build/parts/link.used

# Podcasts: sound alone.
printf 'videos: [{name: talk, preset: podcast, format: audio}]\n' >>project.yaml
ok "a film of sound" make -s
ok "gc" studio gc --force
rm video/talk.*
n=$(parts | wc -l)
ok "made again" make -s
is "$(parts | wc -l)" "$n" "from the sound that was kept"
cd ..

# The store.
paid_film paid 2
make -s -C paid >/dev/null 2>&1 || exit 1
cd paid || exit 1
git add -A
git commit -qm paid
studio config imageOptions '{a: b}' >/dev/null
make -s >/dev/null 2>&1
made=$(count)
replies=$(find "$store/objects" -type f ! -name '*.json' | wc -l)
is "$replies" "$made" "a store of what was paid for"
find "$store" -type f -exec touch -d '2020-01-01' {} +
find "$store/objects" -name '*.json' -exec \
	sed -i 's/"at": "[^"]*"/"at": "2020-01-01T00:00:00Z"/' {} +
ok "gc --force" studio gc --force
is "$(find "$store/objects" -type f ! -name '*.json' | wc -l)" "$replies" \
	"never touches it"
exits 2 "--paid alone" studio gc --paid
exits 2 "--older-than alone" studio gc --older-than 90d
exits 2 "no age" studio gc --paid --older-than soon
exits 2 "nor this" studio gc --paid --older-than -1d
ok "--paid" studio gc --paid --older-than 90d
is "$(grep -c '^paid .*objects/' "$out")" 3 "lists the three that no record names"
like "$(cat "$out")" '^paid +3 .*that were paid for.*they cost [$]0.00' "and what they cost"
is "$(find "$store/objects" -type f ! -name '*.json' | wc -l)" "$replies" "dry"
object=$(studio gc --paid --older-than 90d --json | jq -r '.found[0].path')
sed -i 's/"cost": 0/"cost": 0.25/' "$object.json"
ok "one that cost" studio gc --paid --older-than 90d
like "$(cat "$out")" 'they cost [$]0.25' "is counted"
ok "younger ones" studio gc --paid --older-than 100y
unlike "$(cat "$out")" '^paid' "are left"
perl -MFcntl -e 'my ($f, $d) = @ARGV; open my $h, "+>>", $f or die;
	my $l = pack("s s x4 q q i x4", F_WRLCK, 0, hex(substr $d, 0, 15), 1, 0);
	fcntl($h, 37, $l) or die "$!"; print STDERR "ready\n"; sleep 30' \
	"$store/lock" "$(basename "$object")" 2>"$tmp/ready2" &
living=$!
until [ -s "$tmp/ready2" ]; do sleep 0.05; done
ok "one that a program works on" studio gc --paid --older-than 90d --force
ok "stays" test -e "$object" -a -e "$object.json"
kill -9 $living
wait $living 2>/dev/null
ok "--force" studio gc --paid --older-than 90d --force
ok "then it goes" test ! -e "$object" -a ! -e "$object.json"
is "$(find "$store/objects" -type f | wc -l)" $(((replies - 3) * 2)) \
	"those that records name stay, whole"
ok "all is well" studio check --read-data
ok "doctor agrees" studio doctor
mkdir -p "$store/rejected" "$store/journal"
echo x >"$store/rejected/$(basename "$object")"
echo x >"$store/rejected/$(basename "$object").rotten"
echo x >"$store/journal/$(basename "$object")"
ok "gc" studio gc --paid --older-than 0d --force
is "$(find "$store/rejected" "$store/journal" -type f | wc -l)" 3 \
	"refused and journalled replies are always kept"
rm "$store/journal/$(basename "$object")"

# A reply that cost nothing: only where no record names it.
other=$(printf other | sha256sum | cut -c1-64)
mkdir -p "$(dirname "$(object "$other")")"
echo x >"$(object "$other")"
put() { echo '{"sha256":"'"$(sha256sum <"$(object "$other")" | cut -c1-64)"'","bytes":2,"kind":"image","provider":"'"$1"'"'"$2"'}' \
	>"$(object "$other").json"; }
put home:m ',"cost":0.1'
is "$(of free)" 0 "a reply that cost something"
put home:m ''
is "$(of free)" 0 "one of which nobody knows"
put exec:x ',"cost":0'
is "$(of free)" 0 "a command's"
put home:m ',"cost":0'
is "$(of free)" 1 "one that was free"
rm "$(object "$other")"
is "$(of leftover)" 1 "a record without its reply"
touch scenes/.scene.yaml.1.0.tmp
is "$(of leftover)" 2 "a temp file of the dead"
ok "--force" studio gc --force
ok "removes them" test ! -e scenes/.scene.yaml.1.0.tmp -a \
	! -e "$(object "$other").json"
exits 2 "no operands" studio gc all

# Two at once, and a disk that cannot be written.
studio config imageOptions '{a: c}' >/dev/null
make -s >/dev/null 2>&1
for _ in 1 2 3 4; do
	studio gc --force >/dev/null 2>"$tmp/gc.$_" &
done
wait
ok "four at once leave it whole" studio check --read-data
is "$(studio refresh)" "0 to make; studio plan says what and why" "and fresh"
mkdir "$tmp/ro"
if mount -t tmpfs none "$tmp/ro" 2>/dev/null; then
	trap 'umount "$tmp/ro" 2>/dev/null; cleanup' EXIT
	cp -a "$store/." "$tmp/ro"
	echo "storeDir: $tmp/ro" >>"$XDG_CONFIG_HOME/studio/settings.yaml"
	touch "$tmp/ro/journal/.x.1.1.tmp"
	mount -o remount,ro "$tmp/ro"
	ok "a store that cannot be written" studio gc
	like "$(cat "$out")" '^leftover +1' "is looked at"
	exits 74 "and not cleaned" studio gc --force
	like "$(cat "$err")" 'Read-only' "which is said"
else
	skip "cannot mount a file system here"
fi
done_testing
