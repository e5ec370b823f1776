#!/bin/sh
# Texts that are commands somewhere (tests/data/nasty/texts, JSON that is YAML
# too) stand everywhere in a project: each place that they come out at takes
# them for text.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"
texts=$top/tests/data/nasty/texts

# Nothing that drives a terminal: C0 but newline and tab, DEL, C1, what turns
# the direction of text; bytes, so that broken UTF-8 is seen too.
safe() { # FILE NAME
	bad=$(LC_ALL=C grep -naP \
		'[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xe2\x81[\xa6-\xa9]' \
		"$1" | head -n 3 | cat -v)
	[ -z "$bad" ] && iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1
	result $? "$2" "$bad"
}

one=$(sed -n 1p "$texts") two=$(sed -n 2p "$texts") three=$(sed -n 3p "$texts")
html=$(sed -n 4p "$texts") shell=$(sed -n 10p "$texts")
ffmeta=$(sed -n 11p "$texts")

mkdir film && cd film || exit 1
cat >project.yaml <<E2
id: 3f9a1c2e-1111-4222-8333-444455556666
title: $html
description: $ffmeta
artist: $one
category: $two
tags: [$three, $shell]
platform: youtube
size: 128x72
quality: draft
captions: sidecar
sidecars: [srt, vtt, ass]
titleCard: {title: $one, eyebrow: $html}
endCard: {text: $two, credits: [$three, $shell]}
characters: {$html: {description: $one}}
E2
printf 'defaultTtsVoice: slt\nlexicon: {}\nspeakers: {%s: {voice: rms}}\n' \
	"$html" >settings.yaml
echo "{$shell: x, $one: y}" >lexicon.yaml
n=0
while read -r text; do
	n=$((n + 1))
	key=$(printf '%06d' $((n * 100)))
	case $n in
	1) folder="$key-\$(touch pwned)" ;;
	2) folder="$key-a b%c'd\"e" ;;
	3) folder="$key-;touch pwned;#:=" ;;
	4) folder="$key-<img src=x onerror=alert(6)>" ;;
	*) folder=$key-s ;;
	esac
	mkdir -p "scenes/$folder"
	printf 'text: %s\nnotes: %s\nheading: %s\nimage: {style: %s}\n' \
		"$text" "$text" "$text" "$html" >"scenes/$folder/scene.yaml"
done <"$texts"
git init -q && git add -A && git commit -qm "$(printf 'A \033[31msubject')"

ok "the film is made" studio make
safe "$out" "what make printed"
safe "$err" "what make said"
is "$(find . "$HOME" -name '*pwned*' -not -path '*/scenes/*')" "" \
	"no text was run by a shell or by make"
is "$(find scenes -mindepth 1 -maxdepth 1 -type d | grep -vE \
	'^scenes/[0-9]{6}-[0-9a-f]{8}$')" "" "folders got plain names"
is "$(find scenes -mindepth 1 -maxdepth 1 -type d | wc -l)" "$n" \
	"one for each text"

# ---- each program, to a pipe, fresh, then with words of others in records
all_verbs() { # NAME
	for verb in plan "plan --json" status "status --json" check "show --json" \
		"show 1" cost "cost --json" log "log 1" diff doctor refresh "tts 1" \
		"image 2" "config title" providers store trust gen-script \
		split-scenes "render-video youtube"; do
		# shellcheck disable=SC2086
		run timeout 60 studio $verb </dev/null
		if reported || [ "$got" -ge 124 ]; then
			result 1 "studio $verb ($1)" "exit $got: $(said)"
			continue
		fi
		cat "$out" "$err" >"$tmp/both"
		safe "$tmp/both" "studio $verb ($1)"
		case $verb in
		*--json)
			jq . "$out" >/dev/null 2>&1
			result $? "is JSON" ;;
		esac
	done
}
all_verbs fresh
git add -A && git commit -qm made
first=$(find scenes -mindepth 1 -maxdepth 1 -type d | sort | head -n 1)
jq --argjson t "$one" '.status = "failed" | .error = $t | .request = "'"$(
	printf '%064d' 0)"'"' "$first/audio.json" >x.json && mv x.json "$first/audio.json"
sed -i "s|^notes:.*|speaker: $html|" "$first/scene.yaml"
printf 'ttsProvider: "exec:printf \\e[31m; cat"\nimageModel: %s\n' "$two" \
	>>settings.yaml
mkdir -p ledger
jq -n --argjson t "$one" --argjson s "$html" '{request: "'"$(printf '%064d' 0)"'",
	kind: "audio", provider: $t, for: $t, scene: $s, at: "2026-11-22T15:57:02Z",
	bytes: 1, characters: 3, outcome: "ready", requestId: $t}' \
	>ledger/0000000000000000.json
all_verbs "others' words"
for bad in 'text: "\u001b[31m' "text: [$one]" "\"\\u001b[31m\": 1" "motion: $one" \
	"image: {file: $one}" "transition: $two" "duration: $three" "id: $one"; do
	printf '%s\n' "$bad" >"$first/scene.yaml"
	run studio plan
	safe "$err" "an error about $(printf '%s' "$bad" | cut -c1-12)"
	is "$(wc -l <"$err")" 1 "in one line"
done
git checkout -q . && git clean -fdqx -e build -e '*.local.*' -e video

# ---- to a terminal: only our own colours and lines
if command -v script >/dev/null; then
	script -qec "studio status; studio plan" /dev/null </dev/null 2>&1 |
		tr -d '\r' | sed 's/\x1b\[[0-9;]*[mK]//g' >"$tmp/tty"
	safe "$tmp/tty" "status and plan on a terminal"
else
	skip "script is not installed"
fi

