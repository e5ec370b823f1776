#!/bin/sh
# exec: providers made of one-line shell commands, for every stage: trusted,
# paid for once, never lost.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

calls=$tmp/calls
: >"$calls"
count() { wc -l <"$calls"; }

# What the commands give: a script, a sound, a picture.
echo "One two three four." | tts >"$tmp/voice.wav"
echo "a picture" | image --size 64x36 >"$tmp/picture.png"
script="exec:echo s >>$calls; echo '# Film'; echo; cat"
voice="exec:echo v >>$calls; cat >/dev/null; cat $tmp/voice.wav"
picture="exec:echo p >>$calls; cat >/dev/null; cat $tmp/picture.png"

# In a pipe: the user typed it, so it needs no trust.
is "$(echo hello there | gen-script --provider 'exec:tr a-z A-Z')" \
	"HELLO THERE" "gen-script by exec"
ok "tts by exec" sh -c 'echo x | tts --provider "$1" >a.wav' - "$voice"
ok "it gives sound" test -s a.wav
run sh -c 'echo hello there | tts --provider exec:cat'
is "$got" 65 "text in the place of sound is refused"
like "$(cat "$err")" 'text, not sound: "hello there"' "and quoted"
ok "image by exec" sh -c 'echo x | image --provider "$1" >a.png' - "$picture"
ok "it gives a picture" test -s a.png
: >"$calls"

ok "a project" studio new film --title Film
cd film || exit 1
printf 'size: 128x72\nquality: draft\n' >>project.yaml
rm brief.md
echo "The sea is salt. Rain is not." >source.md
studio config scriptModel "$script"
studio config ttsProvider "$voice"
studio config imageModel "$picture"

run make
is "$got" 2 "a command that is not trusted is not run"
like "$(cat "$err")" 'studio trust --add' "and the cure is named"
is "$(count)" 0 "no call was made"
exits 78 "exit 78 from the step itself" studio gen-script

studio trust --add "$script" >/dev/null
studio trust --add "$voice" >/dev/null
studio trust --add "$picture" >/dev/null
ok "with trust the film is made" make
n=$(find scenes -mindepth 1 -type d | wc -l)
is "$(count)" $((n * 2 + 2)) "one call a script, voice, picture and cover"
is "$(find ledger -type f | wc -l)" "$(count)" "each has a line in the ledger"
ok "paid media are tracked" test -z "$(git check-ignore scenes/*/audio.wav)"
is "$(jq -r .digitalSourceType scenes/*/audio.json | sort -u)" \
	trainedAlgorithmicMedia "and marked as made by a model"

calls_before=$(count)
ok "a second make" make
is "$(count)" "$calls_before" "pays nothing"

# There and back.
studio config defaultTtsVoice other
like "$(studio plan)" "$n paid call" "plan: another voice is a call a scene"
ok "made" make
is "$(count)" $((calls_before + n)) "and so it was"
studio config defaultTtsVoice slt
like "$(studio plan)" "0 paid calls; $n answered from the store" \
	"back again is answered from the store"
ok "made" make
is "$(count)" $((calls_before + n)) "without a call"

# Lost media come back from the store; without it they wait for the user.
rm scenes/*/audio.wav
ok "media that were lost" make
is "$(count)" $((calls_before + n)) "are restored without a call"
rm scenes/*/audio.wav
mv "$XDG_DATA_HOME" "$tmp/away"
run make
isnt "$got" 0 "lost from the store too: make stops"
like "$(cat "$out" "$err")" '--regen' "naming --regen"
is "$(count)" $((calls_before + n)) "it does not pay by itself"
mv "$tmp/away" "$XDG_DATA_HOME"
ok "put back" make

# Edited by hand: kept, used, never overwritten.
one=$(find scenes -mindepth 1 -type d | sort | head -1)
cp "$tmp/voice.wav" own.wav
printf 'LIST\004\000\000\000abcd' >>own.wav
cp own.wav "$one/audio.wav"
ok "the user's own edit of paid media" make
same_file own.wav "$one/audio.wav" "is kept"
like "$(studio status)" 'modified' "and said"
ok "adopt" studio adopt 1
unlike "$(studio status)" 'modified' "takes it for fresh"
is "$(count)" $((calls_before + n)) "for nothing"

# A provider that refuses.
no="exec:echo n >>$calls; echo 'not this text' >&2; exit 69"
studio trust --add "$no" >/dev/null
studio config ttsProvider "$no"
before=$(count)
run make -k
isnt "$got" 0 "a refusal stops the film"
like "$(cat "$err")" 'not this text' "in the provider's words"
asked=$(($(count) - before))
run make -k
is "$(($(count) - before))" "$asked" "the same request is not tried again"
exits 69 "until it is asked for" studio tts 1 --retry
is "$(($(count) - before))" $((asked + 1)) "with --retry"
studio config ttsProvider "$voice"

# Many at once for one reply.
rm -rf "$XDG_DATA_HOME/studio/store"
slow="exec:echo v >>$calls; sleep 0.3; cat >/dev/null; cat $tmp/voice.wav"
studio trust --add "$slow" >/dev/null
studio config ttsProvider "$slow"
before=$(count)
for _ in 1 2 3 4 5; do studio tts 1 >/dev/null 2>&1 & done
wait
is "$(($(count) - before))" 1 "five at once pay once"

done_testing
