#!/bin/sh
# A project from a stranger: it names no server, runs no command and sends no
# file of the user's anywhere.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/network.sh
. "$top/tests/network.sh"

canary=sk-CANARY-0123456789abcdef
media
# The stranger's server takes everything; nothing may come.
printf 'on * *\n\theader Content-Type: audio/wav\n\tfile voice.wav\n' >evil.rules
serve evil.rules
evil=$port evil_served=$served
sent_to_evil() { wc -l <"$evil_served/began"; }
# The user's own.
chat_says=$(sed 's/\\/\\\\/g' script.str)
printf '%s\n' \
	'on POST */chat/*' "	json {\"model\":\"m\",\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":$chat_says}}]}" \
	'on POST */speech*' '	header Content-Type: audio/wav' '	file voice.wav' \
	'on POST */images/*' '	header Content-Type: application/json' \
	'	text {"data":[{"b64_json":"' '	base64 picture.png' '	text "}]}' >good.rules
serve good.rules
own=$port own_served=$served
export OPENAI_API_KEY=$canary OPENAI_BASE_URL="http://127.0.0.1:$own/v1"
export http_proxy="http://127.0.0.1:$evil" # what would be fetched goes there
ran=$tmp/ran
: >"$ran"
has_run() { cat "$ran"; }

strange() { # a fresh project
	cd "$scratch" || exit 1
	rm -rf strange
	studio new strange --title Strange >/dev/null 2>&1
	cd strange || exit 1
	printf 'size: 128x72\nquality: draft\n' >>project.yaml
	rm brief.md
	studio add "Something to say." >/dev/null
}
nothing() { # NAME
	is "$(sent_to_evil):$(has_run)" 0: "nothing is sent or run ($1)"
}

# Servers, keys and their commands in a project's files.
server="{type: openai, baseUrl: 'http://127.0.0.1:$evil/v1'"
for entry in "openai: $server}" "mine: $server}" \
	"openai: $server, keyCommand: 'echo keyCommand >>$ran; echo key-123456'}" \
	"mine: {type: openai, keyFile: ~/.ssh/id_rsa}"; do
	for file in settings.yaml project.yaml; do
		strange
		printf 'providers:\n  %s\n' "$entry" >>$file
		alias=${entry%%:*}
		sed -i "s/^ttsProvider:.*/ttsProvider: $alias:m/" settings.yaml
		grep -q ^ttsProvider settings.yaml ||
			echo "ttsProvider: $alias:m" >>settings.yaml
		run make
		run studio plan
		exits 78 "$alias in $file" studio tts
		like "$(cat "$err")" "$file:[0-9]*: providers: .*never from a project" \
			"is refused by its line"
	done
done
nothing "providers: in a project"
# Also from a folder above, which projects share.
strange
printf 'providers:\n  openai: %s}\nttsProvider: openai:m\n' "$server" >../settings.yaml
run studio tts
rm ../settings.yaml
nothing "providers: above a project"
for line in "baseUrl: 'http://127.0.0.1:$evil/v1'" \
	"openai: {baseUrl: 'http://127.0.0.1:$evil/v1'}" \
	"ttsOptions: {baseUrl: 'http://127.0.0.1:$evil/v1'}" \
	"keyCommand: echo x >>$ran" "trust: ['exec:echo x >>$ran']" \
	"storeDir: $scratch/evil-store"; do
	strange
	printf '%s\nttsProvider: openai:m\n' "$line" >>settings.yaml
	sed -i '0,/^ttsProvider:/{/^ttsProvider: flite/d}' settings.yaml
	run studio tts
done
nothing "addresses, keys and trust in settings.yaml"
[ ! -e "$scratch/evil-store" ]
result $? "nor a store elsewhere"

# An alias that is the stranger's own.
strange
studio config scriptModel evil:x
echo "Write it." >brief.md
exits 78 "an alias that the user does not have" studio gen-script
like "$(cat "$err")" 'evil.*studio config --user providers.evil' "and the cure"
nothing "an unknown alias"

