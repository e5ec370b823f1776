#!/bin/sh
# No path that stands in a project leads out of it. The fields that are paths
# are read from the source of the schema, so that a new one is tried here too;
# each gets what leads out as a text, and each kind of link and of thing that
# is no plain file. Nothing outside is read, written, waited for or named in
# what is made.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

# ---- outside: good media, so that only the place is wrong
mkdir "$tmp/outside" && chmod 700 "$tmp/outside"
away=$tmp/outside
echo "a secret" | image --size 128x72 >"$away/a.png"
echo "A secret that nobody may hear." | tts >"$away/a.wav"
cp "$(find /usr/share/fonts -name 'NotoSans-Regular.ttf' | head -n 1)" \
	"$away/a.ttf"
printf 'CANARY of a prompt\n' >"$away/a.md"
sums "$away" >"$tmp/before"
secrets=$(cut -d' ' -f1 "$tmp/before" | paste -sd'|')

ok "a project" studio new film --title Film
cd film || exit 1
printf 'size: 128x72\nquality: draft\nvideos: [{name: one, preset: youtube}]\n' \
	>>project.yaml
rm brief.md
studio add "The Sea speaks." >/dev/null
ok "a film" make
scene=$(echo scenes/*)
mkdir -p media
git add -A && git commit -qm good
back() {
	git checkout -q . && git clean -fdqx -e build -e '*.local.*' -e video \
		-e media
	rm -rf media && mkdir media
}

# ---- the fields: "table field kind" of each VALUE_PATH and VALUE_URL
fields=$(awk '
	/^static const struct field [a-z_]+\[\]/ { t = $5; sub(/\[.*/, "", t) }
	/^#define [A-Z]+/ { t = $2 }
	/VALUE_(PATH|URL),/ && /\{ "/ {
		split($0, q, "\"")
		print t, q[2], (/VALUE_PATH/ ? "path" : "url")
	}' "$top"/lib/record/*.c)
isnt "$fields" "" "the schema has paths"

# The way from a.b to a value, as one line of YAML.
flow() { # FIELD PATH
	case $1 in
	*.*) printf '%s: {%s: "%s"}' "${1%%.*}" "${1#*.}" "$2" ;;
	*) printf '%s: "%s"' "$1" "$2" ;;
	esac
}

# Write the field; what it is for must be used, or it would not be opened.
put() { # TABLE FIELD PATH
	case $1 in
	scene_fields) flow "$2" "$3" >>"$scene/scene.yaml" ;;
	sound_fields)
		printf 'sound: {%s}\n' "$(flow "$2" "$3")" >>"$scene/scene.yaml"
		;;
	music_fields) printf 'music: {%s}\n' "$(flow "$2" "$3")" >>project.yaml ;;
	settings_fields)
		flow "$2" "$3" >>settings.yaml
		sed -i '/^scriptModel/d' settings.yaml
		printf '\nscriptModel: "exec:cat"\n' >>settings.yaml
		echo "Write it." >brief.md
		rm -f script.md script.json
		;;
	character_fields)
		printf 'characters: {Sea: {%s}}\n' "$(flow "$2" "$3")" \
			>>project.yaml
		# only a provider that takes pictures opens it
		sed -i '/^imageModel/d' settings.yaml
		echo 'imageModel: "exec:cat"' >>settings.yaml
		;;
	style_fields)
		printf 'captions: burned\ncaptionStyle: mine\ncaptionStyles: {mine: {font: "%s"}}\n' \
			"$3" >>project.yaml
		;;
	AROUND) flow "$2" "$3" >>project.yaml ;;
	MADE)
		for record in audio.json image.json; do
			jq --arg u "$3" '.url = $u' "$scene/$record" >x.json &&
				mv x.json "$scene/$record"
		done
		;;
	*) return 1 ;;
	esac
}

