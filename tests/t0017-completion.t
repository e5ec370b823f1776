#!/bin/bash
# Completion in bash offers commands, options, scenes.
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/lib.sh"
plan 15

. "$top/scripts/completion.bash"
complete_words() {
	COMP_WORDS=("$@")
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_studio
	echo "${COMPREPLY[*]}"
}
mkdir -p scenes/000100-aa scenes/000200-bb
is "$(complete_words studio stat)" status "commands"
is "$(complete_words studio new --ta)" --target-length "options"
is "$(complete_words studio image 0002)" 000200-bb "scenes"
is "$(complete_words studio new x --platform sh)" shorts "values"
is "$(complete_words studio cost --b)" --by "options of cost"
is "$(complete_words studio cost --by da)" day "and what they take"
is "$(complete_words studio store ex)" export "words of store"
is "$(complete_words studio prov)" providers "providers"
is "$(complete_words studio providers --off)" --offline "their options"
is "$(complete_words studio providers ele)" elevenlabs "and their names"
is "$(complete_words studio tts --provider ko)" kokoro "of a stage"
is "$(complete_words studio image --provider ko)" "" "and not of another"
is "$(complete_words studio restore 0001)" 000100-aa "scenes to restore"
git init -q . && git add -A && git commit -qm x --allow-empty && git tag v1.0
is "$(complete_words studio diff v)" v1.0 "commits"
studio config --user providers.home '{type: openai}'
is "$(complete_words studio gen-script --provider ho)" home "your own too"
