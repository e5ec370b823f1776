#!/bin/sh
# Every command in the README is true: its shell blocks are run in order, in
# one shell, on a copy of the source tree's surface, as a new user would.
. "$(dirname "$0")/lib.sh"

[ -x "$STUDIO_BIN/studio" ] || skip_all "studio is not built"

# The tree as the reader has it, with the programs that are built already.
mkdir tree
cp -R "$top/projects.example" "$top/README.md" tree/
ln -s "$STUDIO_BIN" tree/bin
cd tree || exit 1

awk '/^```sh$/ { n++; on = 1; next } /^```$/ { on = 0 }
	on { print > sprintf("block.%02d", n) }' README.md
# The first block builds; that was done. The others write below /tmp.
project=$scratch/tides
home=$PWD
for b in block.*; do
	sed -i "s|/tmp/tides|$project|; s|/tmp/|$scratch/|g; s|^make\$|make -s|" "$b"
	case $(head -n 1 "$b") in make*) [ "$b" = block.01 ] && continue ;; esac
	dir=$home
	if [ -d "$project" ] && ! grep -q projects.example "$b"; then
		dir=$project
	fi
	ok "$b: $(head -n 1 "$b")" sh -e -c "cd '$dir' && . '$home/$b'"
done
ok "the film is there" test -s "$project/video/youtube.mp4"
ok "with captions" test -s "$project/video/youtube.en.srt"
ok "and the page" test -s "$project/storyboard.html"
is "$(head -c 4 "$scratch/first.wav")" RIFF "the pipe ends in a WAV"
is "$(head -c 4 "$scratch/harbour.png" | tail -c 3)" PNG "and a PNG"
for c in 'make demo' 'make check'; do
	like "$(cat README.md)" "^    $c " "the README names $c"
done
done_testing