# Of the kind that the field wants.
kind_of() {
	case $1.$2 in
	scene_fields.audio* | sound_fields* | music_fields*) echo wav ;;
	settings_fields*) echo md ;;
	style_fields*) echo ttf ;;
	*) echo png ;;
	esac
}

# A font may also be a family's name, so its kind is text in the schema.
fields="$fields
style_fields captionStyles.font font"

# Nothing of outside was read into the project, or changed there.
kept() { # NAME
	found=$(grep -rlaE "$secrets|CANARY of" . 2>/dev/null | head -n 3)
	sums "$away" >"$tmp/after"
	[ -z "$found" ] && cmp -s "$tmp/before" "$tmp/after"
	result $? "$1" "found in: $found"
}

verbs="plan status check show|--json make refresh gen-script split-scenes tts
image storyboard render-video|--again"

# ---- what leads out as it is written
bad_texts='../../outside/a.KIND /etc/passwd ~/a.KIND ~root/x C:\\\\a.KIND C:/a
file:///etc/passwd file:a.KIND media/../../outside/a.KIND ./../a . .. media/..
media//a.KIND http://example.com/a.KIND \\\\\\\\host\\\\a media/a\u0001.KIND
media/a\n.KIND /proc/self/fd/0 /dev/stdin'
tried=0 wrong=
for line in $(echo "$fields" | tr ' ' '|'); do
	table=${line%%|*} rest=${line#*|}
	field=${rest%%|*}
	kind=$(kind_of "$table" "$field")
	for text in $bad_texts; do
		# a font's name that is no path is a family
		case $table.$text in
		style_fields.. | style_fields... | style_fields.C:* | style_fields.~* | \
			style_fields.file:a* | style_fields.\\*) continue ;;
		esac
		# an address of the web is a URL for a record, and is not asked
		case $table.$text in MADE.http*) continue ;; esac
		back
		path=$(printf '%s' "$text" | sed "s/KIND/$kind/")
		case $table in MADE) path=$(printf '%b' "$path") ;; esac
		put "$table" "${field#captionStyles.}" "$path" || {
			wrong="$wrong $table.$field (no way to write it here)"
			break
		}
		run timeout 20 studio check
		tried=$((tried + 1))
		if reported || { [ "$got" -ne 65 ] && [ "$got" -ne 78 ]; }; then
			wrong="$wrong $table.$field=$path ($got: $(said))"
		elif [ "$table" != MADE ] && [ "$(wc -l <"$err")" -ne 1 ]; then
			wrong="$wrong $table.$field=$path (says: $(said))"
		fi
	done
done
is "$wrong" "" "$tried texts that lead out are refused, in a line each"
back
kept "and nothing of outside was touched"

# ---- links and things that are no plain file, at the end of a good path
make_thing() { # WHAT KIND: at media/x.KIND, or below media/x
	rm -rf media && mkdir media
	place=media/x.$2
	case $1 in
	link) ln -s "$away/a.$2" "$place" ;;
	relative) ln -s "../../../outside/a.$2" "$place" ;;
	proc) ln -s /proc/self/fd/0 "$place" ;;
	folder) ln -s "$away" media/x && place=media/x/a.$2 ;;
	media) rmdir media && ln -s "$away" media && place=media/a.$2 ;;
	fifo) mkfifo "$place" ;;
	directory) mkdir "$place" ;;
	socket) perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(
		Local => $ARGV[0], Listen => 1)' "$place" ;;
	device) mknod "$place" c 1 5 2>/dev/null || return 1 ;;
	esac
}
wrong='' tried=0
for line in $(echo "$fields" | tr ' ' '|'); do
	table=${line%%|*} rest=${line#*|}
	field=${rest%%|*}
	[ "$table" = MADE ] && continue # below
	kind=$(kind_of "$table" "$field")
	for thing in link relative proc folder media fifo directory socket \
		device; do
		back
		make_thing $thing "$kind" || continue
		put "$table" "${field#captionStyles.}" "$place"
		case $table in
		settings_fields) set -- gen-script ;;
		style_fields) set -- render-video --again ;;
		character_fields) set -- image ;;
		*) set -- make ;;
		esac
		run timeout 30 studio "$@" </dev/null
		tried=$((tried + 1))
		# make says 2 for the code of what it ran
		if reported || [ "$got" -eq 0 ] || [ "$got" -ge 124 ]; then
			wrong="$wrong
