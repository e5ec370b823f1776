#!/bin/sh
# studio doctor: what crashes, merges and clones leave behind is named, and what
# can be mended without losing or paying for anything is mended by --fix.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/paid.sh"

paid_film film 3
ok "a film" make -s -C film
cd film || exit 1
git add -A
git commit -qm film
one=$(folder . 1) one=${one#./}
two=$(folder . 2) two=${two#./}
ok "doctor" studio doctor
is "$(cat "$out")" "Nothing is wrong." "finds nothing"
is "$(studio doctor --json | jq -c .)" '{"left":0,"found":[]}' "as JSON"
before=$(count)
sums . >"$tmp/before"
exits 2 "no operands" studio doctor 3

# crash RECORD: its reply came and its program died, at this point
crash() {
	digest=$(request "$1")
	mkdir -p "$store/journal" "$store/intents"
	mv "$(object "$digest")" "$store/journal/$digest"
	rm "$(object "$digest").json"
	printf '{"request": "%s", "kind": "audio", "provider": "home:m", "for": "scene 1 audio", "at": "2026-11-26T08:00:00Z", "estimate": 0.012}\n' \
		"$digest" >"$store/intents/$digest"
}

# A reply that was journalled and not installed, in all three kinds.
crash "$one/audio.json"
crash "$two/image.json"
crash cover.json
rm "$one"/audio.* "$two"/image.* cover.*
is "$(studio plan --json | jq .total.calls)" 0 "plan counts no call for them"
exits 75 "replies that were not installed" studio doctor
is "$(grep -c '^journalled .*not installed' "$out")" 3 "are named"
like "$(cat "$out")" '^journalled +1 audio: its reply \(exec:' "with asset and provider"
like "$(cat "$out")" '^3 things to see to' "and counted"
ok "nothing was changed" test ! -e "$one/audio.json"
ok "--fix" studio doctor --fix
is "$(grep -c '^fixed' "$out")" 3 "installs them"
is "$(count)" "$before" "and pays nothing"
is "$(cat ledger/*.json | jq -r .request | sort | uniq -d)" "" \
	"each has its line in the ledger once"
sums . | grep -vE 'updatedAt|\.json|stat-cache|build/' >"$tmp/a"
grep -vE '\.json|stat-cache|build/' "$tmp/before" >"$tmp/b"
same_file "$tmp/b" "$tmp/a" "the media are what they were"
ok "then nothing is left" studio doctor
make -s >/dev/null 2>&1
is "$(count)" "$before" "nor to be made"

# A file that is gone, and the store has it.
rm "$one/audio.wav"
exits 75 "a file that is gone" studio doctor
like "$(cat "$out")" '^missing +1 audio: .*the store has it' "is named missing"
ok "--fix" studio doctor --fix
ok "puts it back" test -s "$one/audio.wav"
is "$(count)" "$before" "for nothing"
mv "$store" "$tmp/away"
rm "$one/audio.wav"
exits 75 "gone without a store" studio doctor --fix
like "$(cat "$out")" 'git has it: studio restore 1$' "is in git still"
unlike "$(cat "$out")" '--regen' "so nobody says to pay"
ok "and nothing is asked" test ! -e "$one/audio.wav"
rm "$one/audio.json"
ok "a record is gone too" studio doctor
like "$(cat "$out")" '^ledger +ledger: 1 reply .*in neither the store nor' \
	"then the ledger names what nobody has"
mv "$tmp/away" "$store"
git checkout -q -- "$one"

# A call that was never answered.
mkdir -p "$store/intents"
printf 'text: %s\n' "A fourth part." >scenes.new
mkdir scenes/000400-new && mv scenes.new scenes/000400-new/scene.yaml
studio split-scenes >/dev/null
four=$(folder . 4)
wanted=$(studio plan --json | jq -r '.assets[] | select(.asset=="audio") | .reason')
like "$wanted" 'never made' "a scene to be made"
# its digest: of the intent that a killed call leaves
studio config ttsProvider "exec:kill -9 \$PPID"
studio trust --add "exec:kill -9 \$PPID" >/dev/null
studio tts 4 >/dev/null 2>&1
n=$(find "$store/intents" -type f | wc -l)
is "$n" 1 "a program that dies while it asks leaves an intent"
exits 75 "it" studio doctor --fix
like "$(cat "$out")" '^open call +scene 4 .*: asked of exec:kill.* at 20[0-9-]*T.*no answer came' \
	"is named with provider and time"
like "$(cat "$out")" 'make asks again, and the ledger will say that 1 more' "and what make does"
digest=$(basename "$(find "$store/intents" -type f)")
sed -i 's/^{/{"note": "job 7",/' "$store/intents/$digest"
exits 75 "a job" studio doctor
like "$(cat "$out")" 'accepted as a job.*not fetched' "is told from it"
like "$(cat "$out")" 'make asks for that result' "as it goes on"
git checkout -q -- settings.yaml
ok "of an older text" studio doctor
like "$(cat "$out")" '^open call .*' "it is a note"
rm "$store/intents/$digest"
rm -r "$four"
studio split-scenes >/dev/null
git add -A
git commit -qm again

# Temp files: of the dead and of the living.
touch .project.yaml.999999.0.tmp "$one/.audio.wav.1.0.tmp" \
	"$store/journal/.x.12.3.tmp" "$one/.keep.tmp" "$one/.x.tmp.1"
perl -MFcntl=:flock -e 'open my $h, ">", $ARGV[0] or die;
	flock $h, LOCK_EX or die; print STDERR "ready\n"; sleep 30' \
	"$one/.image.png.7.0.tmp" 2>"$tmp/ready" &
living=$!
until [ -s "$tmp/ready" ]; do sleep 0.05; done
exits 75 "leftovers" studio doctor
is "$(grep -c '^leftover' "$out")" 3 "are named, but for one that is written"
ok "--fix" studio doctor --fix
is "$(grep -c '^fixed' "$out")" 3 "removes them"
ok "not that of the living" test -e "$one/.image.png.7.0.tmp"
ok "nor other names" test -e "$one/.keep.tmp" -a -e "$one/.x.tmp.1"
kill -9 $living
wait $living 2>/dev/null
ok "when it is dead" studio doctor --fix
ok "it goes" test ! -e "$one/.image.png.7.0.tmp"
rm "$one/.keep.tmp" "$one/.x.tmp.1"

# Media and records without each other.
cp "$one/audio.wav" "$one/audio.7.wav"
echo x >"$one/image.local.png"
echo x >"$one/notes.txt"
exits 75 "media without a record" studio doctor
like "$(cat "$out")" "^no record +$one/audio.7.wav" "is named"
like "$(cat "$out")" "studio tts 1 --file '$one/audio.7.wav'" "with its use"
like "$(cat "$out")" "^no record +$one/image.local.png" "free media too"
unlike "$(cat "$out")" 'notes.txt' "your own files not"
ok "--fix removes none" sh -c "studio doctor --fix; test -e $one/audio.7.wav"
rm "$one/audio.7.wav" "$one/image.local.png" "$one/notes.txt"

# A rotten reply.
reply=$(object "$(request "$two/audio.json")")
flip "$reply" 200
exits 75 "a rotten reply" studio doctor
like "$(cat "$out")" "^rotten .*$(basename "$reply"): .*the project has its media" \
	"is named, with what replaces it"
ok "--fix" studio doctor --fix
ok "keeps it aside" test -s "$store/rejected/$(basename "$reply").rotten"
keep=$(sha256sum <"$two/audio.wav")
rm "$two/audio.wav"
ok "the store answers again" make -s audio
is "$(sha256sum <"$two/audio.wav")" "$keep" "with the same voice"
is "$(count)" "$before" "for nothing"
flip "$reply" 200
rm "$two/audio.wav"
run studio doctor
like "$(cat "$out")" 'git has what it made: studio restore 2, then' \
	"with the media gone as well, git's come first"
unlike "$(cat "$out")" 'paid for, again' "nothing is paid for again"
ok "restore" studio restore 2
ok "and --fix" studio doctor --fix
rm "$two/audio.wav"
ok "the store answers again" make -s audio
is "$(sha256sum <"$two/audio.wav")" "$keep" "with the same voice"
is "$(count)" "$before" "for nothing"
rm "$reply"
exits 75 "a record without its reply" studio doctor
like "$(cat "$out")" '^leftover .*record without its reply' "is a leftover"
ok "--fix" studio doctor --fix
ok "removes it" test ! -e "$reply.json"

# Git.
git config --unset merge.directoryRenames
exits 75 "a clone's settings" studio doctor
like "$(cat "$out")" '^git +settings: .*merge.directoryRenames' "are named"
like "$(cat "$out")" '^ +git config merge.directoryRenames true' "with the cure"
ok "--fix" studio doctor --fix
is "$(git config merge.directoryRenames)" true "sets them"

# Merges.
mv "$one" "scenes/000100-00000000"
ok "a folder of another name" studio doctor
like "$(cat "$out")" "^name +scenes/000100-00000000: " "is a note"
like "$(cat "$out")" "git mv scenes/000100-00000000 $one$" "with its name"
mv "scenes/000100-00000000" "$one"
cp -r "$one" scenes/000250-copy
exits 65 "one id twice" studio doctor --fix
like "$(cat "$out")" "^same id +$one and scenes/000250-copy: " "names both"
like "$(cat "$out")" 'rm -r one of them; or delete the "id:" line' "and the cure"
unlike "$(cat "$out")" '^broken' "once"
sed -i '/^id:/d' scenes/000250-copy/scene.yaml
rm scenes/000250-copy/*.json scenes/000250-copy/*.wav scenes/000250-copy/*.png
ok "the cure" studio doctor
rm -r scenes/000250-copy
printf '<<<<<<< HEAD\ntext: a\n=======\ntext: b\n>>>>>>> x\n' \
	>>"$two/scene.yaml"
{
	echo '{'
	echo '<<<<<<< HEAD'
	echo '  "id": "a",'
	echo '======='
	echo '  "id": "b",'
	echo '>>>>>>> other'
} >"$two/audio.json"
printf '# Film\n\n<<<<<<< no end\n' >>brief.md
exits 65 "merge markers" studio doctor --fix
like "$(cat "$out")" "^merge +$two/scene.yaml:[0-9]+: " "in a scene"
like "$(cat "$out")" "^merge +$two/audio.json:2: " "in a record"
like "$(cat "$out")" "git checkout --ours .* '$two/audio.\*'" "with its media"
unlike "$(cat "$out")" 'brief' "not where only one is"
git checkout -q -- .
rm brief.md
echo '{' >"$two/image.json"
exits 65 "a broken project" sh -c 'echo "title: [" >project.yaml; studio doctor'
like "$(cat "$out")" '^broken +project: project.yaml:' "is told, and the rest too"
git checkout -q -- .
for file in project.yaml "$two/scene.yaml"; do
	: >"$file"
	exits 65 "an empty ${file##*/}" studio status
	like "$(cat "$err")" "$file: is empty; .*git checkout HEAD -- $file$" \
		"is brought back by git"
	unlike "$(cat "$err")" 'uuidgen' "not written anew"
	exits 65 "doctor" studio doctor
	like "$(cat "$out")" "^ +mend it, or .*: git checkout HEAD -- '$file'$" \
		"says so too"
	git checkout -q HEAD -- "$file"
done
echo '{' >"$(find ledger -name '*.json' | head -1)"
exits 65 "a broken ledger" studio doctor
like "$(cat "$out")" '^broken +ledger: ledger/' "is named"
git checkout -q -- .
ok "well again" studio doctor

# Records and media that cannot be read: named, with a cure that works, and the
# media of such a record are nobody's rubbish.
# broken CURE NAME
broken() {
	exits 65 "$2" studio doctor
	like "$(cat "$out")" '^broken +1 audio: ' "is named broken"
	is "$(sed -n 2p "$out" | sed 's/^ *//')" "$1" "with the cure"
	unlike "$(cat "$out")" '^no record|rm ' "its voice is not called rubbish"
	run studio check
	is "$got:$(tail -1 "$out" | sed 's/.*, //')" "65:1 fault" \
		"check counts it once"
	like "$(cat "$err")" "$1\$" "and says the same"
}
for say in "" '{"status": "ready"}' '[' '<<<<<<< a'; do
	echo "$say" >"$one/audio.json"
	broken "mend that file, or: studio restore 1" "a record of '$say'"
	ok "restore" studio restore 1
	ok "mends it" studio doctor
done
sed -i '/"status"/d' "$one/audio.json"
broken "mend that file, or: studio restore 1" "a record without its state"
ok "restore" studio restore 1
for file in audio.json audio.wav; do
	mv "$one/$file" "$tmp/$file"
	for as in "ln -s $tmp/$file" mkdir mkfifo; do
		$as "$one/$file"
		broken "move $file away, then: studio restore 1" "$file by $as"
		mv "$one/$file" "$tmp/away.$file"
		ok "restore" studio restore 1
		rm -r "${one:?}/$file" "$tmp/away.$file"
	done
	mv "$tmp/$file" "$one/$file"
done
ok "well again" studio doctor
echo '{' >"$one/audio.9.json"
exits 65 "a record of a take that nobody wants" studio doctor
like "$(cat "$out")" "^broken +$one/audio.9.json: " "is named as well"
rm "$one/audio.9.json"

# Of a film, which is free.
mkdir -p video
echo '{"id": 3}' >video/youtube.json
exits 65 "the record of a film" studio doctor
like "$(cat "$out")" '^broken +youtube: .*video/youtube.json:1: id: found' \
	"is named as well"
like "$(cat "$out")" 'mend it, or remove it, then: make' "with what to do"
exits 65 "plan" studio plan
like "$(cat "$err")" 'or remove it, and make makes the film again' "says it too"
rm -r video

# A file of the user's own takes the place of what was paid for, which is kept.
ok "a voice of the user's own" studio tts 1 --file "$tmp/voice.wav"
ok "doctor" studio doctor
like "$(cat "$out")" "^kept +$one/audio.wav: the scene uses your own " \
	"notes what it had before"
unlike "$(cat "$out")" 'rm |--file' "and does not call for its end"
like "$(tail -1 "$out")" '^Nothing to see to' "a note is nothing to see to"
git checkout -q -- .
rm -r media
echo x >"$one/audio.it's.wav"
run studio doctor
like "$(cat "$out")" "--file '$one/audio.it'\\\\''s.wav' uses it" \
	"names are safe to paste"
rm "$one/audio.it's.wav"

# While another works: its reply is not touched, nor is it waited for.
crash "$one/audio.json"
rm "$one"/audio.*
perl -MFcntl -e 'my ($f, $d) = @ARGV; open my $h, "+>>", $f or die;
	my $l = pack("s s x4 q q i x4", F_WRLCK, 0, hex(substr $d, 0, 15), 1, 0);
	fcntl($h, 37, $l) or die "$!"; print STDERR "ready\n"; sleep 30' \
	"$store/lock" "$digest" 2>"$tmp/ready2" &
living=$!
until [ -s "$tmp/ready2" ]; do sleep 0.05; done
ok "a reply that is being installed" studio doctor --fix
like "$(cat "$out")" '^under way +1 audio' "is under way"
kill -9 $living
wait $living 2>/dev/null
ok "then" studio doctor --fix
ok "it is installed" test -s "$one/audio.wav"
is "$(count)" "$before" "nothing was paid for in all this"

# A store and a project that cannot be written.
if mount -t tmpfs none "$tmp/away" 2>/dev/null || { mkdir "$tmp/away" &&
	mount -t tmpfs none "$tmp/away"; } 2>/dev/null; then
	trap 'umount "$tmp/away" 2>/dev/null; cleanup' EXIT
	cp -a "$store/." "$tmp/away"
	echo "storeDir: $tmp/away" >>"$XDG_CONFIG_HOME/studio/settings.yaml"
	rm "$one/audio.wav"
	touch "$tmp/away/journal/.x.1.1.tmp"
	mount -o remount,ro "$tmp/away"
	exits 75 "a store that cannot be written" studio doctor
	like "$(cat "$out")" '^leftover' "is looked at"
	exits 75 "and not mended" studio doctor --fix
	like "$(cat "$out")" 'Read-only' "which is said"
else
	skip "cannot mount a file system here"
fi
done_testing
