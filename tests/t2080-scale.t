#!/bin/sh
# Six hundred scenes: what a change touches, and that no step takes more than
# its share. Counts of files, calls and bytes, never time.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

find_fill() {
	for fill in "$top/obj/gcc-dev/tests/bench/fill" \
		"$top/obj/gcc/tests/bench/fill"; do
		[ -x "$fill" ] && return
	done
	make -s -C "$top" CC=gcc obj/gcc/tests/bench/fill >"$tmp/fill.log" 2>&1
}
find_fill || { sed 's/^/# /' "$tmp/fill.log" >&2; exit 1; }

# Paid media, which git keeps, from commands that copy a file.
ffmpeg -v error -f lavfi -i "sine=440:r=24000:d=1,volume=0.3" "$HOME/v.wav"
ffmpeg -v error -f lavfi -i color=red:s=128x128 -frames:v 1 "$HOME/p.png"
voice="exec:cat $HOME/v.wav" picture="exec:cat $HOME/p.png"
export MAX_COST=unlimited
studio trust --add "${voice#exec:}" >"$out" &&
	studio trust --add "${picture#exec:}" >"$out" || exit 1
project() { # project DIR SCENES
	studio new "$1" --title Many >"$out" 2>&1 && rm "$1/brief.md" &&
		printf 'ttsProvider: "%s"\nimageModel: "%s"\n' "$voice" \
			"$picture" >"$tmp/set" &&
		sed -i '/^ttsProvider:/d;/^imageModel:/d' "$1/settings.yaml" &&
		cat "$tmp/set" >>"$1/settings.yaml" && "$fill" "$1" "$2"
	sleep 0.1 # for the files to be old enough to be remembered
}
ok "a project of 600" project many 600
ok "one of 100" project some 100
cd many || exit 1
git config core.fsync none # of thousands of files
git add -A && git commit -qm all
todo() { studio refresh | sed 's/ to make.*//'; }
is "$(todo)" 0 "nothing is to be made"
is "$(make -n | grep -c studio)" 0 "nor by make"

# Files, arguments, calls.
ok "few files are open at once" sh -c 'ulimit -n 24 && make'
strace -f -qq -s 8 -e trace=execve,openat -o "$tmp/trace" make >"$out" 2>&1
is "$(sed -n 's/.*openat(.* = \([0-9]*\)$/\1/p' "$tmp/trace" |
	sort -n | tail -1 | awk '{ print $1 < 16 }')" 1 "by every program of make"
calls() { # calls DIR COMMAND...: system calls
	(cd "$1" && shift && strace -f -qq -c -S calls -U calls,name \
		-o "$tmp/calls" "$@" >"$out" 2>"$err")
	awk '$2 == "total" { print $1 }' "$tmp/calls"
}
per_scene() { # per_scene COMMAND...: calls that a further scene takes
	(cd ../some && "$@") >"$out" 2>"$err" && "$@" >"$out" 2>"$err"
	few=$(calls ../some "$@") lot=$(calls . "$@")
	echo $(((lot - few + 499) / 500))
}
for step in refresh plan; do
	n=$(per_scene studio $step)
	is "$((n >= 4 && n <= 6))" 1 "$step: $n calls a scene"
done
n=$(per_scene studio show --json)
is "$((n <= 16))" 1 "show: $n calls a scene"
n=$(per_scene studio check)
is "$((n <= 32))" 1 "check: $n calls a scene"

# All to be made: make's graph.
git ls-files -z '*audio.json' '*image.json' | xargs -0 rm
make -n >all
is "$(grep -c 'studio tts -q [0-9]*-[0-9]*$' all)" 200 "jobs are of runs of scenes"
is "$(awk '{ if (length > n) n = length } END { print n < 200 }' all)" 1 \
	"no recipe has a list"
edges=$(make -rpn | awk '/^[a-z_.].*: / && !/=/ { e += NF } END { print e }')
is "$((edges > 200 && edges < 5000))" 1 "the graph is small: $edges edges"
scene=$(find scenes -mindepth 1 -maxdepth 1 | sort | sed -n 7p)
is "$(make -n "$scene/audio.json" | grep 'studio tts')" \
	"studio tts -q ${scene#scenes/}" "a goal of a scene is a job of its own"
rm all
git checkout -q .
is "$(todo)" 0 "put back: nothing is to be made"

# A clone.
git clone -q . ../clone
is "$(cd ../clone && make -n audio images | grep -c studio)" 0 \
	"in a clone no voice or picture is made"
rm -rf ../clone