# ---- the storyboard
ok "the storyboard" studio storyboard
xmllint --html --xmlout --noent storyboard.html >"$tmp/dom.xml" 2>/dev/null
count() { xmllint --xpath "count($1)" "${2-$tmp/dom.xml}"; }
is "$(count '//script | //iframe | //object | //embed | //base | //link')" 0 \
	"has no element that runs or fetches"
is "$(count '//@*[starts-with(name(), "on")]')" 0 "nor an attribute that does"
is "$(count '//@href[contains(., "javascript:")] | //@src[not(starts-with(., "data:") or starts-with(., "scenes/") or starts-with(., "video/") or starts-with(., "build/"))]')" \
	0 "nor an address that is not the project's"
isnt "$(grep -c '&lt;script&gt;alert(1)' storyboard.html)" 0 "but shows the text"
if command -v chromium >/dev/null; then
	timeout 60 chromium --headless --no-sandbox --disable-gpu --dump-dom \
		"file://$PWD/storyboard.html" >"$tmp/live" 2>/dev/null
	xmllint --html --xmlout "$tmp/live" >"$tmp/live.xml" 2>/dev/null
	is "$(count '//script | //iframe | //@*[starts-with(name(), "on")]' \
		"$tmp/live.xml")" 0 "nor is there one in a browser"
fi

# ---- captions
perl -e 'undef $/; $_ = <>; my @b = split /\n\n+/; my $n = 0;
	for (@b) { my @l = split /\n/; $n++;
		exit 1 unless $l[0] eq $n
			&& $l[1] =~ /^\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}$/
			&& @l >= 3 && @l <= 4;
		exit 2 if grep { /[<>\r]|\{\\/ } @l[2..$#l]; }
	print $n' video/youtube.en.srt >"$tmp/cues"
is $? 0 "SubRip: every block is a cue, without markup"
cues=$(cat "$tmp/cues")
is "$(ffprobe -v error -count_packets -show_entries stream=nb_read_packets \
	-of csv=p=0 video/youtube.en.srt | tr -d ,)" "$cues" "as many as ffprobe reads"
perl -e 'undef $/; $_ = <>; my @b = split /\n\n+/; exit 1 if shift @b ne "WEBVTT";
	for (@b) { my @l = split /\n/;
		exit 2 unless $l[0] =~ /^\d\d:\d\d:\d\d\.\d{3} --> \d\d:\d\d:\d\d\.\d{3}( [a-z]+:\d+%)*$/;
		my $t = join "\n", @l[1..$#l];
		$t =~ s/<\d\d:\d\d:\d\d\.\d{3}>//g;
		exit 3 if $t =~ /[<>\r]|&(?!amp;|lt;|gt;|nbsp;|lrm;|rlm;)/; }
	print scalar @b' video/youtube.en.vtt >"$tmp/vtt"
is "$?:$(cat "$tmp/vtt")" "0:$cues" "WebVTT: as many, with no tag but times"
perl -ne 'next unless /^Dialogue: /; $n++; chomp;
	my @f = split /,/, $_, 10; my $t = $f[9];
	$t =~ s/\{\\k\d+\}//g;
	$t =~ s/\\[{}]|\\\xe2\x81\xa0|\\N//g;
	exit 1 if $t =~ /[{}]|\\/; END { print $n }' video/youtube.en.ass >"$tmp/ass"
is "$?" 0 "ASS: no tag but the times of words"
is "$(grep -cE '^(Title|Dialogue|Style|Format|\[|ScriptType|PlayRes[XY]|WrapStyle|Language|ScaledBorderAndShadow|YCbCr Matrix|;|!|Timer|Collisions|$)' \
	video/youtube.en.ass)" "$(wc -l <video/youtube.en.ass)" "nor a line of its own"
for f in srt vtt ass; do safe video/youtube.en.$f "no controls in $f"; done

# ---- the film's tags, chapters and XMP
ffprobe -v error -show_format -show_chapters -of json video/youtube.mp4 >tags.json
is "$(jq -r '.format.tags | keys[] | ascii_downcase' tags.json | grep -vE \
	'^(major_brand|minor_version|compatible_brands|encoder|title|artist|album|comment|description|synopsis|genre|date|keywords|creation_time|language|copyright|software)$')" \
	"" "the film has no tag that a text added"
is "$(jq -r .format.tags.title tags.json)" \
	"<script>alert(1)</script><img src=x onerror=alert(2)>" "the title is the text"
is "$(jq '[.chapters[].tags.title | select(test("\n"))] | length' tags.json)" 0 \
	"chapters are one line each"
perl -0777 -ne 'print $1 if /(<x:xmpmeta.*?<\/x:xmpmeta>)/s' video/youtube.mp4 >x.xmp
if [ -s x.xmp ]; then
	ok "the XMP of the film is well-formed" xmllint --noout x.xmp
else
	skip "the film has no XMP"
fi

# ---- folders of scenes whose names are more than names to make and the shell
set -- scenes/*
mv "$1" "scenes/000100-\`id>pwned\`"
mv "$2" "scenes/000200-Tom's \$(id>pwned) house; a%b:c\"d\\e"
rm scenes/000[12]00-*/audio.json scenes/000[12]00-*/image.json
studio refresh --make >"$tmp/words"
is "$(grep -cE '^(audio|image):' "$tmp/words")" 4 "two scenes have jobs"
is "$(grep -c '[^A-Za-z0-9:/@._-]' "$tmp/words")" 0 "make is told no such name"
ok "make with folders of such names" studio make
ok "has nothing left to do" sh -c 'studio plan | grep -q "Everything is fresh"'
is "$(find . -name 'pwned*')" "" "and ran none of them"
done_testing
