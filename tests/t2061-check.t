#!/bin/sh
# studio check --read-data: bytes that changed on the disk, in the project and
# in the store, are found and told from edits; what is named as the cure cures.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/paid.sh"

paid_film film 2
ok "a film" make -s -C film
cd film || exit 1
git add -A
git commit -qm film
before=$(count)
one=$(folder . 1)
ok "check" studio check
like "$(cat "$out")" '^2 scenes, [0-9]+ records, [0-9]+ media files, 0 faults' \
	"finds nothing"
ok "check --read-data" studio check --read-data
like "$(cat "$out")" ' 5 replies in the store, 0 faults$' \
	"nor in the five replies that were paid for"

# Rot keeps a file's times; nobody can set ctime back, so the cache is told.
rotten() {
	sum=$(sha256sum <"$1" | cut -c1-64)
	flip "$1" "${2-}"
	perl -e 'my ($f, $sum) = @ARGV; my @s = stat $f;
		my ($m, $c) = split " ", `stat -c "%.9Y %.9Z" "$f"` =~ s/\.//gr;
		open my $h, ">>", "build/stat-cache" or die;
		print $h "$s[1] $s[7] $m $c $sum\n"' "$1" "$sum"
}
audio=${one#./}/audio.wav
keep=$(sha256sum <"$audio")
rotten "$audio"
ok "a byte that flipped is not seen by the cache" studio check
exits 65 "but by --read-data" studio check --read-data
like "$(cat "$err")" "$audio: rotten: its bytes changed.*what ${one#./}/audio.json says" \
	"which names file and record"
like "$(cat "$err")" "restore it from the store: rm '$audio', then make" \
	"and the cure"
is "$(studio check --read-data --json 2>/dev/null |
	jq -c '[.faults, .found[0].what, .found[0].about]')" \
	"[1,\"rotten\",\"$audio\"]" "as JSON"
rm "$audio"
ok "the cure" make -s
is "$(sha256sum <"$audio")" "$keep" "gives the bytes back"
is "$(count)" "$before" "and costs nothing"
ok "all is well" studio check --read-data

# Without the store git has them; without both it says what there is.
mv "$store" "$tmp/away"
rotten "$audio" 60
exits 65 "rot without a store" studio check --read-data
like "$(cat "$err")" "restore it from git: git checkout HEAD -- '$audio'" "git has it"
git checkout -q HEAD -- "$audio"
is "$(sha256sum <"$audio")" "$keep" "and gives it back"
ok "again all is well" studio check --read-data
git rm -q --cached "$audio"
git commit -qm lost
rotten "$audio" 60
exits 65 "without store and git" studio check --read-data
like "$(cat "$err")" "from a copy; or pay again: .*studio tts 1 --regen" \
	"only to pay again is left"
git reset -q --hard HEAD~1
mv "$tmp/away" "$store"

# An edit is told from rot.
head -c 400 /dev/zero >>"$audio"
exits 65 "an edit" studio check
like "$(cat "$err")" "$audio: modified: .*studio adopt 1 keeps yours; or restore" \
	"is called modified"
exits 65 "also by --read-data" studio check --read-data
like "$(cat "$err")" "$audio: modified: " "is called modified"
like "$(studio status)" "^modified +1 audio" "as status calls it"
git checkout -q HEAD -- "$audio"

# A pointer and a file that is gone.
cp "$audio" "$tmp/keep.wav"
printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 9\n' \
	0 >"$audio"
exits 65 "a pointer" studio check --read-data
like "$(cat "$err")" 'pointer: .*git lfs pull' "is called pointer"
unlike "$(cat "$err")" 'modified|rotten' "and nothing else"
rm "$audio"
mv "$store" "$tmp/away"
exits 65 "a file that is gone, and not in the store" studio check --read-data
like "$(cat "$err")" '1 audio: missing: .*git has it: studio restore 1$' \
	"is called missing, with what brings it back for nothing"
unlike "$(cat "$err"; studio status; studio doctor; studio plan)" '--regen' \
	"and nobody says to pay for it"
run make
like "$(cat "$err")" 'missing; git has it: studio restore 1' "make neither"
run studio tts 1
like "$(cat "$err")" 'missing; git has it: studio restore 1' "nor tts"
studio storyboard >/dev/null 2>&1
like "$(cat storyboard.html)" 'studio restore 1' "nor the storyboard"
mv .git "$tmp/git"
exits 65 "nor in git" studio check
like "$(cat "$err")" '1 audio: missing: .*--regen' "to pay is the way then"
mv "$tmp/git" .git
ok "restore" studio restore 1
ok "brings it back" test -s "$audio"
mv "$tmp/away" "$store"
cp "$tmp/keep.wav" "$audio"

# A film.
film=video/youtube.mp4
rotten "$film"
exits 65 "a film that rots" studio check --read-data
like "$(cat "$err")" "$film: rotten: .*rm '$film', and make makes it again" "is named"
rm "$film"
ok "made again" make -s
ok "it is whole" studio check --read-data

# A take that no film uses.
studio image 1 --again >/dev/null 2>&1
take=$(find "$one" -name 'image.png')
ok "a take of the picture more" studio check --read-data
rotten "$take"
exits 65 "the take that is not used rots" studio check --read-data
like "$(cat "$err")" "${take#./}: rotten" "and is found"
git checkout -q HEAD -- "$take"
before=$(count)

# The store.
reply=$(object "$(request "$one/image.json")")
flip "$reply" 100
exits 65 "a reply in the store that rots" studio check --read-data
like "$(cat "$err")" "$(basename "$reply"): rotten: .*${one#./}/image.json.*doctor --fix" \
	"is found, with the record that needs it"
rm "$take"
run make -s images
isnt "$got" 0 "it is not used"
like "$(cat "$err")" 'its bytes changed on the disk.*doctor --fix' "and make says why"
is "$(count)" "$before" "nor is it paid for again"
flip "$reply" 100
ok "mended" make -s images
ok "all is well once more" studio check --read-data
other=$(printf other | sha256sum | cut -c1-64)
mkdir -p "$(dirname "$(object "$other")")"
echo x >"$(object "$other")"
echo '{"sha256":"'"$other"'","bytes":2,"kind":"audio","provider":"x"}' \
	>"$(object "$other").json"
ok "another project's reply is not looked at" studio check --read-data
exits 65 "but with --store" studio check --read-data --store
like "$(cat "$err")" "$other: rotten: .*another project" "it is"
exits 2 "no operands" studio check 1
chmod -R a-w "$store"
exits 65 "a store that cannot be written is read" studio check --read-data --store
chmod -R u+w "$store"

# Names are safe to paste, and a record is counted once.
git checkout -q -- . 2>/dev/null
one=$(folder . 1) one=${one#./}
sed 's/"audio.wav"/"audio.it'"'"'s.wav"/' "$one/audio.json" >"$one/audio.8.json"
cp "$one/audio.wav" "$one/audio.it's.wav"
git add -A
git commit -qm quote
rotten "$one/audio.it's.wav"
run studio check --read-data
like "$(cat "$err")" \
	"git checkout HEAD -- '$one/audio\\.it'\\\\''s\\.wav'" \
	"a name with a quote is quoted for a shell"
done_testing