# One edit.
changed() { git status --porcelain -uall | cut -c4- | sort; }
sed -i 's/harbour/haven/' "$scene/scene.yaml"
is "$(todo)" 3 "one scene edited: its voice, its picture, the film"
make -n >"$tmp/n"
is "$(grep -c 'studio tts' "$tmp/n") $(grep -c 'studio image' "$tmp/n") \
$(grep -c render-clip "$tmp/n")" "1 1 3" "its parts, those after it, the sound"
ok "made" make audio images
is "$(changed | grep -v '^ledger/' | tr '\n' ' ')" "$(for f in audio.json \
	audio.wav image.json image.png scene.yaml; do
	echo "$scene/$f"; done | tr '\n' ' ')" "no other file is touched"
is "$(changed | grep -c '^ledger/')" 2 "and two calls are paid for"
is "$(todo)" 1 "the film is left"
git add -A && git commit -qm edited

# A new first scene.
new=$(studio add --at 1 "The first of all.")
is "$(changed)" "$new/scene.yaml" "a scene put first touches nothing else"
ok "made" make audio images
is "$(changed | grep -v '^ledger/' | sed 's|[^/]*$||' | sort -u)" "$new/" \
	"and is the only one made"
git add -A && git commit -qm first
first() { sed -n 's/^text: //p' "$(find scenes -name scene.yaml | sort |
	sed -n "$1p")"; }
for i in 2 3 4 5 6 7 8 9; do
	studio add --at 1 "First number $i." >"$out" || break
	[ $i -ne 6 ] || { git add -A && git commit -qm six; }
done
is "$(first 1)$(first 2)$(first 8)$(first 9)" \
	"First number 9.First number 8.First number 2.The first of all." \
	"where the gap is used up, the order holds"
git add -A
moved=$(git diff --cached -M --name-status | grep -c '^R.*scene.yaml')
is "$((moved > 0 && moved <= 12))" 1 "and near neighbours alone moved: $moved"
is "$(make -n audio | grep -c 'studio tts')" 8 "which makes none of them again"
git commit -qm gap

# What the index must not believe.
want=$(todo)
f=$scene/scene.yaml
touch -r "$f" "$tmp/times"
ls -i "$f" >"$tmp/inode"
sed 's/haven/heave/' "$f" >"$tmp/text"
cat "$tmp/text" >"$f"
touch -r "$tmp/times" "$f"
is "$(ls -i "$f")" "$(cat "$tmp/inode")" "a file changed in its place"
is "$(todo)" "$((want + 2))" "with its old size and mtime: seen"
git checkout -q "$f"
was=$(todo) bad=0 i=0
while [ $i -lt 15 ]; do
	i=$((i + 1))
	cat "$tmp/text" >"$f"
	[ "$(todo)" -eq $((was + 2)) ] || bad=$((bad + 1))
	git cat-file blob "HEAD:$f" >"$f"
	[ "$(todo)" -eq "$was" ] || bad=$((bad + 1))
done
is "$bad" 0 "changed again at once, fifteen times: seen each time"
printf 'no index' >build/tree-index
is "$(todo)" "$was" "rubbish in its place"
truncate -s 100000 build/tree-index
is "$(todo)" "$was" "cut"
cp ../some/build/tree-index ../some/build/stat-cache build/
is "$(todo)" "$was" "of another project"
rm build/tree-index build/stat-cache
for i in 1 2 3 4; do
	studio refresh >"$tmp/at-once.$i" &
done
wait
is "$(cat "$tmp"/at-once.* | sort -u)" "$(studio refresh)" "made by four at once"
rm -r build && : >build
is "$(todo)" "$was" "no folder to keep it in"
rm build

# Splitting.
cd .. && studio new split --title Split >"$out" 2>&1 && cd split || exit 1
rm brief.md
lines() { i=0; while [ $i -lt 300 ]; do
	i=$((i + 1))
	printf 'The harbour keeps a record of storm %s, %s as it was.\n\n' $i \
		"$(test $i = "$1" && echo "$2" || echo just)"
done; }
lines 0 x >script.md
ok "three hundred paragraphs" split-scenes -C .
is "$(find scenes -name scene.yaml | wc -l)" 300 "are three hundred scenes"
git add -A && git commit -qm split
lines 150 nearly >script.md
ok "one changed" split-scenes -C .
is "$(changed | sed 's|/.*/|/*/|' | tr '\n' ' ')" \
	"scenes/*/scene.yaml scenes/split.json script.md " "writes one scene"
done_testing
