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
like "$(studio plan)" "^$n call" "plan: another voice is a call a scene"
ok "made" make
is "$(count)" $((calls_before + n)) "and so it was"
studio config defaultTtsVoice slt
like "$(studio plan)" "^0 calls; $n answered from the store" \
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

# A file of the user's own takes another record than what was made before it.
cp "$one/scene.yaml" before.yaml
echo "audio: {file: own.wav}" >>"$one/scene.yaml"
exits 75 "a file of yours" studio adopt 1
like "$(cat "$err")" "audio: it is a file of yours.*run make" "is not adopted"
cp before.yaml "$one/scene.yaml"
like "$(studio status)" "is finished and fresh|assets are fresh" \
	"and without it all is as before"

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
run make audio
isnt "$got" 0 "make audio is not done with it either"
like "$(cat "$err")" 'not this text.*--retry' "and says why"
is "$(($(count) - before))" "$asked" "without asking"
run make
is "$got" 2 "and make never says that all is done, though a film is there"
like "$(cat "$err")" 'scene 1 .*its audio failed.*--retry' \
	"but what waits for whom"
run make video
is "$got:$(test -s video/youtube.mp4 && echo there)" 2:there "nor make video"
run studio status
like "$(cat "$out")" 'stale +youtube +held back' "status shows the film's row"
is "$(studio plan --json | jq -r '.assets[] | select(.asset == "video") |
	"\(.state) \(.planned) \(.parts | length)"')" "stale false 0" \
	"plan too, which plans nothing of it"
is "$(($(count) - before))" "$asked" "nobody was asked for all that"
exits 69 "until it is asked for" studio tts 1 --retry
is "$(($(count) - before))" $((asked + 1)) "with --retry"
studio config ttsProvider "$voice"

# Options and characters: handed to the command, and part of the digest.
seen=$tmp/seen
curious="exec:env >>$seen; cat >/dev/null; cat $tmp/picture.png"
studio trust --add "$curious" >/dev/null
studio config imageModel "$curious"
ok "pictures of another command" studio image
is "$(grep -c STUDIO_OPTION "$seen")" 0 "without options none are handed on"
: >"$seen"
ok "an option" studio config imageOptions.cfg_scale 6.5
ok "and pictures anew" studio image
is "$(grep -c '^STUDIO_OPTION_CFG_SCALE=6.5$' "$seen")" "$n" \
	"each call gets the option"
is "$(jq -r '.inputs["option.cfg_scale"]' "$one/image.json")" 6.5 \
	"the record says so"
exits 65 "a list is no option" studio config imageOptions.a '[1]'
like "$(cat "$err")" 'imageOptions.a: found .a list.' "and named"
: >"$seen"
mkdir -p media
cp "$tmp/picture.png" media/sea.png
cp project.yaml "$tmp/project.yaml"
cat >>project.yaml <<-EOF
	characters:
	  Sea: {description: wide and green, picture: media/sea.png}
	  Otto: an old man
EOF
ok "characters" studio image
named=$(grep -ilw sea scenes/*/scene.yaml | wc -l)
is "$(grep -c '^STUDIO_CHARACTERS=Sea: wide and green$' "$seen")" "$named" \
	"the scenes that name one are made anew"
is "$(grep -c "^STUDIO_REFERENCES=$PWD/media/sea.png\$" "$seen")" "$named" \
	"with the picture of it"
is "$(grep -c '^STUDIO_CHARACTERS' "$seen")" "$named" "and no others"
: >"$seen"
echo "a picture of it" | image --size 32x18 >media/sea.png
ok "another picture of it" studio image
is "$(grep -c '^STUDIO_CHARACTERS=Sea' "$seen")" "$named" "counts as a change"
: >"$seen"
sed -i 's/an old man/a young man/' project.yaml
ok "a character that no scene names" studio image
is "$(wc -l <"$seen")" 0 "is nobody's change"
studio config imageModel card
ok "cards" studio image
before=$(jq -r .request "$one/image.json")
studio config imageOptions '{steps: 9}'
ok "options for a card" studio image
is "$(jq -r .request "$one/image.json")" "$before" "change nothing"
ok "a project from another" studio new ../twin --title Twin --from .
is "$(studio -C ../twin config imageOptions.steps)" 9 "takes its options"
studio config --unset imageOptions
ok "options of one's own" studio config --user ttsOptions '{stability: 0.4}'
ok "a new project" studio new ../fresh --title Fresh
is "$(studio -C ../fresh config ttsOptions.stability)" 0.4 "starts with them"
studio config --user --unset ttsOptions
studio config imageModel "$picture"
cp "$tmp/project.yaml" project.yaml

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
