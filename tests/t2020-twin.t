#!/bin/sh
# Two builds of the same sources, in two folders, one after another and in
# parallel: the same bytes.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

SOURCE_DATE_EPOCH=1700000000
export SOURCE_DATE_EPOCH
ok "a project" studio new one --title "Twins"
(
	cd one || exit 1
	printf 'size: 320x180\nquality: draft\ncaptions: both\n' >>project.yaml
	rm brief.md
	cat >source.md <<-'EOF'
	# Tides
	The tide is the slow rise and fall of the sea. The moon pulls on the
	water that faces it more than on the rest of the planet. So the sea
	bulges, and the planet turns beneath the bulge. Most coasts see two
	high tides in a little more than a day. When sun and moon pull along
	one line, the tide is at its highest.
	EOF
)
cp -r one "two with a longer name"
ok "one after another" make -C one -j1
ok "in parallel" make -C "two with a longer name" -j4
kept() { sums "$1" | grep -v '  \./\(build\|\.git\)/'; }
kept one >a
kept "two with a longer name" >b
ok "there is a film" test -s one/video/youtube.mp4
same_file a b "every file has the same bytes"
like "$(cat a)" 'audio.local.wav' "voices among them"
like "$(cat a)" 'youtube.en.vtt' "and captions"

done_testing
