#!/bin/sh
# Paid media that are gone by the dozen: git is asked about all at once, and
# the answer is the one that each gets when it is asked for alone.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

echo "One two three four five six." | tts >"$tmp/voice.wav"
echo one | image --size 128x72 >"$tmp/picture.png"
voice="exec:cat >/dev/null; cat $tmp/voice.wav"
picture="exec:cat >/dev/null; cat $tmp/picture.png"
pointer() {
	printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n' \
		"$(sha256sum <"$1" | cut -c1-64)" "$(wc -c <"$1")"
}

# A project in a folder of a repository, and how often git is run.
git init -q .
mkdir -p "films/the café" "$tmp/bin"
cd "films/the café" || exit 1
studio new . --title Gone >/dev/null 2>&1
rm brief.md
printf 'size: 128x72\nquality: draft\n' >>project.yaml
studio config ttsProvider "$voice" 2>/dev/null
studio config imageModel "$picture" 2>/dev/null
for n in 1 2 3 4 5 6; do
	studio add "Number $n is said here." >/dev/null
done
studio trust --add "${voice#exec:}" >/dev/null
studio trust --add "${picture#exec:}" >/dev/null
make -s >/dev/null 2>&1
ok "a film of paid media" studio check --read-data
set -- scenes/*
pointer "$2/audio.wav" >p && mv p "$2/audio.wav"
echo other >>"$3/audio.wav"
mv "$4/audio.wav" "$4/image.png" "$tmp"
ln -s ../../project.yaml "$4/audio.wav"
git add -A
git commit -qm "whole, a pointer, other bytes, a link, nothing"
rm -r "$XDG_DATA_HOME/studio/store"
rm scenes/*/audio.wav scenes/*/image.png

real=$(command -v git)
printf '#!/bin/sh\necho "$*" >>"%s"\nexec "%s" "$@"\n' "$tmp/asked" "$real" \
	>"$tmp/bin/git"
chmod +x "$tmp/bin/git"
PATH=$tmp/bin:$PATH
asked() { wc -l <"$tmp/asked"; }
for command in plan check doctor status storyboard; do
	: >"$tmp/asked"
	studio $command >"$tmp/$command" 2>&1
	ok "$command asks git a few times, about 12" test "$(asked)" -lt 12
done
for n in 1 2 3 4 5 6; do
	for what in tts image; do
		run studio $what $n
		case $what$n in
		tts3 | tts4 | image4) has=--regen ;;
		*) has="git has it: studio restore $n$" ;;
		esac
		like "$(cat "$err")" "$has" "$what $n alone"
		# the cure is on the line, or on the next
		line=$(grep -A1 " $n $( [ $what = tts ] && echo audio ||
			echo image)" "$tmp/plan")
		like "$line" "$has" "$what $n in plan"
	done
done
is "$(grep -c 'git has it: studio restore' "$tmp/check")" 9 "check says the same"
is "$(grep -c 'git has it: studio restore' "$tmp/doctor")" 9 "doctor too"
is "$(grep -o 'studio restore [1-6]' storyboard.html | sort -u | tr -dc 0-9)" \
	12356 "and the storyboard"
is "$(grep -o 'restore [1-6]</code></span><span class="cost">free<' \
	storyboard.html | wc -l)" 9 "where that is free"
like "$(cat storyboard.html)" 'To finish</dt><dd>3 calls,.*only when you say so' \
	"and the three others are what the user may pay for"
: >"$tmp/asked"
run make
like "$(cat "$err")" 'waits for 6 scenes: scene 1 .*git has it: studio restore 1' \
	"make says how many, and what to do first"
ok "and asks little" test "$(asked)" -lt 12
for n in 1 3 5 6; do
	ok "studio restore $n" studio restore $n
done
exits 75 "of a pointer" studio restore 2
like "$(cat "$err")" "git lfs pull" "the next step is said"
is "$(studio plan | grep -c '^missing')" 2 "what is not in git stays away"
done_testing
