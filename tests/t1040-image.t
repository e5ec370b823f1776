#!/bin/sh
# image: a picture from words, in a pipe and in a project.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# As a filter; small frames, so that it is fast.
small() { echo "$1" | image --size 320x180 >"$2"; }
ok "a prompt gives a picture" small "a harbour at dawn" a.png
ok "again" small "a harbour at dawn" b.png
same_file a.png b.png "the same words, the same bytes"
ok "other words" small "a map of the harbour" c.png
fails "give another picture" cmp a.png c.png
is "$(file -b a.png | grep -o '400 x 225')" "400 x 225" "1.25 times the frame"
if command -v exiftool >/dev/null; then
	like "$(exiftool -s3 -XMP-iptcExt:DigitalSourceType a.png)" \
		'algorithmicMedia$|rithm' "it says how it was made"
else
	skip "no exiftool"
fi

bare() { image </dev/null >x.png; }
exits 65 "no words is bad data" bare
wrong() { echo x | image --size 3x5 >x.png; }
exits 2 "a wrong size is usage" wrong
unknown() { echo x | image --provider nobody >x.png; }
exits 78 "an unknown provider is configuration" unknown
like "$(cat "$err")" 'card, exec' "and the message names those there are"
broken() { printf '\377' | image >x.png; }
exits 65 "a prompt that is not UTF-8" broken
if command -v script >/dev/null; then
	exits 2 "a terminal on stdin: usage" \
		script -qec "image >/dev/null" /dev/null
fi
outside() { echo x | image --provider "exec:cat $scratch/a.png" >d.png; }
ok "exec: any program" outside
same_file a.png d.png "its bytes come through"

# A picture of the user's, which the tests draw.
echo "blue shapes" | image --size 200x100 --style swiss >own.png
printf 'not a picture' >bad.png

# In a project
ok "a project" studio new film --title "Three scenes" --platform youtube
cd film || exit 1
echo 'size: 320x180' >>project.yaml
for n in 1 2 3; do
	mkdir -p "scenes/00010$n-1000000$n"
	cat >"scenes/00010$n-1000000$n/scene.yaml" <<-EOF
	id: 1000000$n-0000-4000-8000-000000000000
	text: The tide number $n comes in.
	createdAt: 2026-01-01T00:00:00Z
	EOF
done
s1=scenes/000101-10000001 s2=scenes/000102-10000002 s3=scenes/000103-10000003

ok "every scene gets a picture" image -C .
is "$(wc -l <"$out")" 3 "one record a line"
is "$(jq -r .status "$out" | sort -u)" ready "all ready"
is "$(jq -r '[.prompt, .model, .width, .height, .isMain, .url] | @csv' "$out" |
	head -n 1)" \
	'"The tide number 1 comes in.","card",400,225,true,"image.local.png"' \
	"a record says what was made"
ok "the picture is there" test -s $s1/image.local.png
is "$(sha256sum <$s1/image.local.png | cut -c1-64)" \
	"$(jq -r .sha256 $s1/image.json)" "its hash is that of the record"
sums scenes >../first.sums
ok "a second run" image -C .
sums scenes >../second.sums
same_file ../first.sums ../second.sums "changes nothing"

ok "another take" image -C . --again 2
is "$(jq -r 'select(.isMain) | .url' "$out")" image.2.local.png "is the main one"
ok "is beside the first" test -s $s2/image.2.local.png
ok "which stays" test -s $s2/image.local.png
fails "and is another picture" cmp $s2/image.local.png $s2/image.2.local.png
like "$(cat $s2/scene.yaml)" 'use: 2' "it is the one used"
cp $s2/scene.yaml keep.yaml
sed -i 's/use: 2/use: 22/' $s2/scene.yaml
exits 65 "a take that nobody asked for is a slip" image -C . 2
like "$(cat "$err")" "$s2/scene.yaml:[0-9]*: image.use: there is no take 22 of 2; use another, or say takes: 22 too" \
	"is said, and not made twenty times"
mv keep.yaml $s2/scene.yaml
like "$(cat $s2/scene.yaml)" '^text: The tide number 2' "the rest is kept"

ok "the user's own picture" image -C . --file ../own.png 3
ok "is copied into the project" cmp ../own.png media/own.png
is "$(jq -r '[.url, .provider, .width, .height] | @csv' $s3/image.json)" \
	'"../../media/own.png","file",250,125' "and recorded with its size"
is "$(jq -r .sha256 $s3/image.json)" \
	"$(sha256sum <media/own.png | cut -c1-64)" "and its hash"
exits 65 "no picture is refused" image -C . --file ../bad.png 1
like "$(cat "$err")" 'bad.png: this is no picture' "and named"
ok "and is not copied" test ! -e media/bad.png

# One scene that fails never hides the others.
cp ../bad.png media/bad.png
printf 'image: {file: media/bad.png}\n' >>$s1/scene.yaml
exits 65 "a broken picture" image -C .
is "$(jq -r .url "$out" | wc -l)" 3 "the others are made all the same"
like "$(cat "$err")" 'scene 1 .*media/bad.png' "it is named"
ln -s ../../own.png media/link.png
sed -i 's/bad.png/link.png/' $s1/scene.yaml
exits 65 "a link that leads out of the project" image -C . 1

sed -i '/^image:/d' $s1/scene.yaml
ok "mended, all is well" image -C .
ok "the cover" image -C . --cover
is "$(jq -r '[.prompt, .url, .isMain] | @csv' "$out")" \
	'"Three scenes","cover.local.png",true' "is drawn from the title"
exits 2 "--file needs one scene" image -C . --file ../own.png
exits 2 "--cover takes no scene" image -C . --cover 1
exits 78 "no project" image -C /

# A command that a project names runs only when it is trusted.
ok "style by name" image -C . --style nebula 1
like "$(cat $s1/scene.yaml)" 'style: nebula' "is written to the scene"
like "$(jq -r .version $s1/image.json)" 'nebula' "and drawn"
is "$(cat "$err")" "" "in silence"
ok "a style that cards have not" image -C . --style 'oil on canvas' 1
like "$(cat "$err")" 'scene 1 .*"oil on canvas".*ridges, sea, .*, halftone$' \
	"is drawn, with a word on those that there are"
is "$(jq -r '.warnings | length' $s1/image.json)" 1 "which the record keeps"
ok "words near one" image -C . --style 'folded paper' 1
is "$(cat "$err")" "" "are known"
is "$(echo x | image --size 64x36 --style ' ' 2>&1 >/dev/null)" "" \
	"no style is fine too"
like "$(echo x | image --size 64x36 --style oil 2>&1 >/dev/null)" \
	'"oil".*nebula' "a pipe is warned as well"
exits 78 "an untrusted command" image -C . --provider 'exec:cat ../own.png'
ok "is not run" test ! -e $s1/image.png
ok "trusted" studio trust --add 'cat ../own.png'
ok "it is run" image -C .
ok "and its bytes are kept" cmp ../own.png $s1/image.png
ok "the drawn one is gone" test ! -e $s1/image.local.png
done_testing
