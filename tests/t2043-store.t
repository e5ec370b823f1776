#!/bin/sh
# What was paid for is not paid for again: there and back, lost media, a clean
# clone; and the plan says each time exactly what is then asked and paid.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
. "$top/tests/wire.sh"

# Two servers of one type, each with a key of its own, and an empty log each.
rules openai
home_served=$served home_port=$port
rules openai
work_served=$served work_port=$port
HOME_KEY=key-home WORK_KEY=key-work
export HOME_KEY WORK_KEY
for name in home work; do
	[ $name = home ] && p=$home_port k=HOME_KEY ||
		{ p=$work_port k=WORK_KEY; }
	studio config --user providers.$name "{type: openai, \
baseUrl: http://127.0.0.1:$p/v1, keyEnv: $k}"
done

# Fixed prices: what is estimated is what it costs.
mkdir -p "$XDG_CONFIG_HOME/studio"
cat >"$XDG_CONFIG_HOME/studio/prices.yaml" <<'EOF'
- {model: "home:*", characters: 15, date: 2026-11-25, source: "a test"}
- {model: "work:painter", picture: 0.04, date: 2026-11-25, source: "a test"}
- {model: "work:writer", call: 0.002, date: 2026-11-25, source: "a test"}
EOF

both() {
	served=$home_served && n=$(began)
	served=$work_served && echo $((n + $(began)))
}
cost() { studio -C "$1" cost --json | jq .total.cost; }

# makes DIR CALLS STORED NAME: the plan says so, and so it is
makes() {
	plan=$(studio -C "$1" plan --json)
	is "$(echo "$plan" | jq -c '[.total.calls, .total.stored]')" \
		"[$2,$3]" "$4: the plan says $2 calls, $3 from the store"
	calls_before=$(both)
	cost_before=$(cost "$1")
	ok "$4: make" make -C "$1"
	is $(($(both) - calls_before)) "$2" "$4: so many are made"
	is "$(jq -n --argjson a "$cost_before" --argjson b "$(cost "$1")" \
		'($b - $a) * 1e6 | round')" \
		"$(echo "$plan" | jq '.total.cost * 1e6 | round')" \
		"$4: for what the plan says"
}

film film ttsProvider=home:m defaultTtsVoice=nova imageModel=work:painter
makes film 5 0 "at first"
is "$(cost film)" 0.12192 "128 characters and 3 pictures"
makes film 0 0 "again"

is "$(served=$home_served all_of '*' .model | sort -u)" '"m"' \
	"one server gets the voices"
is "$(served=$work_served all_of '*' .model | sort -u)" '"painter"' \
	"the other the pictures"
is "$(cat "$home_served"/*.head | tr -d '\r' | grep -i key- | sort -u)" \
	"Authorization: Bearer key-home" "each its own key"
is "$(cat "$work_served"/*.head | tr -d '\r' | grep -i key- | sort -u)" \
	"Authorization: Bearer key-work" "and never the other's"

# There and back.
studio -C film config defaultTtsVoice onyx
makes film 2 0 "another voice"
studio -C film config defaultTtsVoice nova
makes film 0 2 "back"
studio -C film config defaultTtsVoice onyx
makes film 0 2 "there again"
studio -C film config imageOptions '{quality: high}'
makes film 3 0 "an option"
studio -C film config --unset imageOptions
makes film 0 3 "without"

# Lost media.
rm film/scenes/0001*/audio.*
makes film 0 1 "a voice that is lost"
rm film/scenes/*/image.* film/cover.*
makes film 0 3 "pictures that are lost"
(cd film && git add -A && git commit -qm film)
git -C film clean -fdxq
makes film 0 0 "what git does not keep"
whole film
rm -r film/scenes/*/image.* film/scenes/*/audio.* film/video film/cover.*
makes film 0 5 "all of it"

# A clone, after the folder is gone; then also without the store.
git clone -q film clone 2>/dev/null
rm -rf film
makes clone 0 0 "a clone"
whole clone
rm -rf "$XDG_DATA_HOME"
git clone -q clone second 2>/dev/null
makes second 0 0 "a clone without the store"
whole second

# A script, whose scenes nobody knows before.
rm -rf "$XDG_DATA_HOME"
studio new told --title Film --target-length 10s >/dev/null 2>&1
printf 'size: 128x72\nquality: draft\n' >>told/project.yaml
echo "A film on salt." >told/brief.md
for setting in scriptModel=work:writer ttsProvider=home:m \
	imageModel=work:painter defaultTtsVoice=nova; do
	studio -C told config "${setting%%=*}" "${setting#*=}" 2>/dev/null
done
is "$(studio -C told plan --json | jq -c '[.total.calls, .scenesUnsettled]')" \
	"[2,true]" "a script and a cover; the scenes are not known yet"
calls_before=$(both)
ok "the script" make -C told script
is $(($(both) - calls_before)) 1 "is one call"
studio -C told split-scenes >/dev/null
makes told 5 0 "then the plan is whole"
is "$(cost told)" 0.12392 "a script more"
echo "And on rain." >>told/brief.md
makes told 1 0 "another brief"
echo "A film on salt." >told/brief.md
makes told 0 1 "the first one again"

done_testing
