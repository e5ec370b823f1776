#!/bin/sh
# studio's own commands, without any media.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

exits 2 "no command is usage" studio
exits 2 "an unknown command too" studio frobnicate
exits 78 "no project here" studio status
like "$(cat "$err")" 'project.yaml.*studio new' "says what to do"
ok "help" studio help

# new
ok "new" studio new "Sea Shanties" --target-length 45s
like "$(cat "$out")" '^Sea Shanties$' "prints the folder"
cd "Sea Shanties" || exit 1
is "$(sed -n 's/^title: //p' project.yaml)" "Sea Shanties" \
	"the title comes from the folder"
ok "git set-up" test -d .git
is "$(git config core.fsync)" all "what was paid for is synced"
is "$(git check-ignore build/x a.local.wav video/a.mp4 storyboard.html |
	wc -l)" 4 "what is made again is ignored"
is "$(git check-ignore video/a.en.srt scenes/x/audio.wav | wc -l)" 0 \
	"what is kept is not"
exits 2 "never over a project" studio new .
ok "new inside a work tree" studio new inner
ok "is not nested" test ! -e inner/.git
rm -r inner
ok "from another" studio new ../second --from . --title "More"
is "$(sed -n 's/^look: //p' ../second/settings.yaml)" \
	"$(sed -n 's/^look: //p' settings.yaml)" "it has that one's look"
isnt "$(sed -n 's/^id: //p' ../second/project.yaml)" \
	"$(sed -n 's/^id: //p' project.yaml)" "and an id of its own"
ok "another language" studio new ../drei --language de
is "$(sed -n 's/^ttsProvider: //p' ../drei/settings.yaml)" espeak \
	"German is spoken by espeak"
exits 65 "a wrong platform" studio new ../four --platform vhs
like "$(cat "$err")" 'platform.*vhs.*youtube' "names what is allowed"
ok "leaves no half project" test ! -e ../four/project.yaml

# add, show
ok "add" studio add "What shall we do with the drunken sailor?"
ok "add at the front" studio add --at 1 "Way hay, up she rises."
is "$(studio show --json | jq -r '.scenes[0].text')" \
	"Way hay, up she rises." "the order is that of the folders"
is "$(studio show --json 2 | jq -r .index)" 2 "one scene"
exits 2 "a scene that is not there" studio show 9
like "$(cat "$err")" '9' "is named"
printf 'bad \377 bytes' >bad
exits 65 "no UTF-8" sh -c 'studio add <bad'
rm bad

is "$(studio show --json 1-2 | jq -c .index | paste -sd' ')" "1 2" "a range"
exits 2 "a scene without words is not added by mistake" studio add ""
like "$(cat "$err")" 'duration' "and the message says how it is made"
ok "help on a command" studio help show
like "$(cat "$out")" '^usage: studio show' "is its usage"
ok "also on a filter" studio help tts
exits 2 "no such help" studio help nosuch
mkdir scenes/000900-x
echo 'duration: 3s' >scenes/000900-x/scene.yaml
exits 65 "a scene that lacks its text" studio status
like "$(cat "$err")" '"" for a scene without words' "is told of silent ones"
rm -r scenes/000900-x
cp project.yaml ../keep
echo 'music: {file: media/a.mp3, level: -18}' >>project.yaml
exits 65 "a level in dB" studio status
like "$(cat "$err")" 'LU below the voice' "is told its unit"
cp ../keep project.yaml
echo 'size: 320x180' >>project.yaml
like "$(studio status)" ' 320x180 ' "status says the size that is set"
cp ../keep project.yaml

# config
ok "config sets" studio config defaultTtsVoice rms
is "$(studio config defaultTtsVoice)" rms "and shows"
before=$(cat settings.yaml)
exits 65 "a wrong value" studio config defaultSpeed 9
is "$(cat settings.yaml)" "$before" "leaves the file alone"
exits 2 "a setting that nothing reads" studio config defaultVoice rms
like "$(cat "$err")" 'no such setting' "is said to be none"
is "$(cat settings.yaml)" "$before" "and not written"
exits 2 "a key of the project" studio config budget 1
is "$(cat "$err")" \
	"studio config: budget: is no setting; write it into project.yaml" \
	"is sent there"
exits 2 "also when it is asked for" studio config budget
like "$(cat "$err")" 'into project.yaml$' "where it is"
exits 2 "one of a scene" studio config audio.voice rms
like "$(cat "$err")" 'into the scene.yaml of a scene$' "too"
exits 2 "one of a film" studio config --user preset shorts
like "$(cat "$err")" 'an entry of videos: in project.yaml$' "too"
exits 2 "one that programs write" studio config sha256 1
like "$(cat "$err")" 'no such setting; man studio-project' "is none"
exits 1 "a setting that is not set" studio config promptFile
is "$(cat settings.yaml)" "$before" "and all is as it was"
exits 74 "new without its source" studio new ../half --source ../nothing
ok "leaves no folder" test ! -e ../half
exits 65 "a folder as source" studio new ../half --source ..
echo "Tides turn twice a day." >../tides.md
ln -s tides.md ../link.md
mkfifo ../pipe
echo "For sailors." >../pipe &
ok "a link and a pipe that the user names" studio new ../half \
	--source ../link.md --brief ../pipe
wait
is "$(cat ../half/source.md ../half/brief.md)" \
	"$(cat ../tides.md && echo "For sailors.")" "are read"
ok "and copied" test ! -L ../half/source.md -a -f ../half/brief.md
rm -r ../half
exits 65 "one that does not end" studio new ../half --source /dev/zero
ok "leaves no folder" test ! -e ../half

# trust
exits 0 "trust" studio trust --add 'echo "a b"'
like "$(studio trust)" '^echo "a b"$' "byte for byte"

# records that are wrong
cp project.yaml ../keep
echo 'tone: [' >>project.yaml
exits 65 "broken YAML" studio status
like "$(cat "$err")" 'project.yaml:[0-9]+:[0-9]+:' "names file, line, column"
cp ../keep project.yaml
one=$(find scenes -mindepth 1 -type d -printf '%f\n' | sort | head -1)
cp -r "scenes/$one" "scenes/000500-copy"
exits 65 "two equal ids" studio status
like "$(cat "$err")" "$one.*000500-copy|000500-copy.*$one" "names both"
rm -r scenes/000500-copy
printf '<<<<<<< HEAD\ntext: a\n=======\ntext: b\n>>>>>>> x\n' \
	>"scenes/$one/scene.yaml"
exits 65 "merge markers" studio plan
like "$(cat "$err")" 'scene.yaml:1.*merge' "are named as such"
exits 65 "refresh refuses too" studio refresh --make
is "$(cat "$out")" "" "and prints no word for make"
run make
is "$got" 2 "make stops"

done_testing
