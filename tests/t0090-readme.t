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
	sed -i "s|/tmp/|$scratch/|g" "$b"
	case $(head -n 1 "$b") in make*) [ "$b" = block.01 ] && continue ;; esac
	dir=$home
	if [ -d "$project" ] && ! grep -q projects.example "$b"; then
		dir=$project
	fi
	# The last one of a block with "cd" is where the next one starts.
	if grep -q '^cd ' "$b"; then
		sed '/^cd /,$d' "$b" >start
		ok "$b: $(head -n 1 start)" sh -e -c ". '$home/start'"
		# What is tested is that it is made; a small one will do.
		printf 'size: 320x180\nquality: draft\n' >>"$project/project.yaml"
		sed -i '1,/^cd /d' "$b"
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
