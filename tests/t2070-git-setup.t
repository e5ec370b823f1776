#!/bin/sh
# What studio new tells git, and what a clone is told that it lacks.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

attr() { git check-attr "$1" -- "$2" | sed 's/.*: //'; }
setting() { git -C "$1" config --local "$2"; }

ok "a project" studio new "a film"
cd "a film" || exit 1
is "$(setting . merge.directoryRenames)|$(setting . core.fsync)" "true|all" \
	"its repository has our settings"
is "$(setting . merge.ours.driver)" true "also for what is made again"
ok "and nothing else has" test ! -e "$HOME/.gitconfig"
for ext in wav mp3 flac m4a ogg png jpg webp gif mp4 webm; do
	f=scenes/000100-x/audio.$ext
	is "$(attr merge "$f")|$(attr diff "$f")|$(attr text "$f")" \
		"unset|unset|unset" "$ext is taken whole"
done
is "$(attr merge scenes/000100-x/audio.json)" unspecified \
	"a record is merged as text"
is "$(attr merge scenes/000100-x/scene.yaml)" unspecified "a scene too"
is "$(attr merge ledger/0123456789abcdef.json)" unset \
	"an entry of the ledger is not"
is "$(attr merge video/youtube.json)" ours "what is said of a film is made again"
unlike "$(studio status)" '^git:' "status has nothing to say of git"

# A clone brings no settings.
git add -A && git commit -qm first
git clone -q . ../clone
is "$(studio -C ../clone status | grep '^git:')" \
	"git: merge.directoryRenames, merge.ours.driver, core.fsync not set in\
 this clone: git config merge.directoryRenames true; git config\
 merge.ours.driver true; git config core.fsync all" \
	"status of a clone says what is not set"
(cd ../clone && git config merge.directoryRenames true &&
	git config merge.ours.driver true)
is "$(studio -C ../clone status | grep '^git:')" \
	"git: core.fsync not set in this clone: git config core.fsync all" \
	"less where some are"
(cd ../clone && git config core.fsync all)
unlike "$(studio -C ../clone status)" '^git:' "none left"
ok "status without git" env PATH="$STUDIO_BIN:/nowhere" \
	"$STUDIO_BIN/studio" status

# Folders that hold something already.
mkdir ../full
printf 'mine\n*.local.*\n' >../full/.gitignore
printf '*.wav filter=lfs diff=lfs merge=lfs -text' >../full/.gitattributes
echo "A film on tides." >../full/brief.md
ok "new in a folder that holds files" studio new ../full
is "$(tail -n 2 ../full/.gitignore | tr '\n' ' ')" "mine *.local.* " \
	"its .gitignore is kept"
is "$(grep -c '^\*\.local' ../full/.gitignore)" 1 "no line is there twice"
is "$(cd ../full && attr merge x.wav)|$(cd ../full && attr merge x.png)" \
	"lfs|unset" "what its .gitattributes says wins"
is "$(cat ../full/brief.md)" "A film on tides." "the brief is kept"
mkdir ../made && echo 'all:' >../made/Makefile
exits 2 "a Makefile is not written over" studio new ../made
is "$(cat ../made/Makefile)|$(find ../made -mindepth 1 | wc -l)" "all:|1" \
	"and nothing else is written"

# In a larger repository.
git init -q ../films
ok "new in a repository" studio new ../films/one
is "$(git -C ../films config --local --get-regexp 'fsync|renames')" "" \
	"sets nothing there"
is "$(grep -c "git -C '../films/one' config" "$err")" 3 \
	"says what to set, and how"
eval "$(sed -n "s/.*run: //p" "$err")"
ok "again" studio new ../films/two
unlike "$(cat "$err")" 'config' "nothing to say where it is set"

# As in a hook: GIT_DIR names another repository.
ok "with GIT_DIR set" env GIT_DIR="$PWD/.git" GIT_WORK_TREE="$PWD" \
	GIT_INDEX_FILE=/nowhere studio new ../hooked
is "$(setting ../hooked core.fsync)" all "the folder decides"
ok "without git" env PATH=/nowhere "$STUDIO_BIN/studio" new ../bare
like "$(cat "$err")" 'git: is not installed.*works without' "says so"
ok "and makes the project" test -e ../bare/project.yaml -a ! -e ../bare/.git
done_testing