$table.$field $thing ($*: $got: $(said))"
		fi
	done
done
is "$wrong" "" "$tried links and odd things are refused, none is waited for"
back
kept "and nothing of outside was touched"

# ---- a record's url, through a folder that is a link
back
rm -rf "$scene/x"
ln -s "$away" "$scene/x"
jq '.url = "x/a.png"' "$scene/image.json" >x.json && mv x.json "$scene/image.json"
exits 65 "a url through a link: check" studio check
like "$(cat "$err")" 'image.json: url: .*symbolic link' "is said"
run studio storyboard
run studio show --json
kept "a url through a link"
rm "$scene/x"
back
rm "$scene"/image.local.png
ln -s "$away/a.png" "$scene/image.local.png"
exits 65 "a picture that is a link: check" studio check
rm "$scene/image.local.png"

# ---- folders of the project that are links
for folder in build video ledger media scenes build/parts build/board \
	build/cards build/preview build/parts/one "$scene"; do
	back
	rm -rf "$tmp/moved" && mkdir -p "$folder" "$(dirname "$folder")"
	mv "$folder" "$tmp/moved"
	mkdir -p "$away/empty"
	ln -s "$away/empty" "$folder"
	wrong=
	for verb in $verbs; do
		# shellcheck disable=SC2046
		run timeout 30 studio "${verb%%|*}" $(echo "$verb" | cut -s -d'|' -f2) </dev/null
		case $verb.$got in
		*.65 | make.2) ;;
		*) wrong="$wrong $verb: $got $(said)" ;;
		esac
	done
	is "$wrong" "" "$folder that is a link is refused by each program"
	is "$(find "$away/empty" -mindepth 1)" "" "and nothing is written behind it"
	rm "$folder"
	mv "$tmp/moved" "$folder"
	rmdir "$away/empty"
done

# ---- files that are written, and read, by name
for file in project.yaml settings.yaml lexicon.yaml brief.md source.md \
	script.md script.json "$scene/scene.yaml" "$scene/audio.json" \
	scenes/split.json cover.json; do
	back
	rm -f "$file"
	ln -s "$away/a.md" "$file"
	wrong=
	for verb in plan check make tts gen-script split-scenes; do
		run timeout 30 studio $verb </dev/null
		[ "$got" -lt 124 ] && ! reported || wrong="$wrong $verb: $got"
	done
	is "$wrong" "" "$file that is a link"
	rm -f "$file"
done
back
kept "files that are links"

# A cache that is a link, or that has another name outside, is not written to.
for how in -s ''; do
	back
	rm -f build/stat-cache
	echo precious >"$away/rc"
	# shellcheck disable=SC2086
	ln $how "$away/rc" build/stat-cache
	touch "$scene"/*.json "$scene"/*.local.* && sleep 0.1
	run studio check
	is "$got" "$([ "$how" = -s ] && echo 65 || echo 0)" \
		"a cache that is a link ($how)"
	is "$(cat "$away/rc")" precious "is not written to"
	rm build/stat-cache "$away/rc"
done

# A file of ours that has another name outside gets new bytes of its own.
back
cp "$scene/scene.yaml" "$away/y" && ln -f "$away/y" "$scene/scene.yaml"
sum=$(sha256sum <"$away/y")
ok "a voice for a scene.yaml with two names" studio tts --voice rms 1
is "$(sha256sum <"$away/y")" "$sum" "leaves the other name's bytes"
rm "$away/y"
back
ok "made again" make
ok "the good project is good" studio check
done_testing
