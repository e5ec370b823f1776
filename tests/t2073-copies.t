#!/bin/sh
# Copies of a project, by git and without: branches, worktrees, shallow clones,
# Git LFS, unpacked archives. Nothing is paid for twice, nothing stale is shown
# as fresh.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/branch.sh"

paid_film film "The harbour wakes before the sun." \
	"A gull takes the first fish." || exit 1
one=$(nth 1) two=$(nth 2)
first=$(paid)
is "$first" 5 "two voices, two pictures and a cover were paid for"
ok "the film" make
git add -A && git commit -qm film
# What make would do; "" when all is fresh. And what a build does.
todo() { studio plan --json | jq -r '[.assets[] | .asset +
	(if .planned then "" else "?" end)] | join(" ")'; }
# fresh NAME: here all is fresh but for the film itself, and a make asks nobody
fresh() {
	is "$(calls_now)" 0 "$1: the plan asks for nothing"
	paid_before=$(paid)
	ok "$1: make" make
	is "$(paid)|$(todo)" "$paid_before|" "$1: nothing is paid, all is fresh"
}

# A branch there and back, both built.
git checkout -qb other
sed -i 's/harbour/town/' "scenes/$one/scene.yaml"
is "$(build)" 2 "another branch: its words are paid for"
make >/dev/null 2>&1
git add -A && git commit -qm town
git checkout -q master
is "$(todo)" "video" "back: only the film, which git does not keep"
fresh "back"
git checkout -q other
fresh "there again"
git checkout -q master
fresh "and back"

# An edit that was committed and never built is stale in any clone.
sed -i 's/first fish/last fish/' "scenes/$two/scene.yaml"
git commit -qam edit
git clone -q . ../late
cd ../late || exit 1
touch -d 2030-01-01 scenes/*/*.json
is "$(todo)" "audio image video" "a clone whose records are newer than the edit"
cd ../film && git reset -q --hard HEAD~1 || exit 1

# Worktrees: both at once, and one store.
git worktree add -q ../tree other 2>/dev/null
(cd ../tree && fresh "a worktree" >"$tmp/tree.tap"; cat "$tmp/tree.tap")
test_nr=$((test_nr + 3))
! grep -q '^not ok' "$tmp/tree.tap" || test_bad=1
git worktree add -q --detach ../tree2 master 2>/dev/null
for at in ../tree ../tree2; do
	sed -i 's/A gull takes .*/A tern dives for the fish./' \
		"$at/scenes/$two/scene.yaml"
done
paid_before=$(paid)
make -C ../tree >/dev/null 2>&1 & a=$!
make -C ../tree2 >/dev/null 2>&1 & b=$!
wait $a && x=0 || x=$?
wait $b && y=0 || y=$?
is "$x$y" 00 "two worktrees are built at once"
is $(($(paid) - paid_before)) 2 "what both ask for is paid for once"
is "$(sha256sum <"../tree/scenes/$two/audio.wav")" \
	"$(sha256sum <"../tree2/scenes/$two/audio.wav")" "and is the same"
git worktree remove --force ../tree2
git worktree remove --force ../tree

# A shallow clone.
sed -i 's/first/second/' "scenes/$two/scene.yaml" && build >/dev/null
git add -A && git commit -qm second
git clone -q --depth 1 "file://$PWD" ../shallow 2>/dev/null
cd ../shallow || exit 1
is "$(studio log 2 | sed '1s/^.\{30\}//')" "oldest known; voice and picture in git
The history ends here: this clone is shallow. git fetch --unshallow gets the rest." \
	"the log of a shallow clone says where it ends"
is "$(studio log 2 --json | jq -c '[.shallow, .revisions[].change]')" \
	'[true,"oldest known"]' "for programs too"
exits 2 "an older commit" studio restore 2 HEAD~1
like "$(cat "$err")" 'git fetch --unshallow' "is told how to be had"
exits 2 "a scene that is not known" studio log @0000
like "$(cat "$err")" 'git fetch --unshallow' "may be older"
fresh "a shallow clone"

