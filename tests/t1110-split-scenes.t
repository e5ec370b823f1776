#!/bin/sh
# split-scenes: the filter, and scenes/ against script.md in a project.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

printf '%s\n' '# T' '' '## One' '' 'The whale surfaces.' '> image: a whale' \
	'' 'It breathes.' '> say: It breathes, slowly.' '> notes: calm' >s.md
ok "a script to scenes" split-scenes <s.md
is "$(jq -rc '[.index, .text, .heading, .image.prompt, .say, .notes]' "$out")" \
	'[1,"The whale surfaces.","One","a whale",null,null]
[2,"It breathes.",null,null,"It breathes, slowly.","calm"]' "with its parts"
exits 65 "an empty script" split-scenes </dev/null
printf 'caf\351\n' >latin1
exits 65 "not UTF-8" split-scenes <latin1
exits 2 "an operand" split-scenes x </dev/null
yes 'A sentence of some words.' | head -3000 >long.md
is "$(split-scenes <long.md | head -1 | jq -r .index)" 1 \
	"a closed pipe is no error"
is "$(split-scenes <long.md | jq -r .text | wc -w)" \
	"$(wc -w <long.md)" "no word is lost"

ok "a project" studio new film --title T --platform youtube
cd film || exit 1
rm -f brief.md
para() {
	for n; do
		case $n in
		A) t='The whale comes up for air beside the boat at dawn.' ;;
		B) t='Rivers carry dissolved salt down from every mountain.' ;;
		C) t='Nobody in the harbour had seen such ice before.' ;;
		D) t='A lamp burns all night in the tower on the rock.' ;;
		B1) t='Rivers carry dissolved salt down from the mountains.' ;;
		*) t=$n ;;
		esac
		printf '%s\n\n' "$t"
	done
}
write() { para "$@" >script.md; }
folders() { for d in scenes/[0-9]*; do echo "${d#scenes/}"; done; }
texts() { split-scenes -C . 2>/dev/null | jq -r '.text[0:5]' | tr '\n' '|'; }
folder() { folders | sed -n "$1p"; }

write A B C
ok "scenes are made" split-scenes -C .
is "$(folders | cut -c1-6 | tr '\n' ' ')" "000100 000200 000300 " \
	"keys in steps of 100"
a=$(folder 1) b=$(folder 2) c=$(folder 3)
is "$(jq -r '.scenes | length' scenes/split.json)" 3 "split.json has them"
sums . >../one
ok "again" split-scenes -C .
sums . >../two
same_file ../one ../two "changes nothing"

cp -r ../film ../twin
ok "the same script in another folder" sh -c 'cd ../twin && rm -r scenes &&
	split-scenes -C .'
is "$(cd ../twin && folders)" "$(folders)" "gives the same ids"

write A D B C
ok "an insertion" split-scenes -C .
is "$(folders | cut -c1-6 | tr '\n' ' ')" "000100 000150 000200 000300 " \
	"goes to the midpoint"
is "$(folder 3)" "$b" "the others stay"
write A D B1 C
ok "a changed paragraph" split-scenes -C .
is "$(folder 3)" "$b" "keeps its scene"
like "$(cat "scenes/$b/scene.yaml")" 'from the mountains' "with the new text"

sed -i 's/^text: The whale/text: A grey whale/' "scenes/$a/scene.yaml"
write C A D B1
ok "moved, while another was edited" split-scenes -C .
is "$(folder 1 | cut -c8-)" "$(echo "$c" | cut -c8-)" "it moved with its id"
like "$(cat scenes/*/scene.yaml)" 'A grey whale' "the edit is kept"

write C 'The old whale comes up for air beside the boat at dawn.' D B1
exits 65 "changed on both sides" split-scenes -C .
like "$(cat "$err")" "scenes/$a: text was changed here and in script.md" \
	"is named"
like "$(cat "$err")" "or studio split-scenes --write-script" \
	"with a cure that can be pasted"
like "$(cat "scenes/$a/scene.yaml")" 'A grey whale' "and the scene kept"
exits 65 "until it is settled" split-scenes -C .
printf '> description: D\n> tags: a, b\n' | cat - script.md >s && mv s script.md
ok "by --write-script" studio split-scenes --write-script
is "$(sed -n '2,3p' script.md)" "$(printf '> description: D\n> tags: a, b')" \
	"which keeps description and tags"
like "$(cat script.md)" 'A grey whale' "which takes the scene"
ok "then all is well" split-scenes -C .
is "$(cat "$err")" "" "and quiet"

rm -r "scenes/$b"
ok "a scene deleted by the user" split-scenes -C .
ok "stays deleted" test ! -e "scenes/$b"
printf '\nOne more paragraph for the end.\n' >>script.md
ok "also when the script changes" split-scenes -C .
ok "still" test ! -e "scenes/$b"

d=$(folders | grep "$(jq -r '.scenes[] | select(.text | startswith("A lamp"))
	.id[0:8]' scenes/split.json)")
echo paid >"scenes/$d/audio.mp3"
sed -i '/^A lamp/d' script.md
ok "a paragraph is deleted" split-scenes -C .
like "$(cat "$err")" 'build/removed' "it says where the scene went"
ok "its scene is gone" test ! -e "scenes/$d"
ok "what was paid for is not" test -s "build/removed/$d/audio.mp3"
sed -i '/^One more/d' script.md
e=$(folders | tail -1)
ok "another" split-scenes -C .
ok "nothing is kept of a scene that cost nothing" \
	test ! -e "scenes/$e" -a ! -e "build/removed/$e"

# A scene without words is in no script.
silent=$(folders | head -1)
cp "scenes/$silent/scene.yaml" "$tmp/spoken.yaml"
sed -i 's/^text: .*/text: ""/; $a duration: 2s' "scenes/$silent/scene.yaml"
ok "a scene that falls silent" split-scenes -C . --write-script
sed -i 's/ at dawn\././' script.md
ok "and the script changes elsewhere" split-scenes -C .
ok "the silent scene stays" test -e "scenes/$silent/scene.yaml"
sed -i 's/^text: .*/text: It speaks again, at last./' "scenes/$silent/scene.yaml"
ok "and may speak again" split-scenes -C .
like "$(cat "scenes/$silent/scene.yaml")" "It speaks again" "with its words"
cp "$tmp/spoken.yaml" "scenes/$silent/scene.yaml"
ok "all as before" split-scenes -C . --write-script

mkdir scenes/000125-mine
echo 'text: Made by hand.' >scenes/000125-mine/scene.yaml
ok "a folder made by hand" split-scenes -C .
like "$(folders | tr '\n' ' ')" '000125-[0-9a-f]{8} ' "gets its name"
like "$(cat scenes/000125-*/scene.yaml)" '^id: [0-9a-f-]{36}$' "and an id"
ok "it stays" split-scenes -C .
like "$(texts)" 'Made ' "in the film"
: >script.md
exits 65 "an empty script" split-scenes -C .
isnt "$(folders)" 'scenes/[0-9]*' "removes nothing"
done_testing
