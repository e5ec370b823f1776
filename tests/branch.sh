# branch.sh: a project whose voices and pictures are paid for, without a server,
# for test scripts; after lib.sh:
#
#	paid_film NAME [PARAGRAPH...]   a project with a scene a paragraph, made
#		up to its voices and pictures, committed; commands are trusted
#	paid        how many calls were made so far
#	nth N       the folder of scene N, below scenes/
#	calls_now   what the plan says make would ask for: its calls
#	build       make audio images; prints how many calls that took
#
# shellcheck shell=sh
# shellcheck disable=SC2154

calls=$tmp/calls
: >"$calls"

paid() { wc -l <"$calls"; }
nth() {
	find scenes -mindepth 1 -maxdepth 1 -name '[0-9]*' -printf '%f\n' |
		sort | sed -n "$1p"
}
calls_now() { studio plan --json | jq .total.calls; }
build() {
	paid_before=$(paid)
	make audio images >"$tmp/build.out" 2>&1 || sed 's/^/# /' "$tmp/build.out" >&2
	echo $(($(paid) - paid_before))
}

paid_film() {
	voice="exec:echo v >>$calls; tts --voice \${STUDIO_VOICE:-slt}"
	picture="exec:echo p >>$calls; image --size 64x36"
	studio new "$1" --title "$1" >/dev/null 2>&1 || return
	cd "$1" || return
	shift
	rm brief.md
	printf 'size: 128x72\nquality: draft\n' >>project.yaml
	{
		printf '# Film\n'
		for paragraph; do
			printf '\n%s\n' "$paragraph"
		done
	} >script.md
	studio config ttsProvider "$voice" 2>/dev/null
	studio config imageModel "$picture"
	studio config defaultTtsVoice slt
	studio trust --add "$voice" >/dev/null
	studio trust --add "$picture" >/dev/null
	make audio images >"$tmp/build.out" 2>&1 || {
		sed 's/^/# /' "$tmp/build.out"
		return 1
	}
	git add -A && git commit -qm "the film"
}