# git clean, before and after what was paid for is committed.
git clean -fdxq
fresh "after git clean -fdx"
studio add "A bell rings." >/dev/null
is "$(build)" 2 "a scene is added"
git add scenes/*/scene.yaml && git commit -qm bell
git clean -fdxq
is "$(calls_now)" 0 "after git clean -fdx of paid media: the store has them"
fresh "that"
ok "without a fault" studio check
cd ../film || exit 1

# Other ways to copy, without times, with wrong ones, without git.
cp -r --no-preserve=all . ../plain
cd ../plain && fresh "a copy without times"
git archive --format=tar HEAD | (mkdir ../tar && tar -xmf - -C ../tar)
cd ../tar && fresh "an unpacked archive, without git"
find . -exec touch -d 1980-01-01 {} +
is "$(todo)" "" "times of 1980"
find . -name '*.yaml' -exec touch -d 2031-01-01 {} +
is "$(todo)" "" "times of the future"
cd ../film || exit 1
if command -v unzip >/dev/null; then
	git archive --format=zip -o "$tmp/film.zip" HEAD
	mkdir ../zip && (cd ../zip && unzip -q "$tmp/film.zip")
	cd ../zip && fresh "unzipped"
	cd ../film || exit 1
else
	skip "unzip is not installed"
fi
if command -v rsync >/dev/null; then
	rsync -r --exclude=.git --exclude=build ./ ../synced/
	cd ../synced && fresh "rsync without times"
	cd ../film || exit 1
else
	skip "rsync is not installed"
fi

# Git LFS without git-lfs: pointers are known for what they are.
pointer() {
	printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %s\n' \
		"$(sha256sum <"$1" | cut -c1-64)" "$(stat -c %s "$1")"
}
git clone -q . ../lfs && cd ../lfs || exit 1
mkdir "$tmp/objects" "$tmp/lfs"
for f in scenes/*/audio.wav scenes/*/image.png; do
	cp "$f" "$tmp/objects/$(sha256sum <"$f" | cut -c1-64)"
	pointer "$f" >"$tmp/pointer" && cp "$tmp/pointer" "$f"
done
git commit -qam pointers
paid_before=$(paid)
is "$(studio plan --json | jq -r '.assets[] | select(.asset != "video") |
	.state + " " + .cure' | sort | uniq -c | tr -s ' ')" \
	" 4 pointer git lfs pull" "each pointer is one, and has its cure"
is "$(calls_now)" 0 "the plan asks for nothing, with the store"
(
	XDG_DATA_HOME=$tmp/none
	is "$(calls_now)" 0 "nor without it"
	fails "make stops" make
	like "$(cat "$err")" 'LFS pointer.*git lfs pull' "and names the cure"
	fails "a filter too" studio tts 1
	like "$(cat "$err")" 'LFS pointer.*git lfs pull' "and does the same"
	like "$(studio log 1 | head -n 1)" 'voice and picture by git lfs$' \
		"log says how they are had"
	rm -r "scenes/$one"
	exits 75 "restored as pointers" studio restore "$one"
	like "$(cat "$err")" 'audio.wav: is a Git LFS pointer; git lfs pull' \
		"which is said"
	like "$(head -n 1 "scenes/$one/audio.wav")" '^version https://git-lfs' \
		"they are what git has"
) >"$tmp/sub.tap" 2>&1
is "$(grep -c '^ok' "$tmp/sub.tap")|$(grep '^not ok' "$tmp/sub.tap")" "9|" \
	"pointers without the store" || sed 's/^/# /' "$tmp/sub.tap" >&2
is "$(paid)" "$paid_before" "nothing was paid for"
ok "with the store" studio restore "$one"
unlike "$(head -c 20 "scenes/$one/audio.wav")" 'version' "they are back"
git checkout -q .

# With git-lfs, here one that looks into a folder.
cat >"$tmp/lfs/git-lfs" <<E2
#!/bin/sh
[ "\$1" = smudge ] || exit 1
oid=\$(sed -n 's/^oid sha256://p')
cat "$tmp/objects/\$oid"
E2
chmod +x "$tmp/lfs/git-lfs"
ok "restored with git-lfs" env PATH="$tmp/lfs:$PATH" XDG_DATA_HOME="$tmp/none" \
	studio restore "$one"
is "$(sha256sum <"scenes/$one/audio.wav" | cut -c1-64)" \
	"$(jq -r .sha256 "scenes/$one/audio.json")" "the file itself is back"
is "$(paid)" "$paid_before" "nothing was paid for"
done_testing
