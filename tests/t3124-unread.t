#!/bin/sh
# A folder that cannot be read, or not to its end, is never taken for an empty
# one: each listing of each command fails once, and the command says so or has
# the same result as ever.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
command -v strace >/dev/null || skip_all "strace is not here"
strace -qq -o "$tmp/trace" -e inject=getdents64:error=EIO ls . \
	>/dev/null 2>&1
grep -q INJECTED "$tmp/trace" || skip_all "calls cannot be watched here"

echo "One two three four." | tts >"$tmp/voice.wav"
voice="exec:cat >/dev/null; cat $tmp/voice.wav"
mkdir -p "$XDG_CONFIG_HOME/studio"
echo "- {model: \"$voice\", call: 0.01, date: 2026-11-25, source: mine}" \
	>>"$XDG_CONFIG_HOME/studio/prices.yaml"
studio new film --title Film >/dev/null 2>&1
cd film || exit 1
printf 'size: 128x72\nquality: draft\n' >>project.yaml
rm brief.md
studio add "The harbour wakes." >/dev/null
studio add "A gull takes a fish." >/dev/null
studio config ttsProvider "$voice"
studio trust --add "$voice" >/dev/null
ok "a film, its voices paid for" make
git add -A && git commit -qm "A film"
# what listings alone find: a take without its record, a film that is no more,
# a part that nothing needs, a leftover scene, edited words
cp scenes/000100-*/audio.wav "$(echo scenes/000100-*)/audio.7.wav"
mkdir -p build/parts/gone scenes/000900-0badc0de
touch build/parts/gone.used scenes/000900-0badc0de/image.local.png
sed -i 's/wakes/sleeps/' scenes/000100-*/scene.yaml

# traced CALL ARGS...: run a command, its calls of this kind in $tmp/trace.
traced() {
	call=$1
	shift
	strace -qq -e signal=none -o "$tmp/trace" -e "trace=$call" "$@" >"$out" 2>"$err" \
		</dev/null
	got=$?
}

# fails CALL ERROR PATTERN COMMAND...: let each call whose line has PATTERN fail
# once, of very many some; $tried of them, and $wrong says where nobody was told.
fails() {
	call=$1 error=$2 pattern=$3
	shift 3
	traced "$call" "$@" # what it makes is made
	traced "$call" "$@"
	usual=$got
	cp "$out" "$tmp/usual"
	grep -n "$pattern" "$tmp/trace" | cut -d: -f1 >"$tmp/all"
	step=$((1 + $(wc -l <"$tmp/all") / 60))
	for n in $(sed -n "1~${step}p" "$tmp/all"); do
		traced "$call" -e "inject=$call:error=$error:when=$n" "$@"
		tried=$((tried + 1))
		grep -q INJECTED "$tmp/trace" || wrong="$wrong no fault $n;"
		if [ "$got" -eq "$usual" ] && ! cmp -s "$out" "$tmp/usual" &&
			! grep -q cannot "$out" "$err"; then
			wrong="$wrong $(grep INJECTED "$tmp/trace")"
		fi
	done
}

while read -r command; do
	tried=0 wrong=
	# shellcheck disable=SC2086 # words
	fails getdents64 EIO . studio $command
	# shellcheck disable=SC2086
	fails openat EMFILE O_DIRECTORY studio $command
	is "$wrong" "" "studio $command: $tried listings that fail"
	is "$((tried > 0))" 1 "some were tried"
done <<'EOF'
plan --json
status
show --json
check
cost --json
cost --json ..
doctor
gc
log 1
diff HEAD
restore 1
store
store export -
refresh
split-scenes
tts
image
gen-script
storyboard -o board.html
render-video --preview
EOF
done_testing