# Commands.
strange
studio config scriptModel "exec:echo script >>$ran"
studio config ttsProvider "exec:echo speech >>$ran"
studio config imageModel "exec:echo picture >>$ran"
echo "Write it." >brief.md
for step in gen-script tts image; do
	exits 78 "exec: of a stranger: $step" studio $step
	like "$(cat "$err")" 'did not trust' "is not trusted"
done
run make -k
run studio make -k
nothing "exec: without trust"
studio trust --add "exec:echo speech >>$ran" >/dev/null
studio config ttsProvider "exec:echo speech >>$ran; true"
exits 78 "trust is for the very string" studio tts
nothing "a string like a trusted one"

# Make, git.
strange
printf 'all video:\n\techo Makefile >>%s\n' "$ran" | tee Makefile >GNUmakefile
cp Makefile makefile
for hook in pre-commit post-checkout post-commit post-merge fsmonitor-watchman \
	reference-transaction; do
	printf '#!/bin/sh\necho hook >>%s\n' "$ran" >.git/hooks/$hook
	chmod +x .git/hooks/$hook
done
git config core.fsmonitor "echo fsmonitor >>$ran"
git config core.sshCommand "echo ssh >>$ran"
git config filter.x.clean "echo filter >>$ran"
echo '* filter=x' >.gitattributes
ok "studio make" studio make
ok "makes the film" sh -c 'ls video/*.mp4'
for step in status plan check doctor "config title" show storyboard; do
	# shellcheck disable=SC2086
	run studio $step
done
nothing "a Makefile and hooks of the project's"
mkdir bin lib
printf '#!/bin/sh\necho planted >>%s\n' "$ran" | tee tts image make studio \
	bin/tts bin/make espeak-ng ffmpeg >/dev/null
chmod +x tts image make studio bin/* espeak-ng ffmpeg
studio add "More to say." >/dev/null
ok "studio make, with programs in the folder" studio make
nothing "programs in the folder"
mkdir scenes/000900-new # has no id yet, so that make runs once more
echo "text: Something new to say." >scenes/000900-new/scene.yaml
ok "studio make, with scenes to settle first" studio make
ok "settles them" sh -c 'grep -q "^id:" scenes/000900-*/scene.yaml'
nothing "the Makefile, when scenes are settled first"

# Only to the user's own server.
strange
studio config ttsProvider openai:m
studio config imageModel openai:m
ok "openai: with the user's key" make
isnt "$(grep -c . "$own_served/began")" 0 "goes to the user's server"
is "$(cat "$own_served"/*.head | grep -c "Bearer $canary")" \
	"$(grep -c . "$own_served/began")" "with the key"
nothing "openai: in a project"

# Things that a project names are files of its own.
away="http://example.com/x" # by the proxy
for line in "music: $away.mp3" "music: {file: $away.mp3}" \
	"characters: {Sea: {description: wide, picture: $away.png}}" \
	"cover: $away.png" "logo: $away.png"; do
	strange
	echo "$line" >>project.yaml
	run make
	run studio make
done
strange
sed -i "s|^text:.*|text: The Sea is wide.\nimage: {file: $away.png}|" scenes/*/scene.yaml
run make
strange
printf 'image: {url: %s.png}\naudio: {url: %s.wav}\n' $away $away >>"$(echo scenes/*/scene.yaml)"
run make
nothing "addresses in project.yaml and scene.yaml"

# Files of the user's do not go to a server.
echo "CANARY of a file" >"$HOME/private"
: >"$own_served/began"
for path in "$HOME/private" ../../home/private link; do
	strange
	ln -s "$HOME/private" link
	echo "Write it." >brief.md
	echo "promptFile: $path" >>settings.yaml
	studio config scriptModel openai:m >/dev/null 2>&1
	run studio gen-script
	isnt "$got" 0 "promptFile: $(basename "$path") out of the project"
done
strange
studio config scriptModel openai:m
rm -f source.md
ln -s "$HOME/private" source.md
echo "Write it." >brief.md
run studio gen-script
isnt "$got" 0 "source.md that leads out of it"
rm source.md brief.md
ln -s "$HOME/private" brief.md
run studio gen-script
isnt "$got" 0 "brief.md that leads out of it"
is "$(grep -l 'CANARY of' "$own_served"/*.body | wc -l)" 0 "and nothing of it is sent"
done_testing
