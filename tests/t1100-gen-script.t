#!/bin/sh
# gen-script: the filter, and script.md with its record in a project.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

source=$top/projects.example/long-day/source.md

ok "a source to a script" gen-script --target-length 60s <"$source"
cp "$out" script.md
like "$(head -1 script.md)" '^# Why the Day Is Getting Longer$' "with its title"
like "$(cat script.md)" '^## ' "and its headings"
ok "again" gen-script --target-length 60s <"$source"
same_file "$out" script.md "gives the same bytes"
LC_ALL=C ok "in another locale" gen-script --target-length 60s <"$source"
same_file "$out" script.md "too"
is "$(gen-script --target-length 30 <"$source" 2>/dev/null |
	grep -v '^#' | wc -w | awk '{ print ($1 >= 25 && $1 <= 33) }')" 1 \
	"a number of words"
is "$(gen-script <"$source" 2>/dev/null | split-scenes | jq -r .text |
	head -1 | cut -c1-11)" "The day is " "in a pipe with split-scenes"

# From a bare brief.
ok "a brief alone" gen-script why the sea is salt </dev/null
like "$(head -1 "$out")" '^# Why the sea is salt$' "its title"
is "$(grep -v '^#' "$out" | grep -c '[^[:space:]]')" \
	"$(grep -c '^\[placeholder:' "$out")" "nothing in it but placeholders"
like "$(cat "$err")" 'outline' "and it says so"

# What cannot be.
exits 65 "nothing at all" gen-script </dev/null
like "$(cat "$err")" 'neither a source nor a brief' "says what to do"
printf 'caf\351 is good.\n' >latin1
exits 65 "not UTF-8" gen-script <latin1
like "$(cat "$err")" 'stdin: byte 4' "names the byte"
printf 'a\000b\n' >nul
exits 65 "NUL" gen-script <nul
printf '```\ncode only\n```\n' >code
exits 65 "code alone" gen-script <code
exits 78 "an unknown provider" gen-script --provider nobody <"$source"
exits 2 "a wrong length" gen-script --target-length 3x <"$source"
exits 2 "an unknown option" gen-script --nonsense <"$source"
ok "any program as provider" gen-script --provider 'exec:tr a-z A-Z' <code
like "$(cat "$out")" '^CODE ONLY$' "gets the source"
exits 69 "that refuses" gen-script --provider 'exec:exit 69' <code

# In a project.
ok "a project" studio new film --title T --platform youtube
cp "$source" film/source.md
ok "script.md is made" gen-script -C film --target-length 45s
is "$(jq -r .status "$out")" ready "its record is printed"
is "$(jq -r .provider "$out")" extract "with its provider"
like "$(cat film/project.yaml)" '^targetLength: 45s$' \
	"the option is the project's now"
cp film/script.md was.md && cp film/script.json was.json
ok "a second run" gen-script -C film
same_file film/script.md was.md "changes nothing"
same_file film/script.json was.json "in the record neither"
echo 'A seventh sea was added here, and it is the deepest of them all.' \
	>>film/source.md
ok "a changed source" gen-script -C film --target-length 50s
isnt "$(cksum <film/script.md)" "$(cksum <was.md)" "makes it anew"
printf '\nMy own last word.\n' >>film/script.md
cp film/script.md mine.md
ok "an edited script" gen-script -C film
same_file film/script.md mine.md "is kept"
is "$(cat "$err")" "" "without a word, while the source is the same"
ok "status" studio -C film status
like "$(cat "$out")" 'modified.*script.*kept and used' "calls it modified"
unlike "$(cat "$out")" 'gen-script|changed since' "and asks for nothing"
ok "check finds no fault in it" studio -C film check
echo 'And an eighth one, which is quite shallow, was drained for its fish.' \
	>>film/source.md
ok "a changed source then" gen-script -C film
same_file film/script.md mine.md "keeps it too"
like "$(cat "$err")" 'out of date.*source.*; studio gen-script --again' "and says it is old"
ok "status" studio -C film status
like "$(cat "$out")" 'source.*changed since' "says so too"
like "$(cat "$out")" '^ *studio gen-script --again' "with what to do"
ok "--again" gen-script -C film --again
isnt "$(cksum <film/script.md)" "$(cksum <mine.md)" "writes it anew"
ok "and keeps mine in the store" \
	cmp mine.md "$XDG_DATA_HOME"/studio/store/kept/*-script.md

# Instructions of the user's own.
asked() { jq -r .request film/script.json; }
was=$(asked)
echo 'promptFile: prompt.md' >>film/settings.yaml
exits 74 "instructions that are not there" gen-script -C film
like "$(cat "$err")" 'settings.yaml: promptFile.*prompt.md' "are named"
: >film/prompt.md
ok "empty ones" gen-script -C film
is "$(asked)" "$was" "change nothing"
echo 'Rhyme.' >film/prompt.md
ok "some" gen-script -C film
isnt "$(asked)" "$was" "make the script anew"
like "$(jq -r .inputs.promptFile film/script.json)" '^Rhyme\.' \
	"and are recorded"
printf 'caf\351' >film/prompt.md
exits 65 "not UTF-8" gen-script -C film
like "$(cat "$err")" 'prompt.md: byte 4' "names file and byte"
rm film/prompt.md && ln -s ../was.md film/prompt.md
isnt "$(gen-script -C film >/dev/null 2>&1; echo $?)" 0 \
	"a link out of the project is not followed"
rm film/prompt.md
sed -i 's/^promptFile:.*/promptFile: ..\/was.md/' film/settings.yaml
exits 65 "nor a path out of it" gen-script -C film
sed -i '/^promptFile:/d' film/settings.yaml
ok "without them" gen-script -C film
is "$(asked)" "$was" "all is as it was"


# What a script says of the film goes into a project that does not say it.
wrote="printf '# Sea\n> description: Salt\n> tags: a b, \"c\", 7\n\nOne.\n'"
ok "another project" studio new told --title T --platform youtube
cp "$source" told/source.md
studio trust --add "exec:$wrote" >/dev/null
ok "a script with tags" gen-script -C told --provider "exec:$wrote"
is "$(studio -C told show --json | jq -c '[.project | .title, .description,
	.tags]')" '["T","Salt",["a b","\"c\"","7"]]' "tells of the film"
sed -i 's/^tags:.*/tags: [mine]/; /^  *- /d' told/project.yaml
ok "again" gen-script -C told --again
is "$(studio -C told show --json | jq -c .project.tags)" '["mine"]' \
	"but not over what the project says"
echo 'tags: x' >>film/project.yaml
exits 65 "tags that are no list" gen-script -C film
sed -i '/^tags:/d' film/project.yaml

rm film/script.json film/script.md
echo 'Only this.' >film/script.md
ok "a script without a record" gen-script -C film
is "$(cat film/script.md)" "Only this." "is the user's own"
like "$(cat "$out")" '"url": "script.md"' "and its record is printed"

# Scenes that were added, beside the brief.md of "studio new".
ok "a project" studio new added
studio -C added add "A bell rings." >/dev/null
ok "no script is wanted" gen-script -C added
is "$(cat "$out")" "" "which has no record"
like "$(cat "$err")" 'nothing to write.*has its scenes.*brief.md' "but a reason"
is "$(wc -l <"$err")" 1 "in one line"
rm -r added/brief.md added/scenes
ok "nor without a word" gen-script -C added
like "$(cat "$out" "$err")" 'nothing to write it from' "which is another reason"
mkdir empty && cd empty || exit 1
exits 78 "no project here" gen-script -C .
done_testing
