#!/bin/sh
# The storyboard: one page that asks for nothing, runs nothing and escapes
# everything, whatever the project says.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

id=c2b8f0a9-3d47-4e0a-8a55-6a1f7f0b9d2
scene() { # FOLDER DIGIT YAML
	mkdir -p "p/scenes/$1"
	printf 'id: %s%s\n%s\n' "$id" "$2" "$3" >"p/scenes/$1/scene.yaml"
}
count() { grep -o -- "$1" p/storyboard.html | wc -l | tr -d ' '; }

mkdir p
cat >p/project.yaml <<END
id: ${id}0
title: "<script>alert('t')</script> & \"co\""
description: "<img src=x onerror=alert(1)>"
END
ok "a project without scenes has a page" storyboard -C p
is "$(cat "$out")" '{"url":"storyboard.html"}' "and its name is printed"
like "$(cat p/storyboard.html)" 'There are no scenes yet' "which says so"

scene 000100-a 1 'text: "<script>alert(1)</script> \" onload=x '"'"'y"
notes: "</p><style>*{display:none}</style>"
image: {prompt: "a \"quoted\" <b>whale</b> &amp;", takes: 2}'
scene 000200-b 2 'text: "שלום עולם"
say: "]]> --> <!--"'
scene '000300-x"><script>' 3 'text: Plain words.
duration: 3s'
scene 000400-d 4 'text: "line\x07bell"
image: {file: "media/a\"b.png"}'
ok "hostile texts are shown" storyboard -C p
is "$(count '<script')" 0 "no script, whatever is written"
is "$(count '<style')" 1 "one style sheet, ours"
is "$(count '<b>whale')" 0 "markup in a prompt is text"
is "$(grep -c "[[:cntrl:]]" p/storyboard.html)" 0 "no control characters"
is "$(grep -cE 'https?:' p/storyboard.html)" 0 "nothing is fetched"
is "$(count ' on[a-z]*="')" 0 "no handlers"
is "$(count ' style="')" 0 "no inline style"
is "$(count '<h1')" 1 "one h1"
is "$(count '<section class="scene')" 4 "a section a scene"
is "$(count '<h2 id="h')" 4 "an h2 a scene"
is "$(grep -c "default-src 'none'" p/storyboard.html)" 1 "a strict policy"
like "$(cat p/storyboard.html)" 'lang="en" dir="auto">שלום עולם' \
	"a text has its language and direction"
like "$(cat p/storyboard.html)" '&lt;script&gt;alert\(1\)&lt;/script&gt;' \
	"a text is there as it was written"
rm -r "p/scenes/000300-x\"><script>" p/scenes/000400-d

# Real media, made here and free.
ok "a voice" studio -C p tts 1
ok "a picture" studio -C p image 1
ok "the page again" storyboard -C p
is "$(count '<img [^>]*>')" "$(count '<img [^>]*alt="[^>]*>')" \
	"every picture has an alternative"
is "$(count 'alt="[^"]*\.png')" 0 "which is no file's name"
like "$(cat p/storyboard.html)" 'src="scenes/000100-a/audio' \
	"the voice is played from its file"
like "$(cat p/storyboard.html)" 'id="w1"' "with its waveform"
like "$(cat p/storyboard.html)" '<svg class="over"' "motion is drawn"
cp p/storyboard.html first
ok "and again" storyboard -C p
same_file first p/storyboard.html "is the same page, byte for byte"
mkdir out
ok "elsewhere" storyboard -C p -o out/b.html
like "$(cat out/b.html)" 'src="../p/scenes/000100-a/audio' \
	"media is still found from there"

echo 'image: {prompt: new}
text: changed' >p/scenes/000100-a/scene.yaml
ok "after a change" storyboard -C p
like "$(cat p/storyboard.html)" 'Picture stale' "the picture is stale"
like "$(cat p/storyboard.html)" '<ins>new' "what changed is shown"
exits 2 "an operand is refused" storyboard -C p x
exits 78 "no project is said so" storyboard -C /
exits 74 "a page that cannot be written" storyboard -C p -o /none/x.html
done_testing
