# paid.sh: a project whose voices and pictures are paid for, for test scripts;
# after lib.sh:
#
#	. "$top/tests/paid.sh"
#	paid_film NAME SCENES   a project in NAME, split, with nothing made
#	count                   calls so far: voices and pictures
#	flip FILE [AT]          another byte in its place, with its old times,
#		as a disk does
#	object DIGEST           path of the store's reply
#	request RECORD          the digest in a record
#	folder DIR N            the folder of scene N, from 1
#
# They are made by commands, which count as paid; each picture is another one.
#
# shellcheck shell=sh
# shellcheck disable=SC2034,SC2154

store=$XDG_DATA_HOME/studio/store
calls=$tmp/calls
: >"$calls"
count() { wc -l <"$calls"; }

voice="exec:echo v >>$calls; cat >/dev/null; cat $tmp/voice.wav"
picture="exec:echo p >>$calls; image --size 64x36"

paid_film() {
	[ -e "$tmp/voice.wav" ] || {
		echo "One two three four." | tts >"$tmp/voice.wav"
		studio trust --add "$voice" >/dev/null
		studio trust --add "$picture" >/dev/null
	}
	studio new "$1" --title "$1" >/dev/null 2>&1 || exit 1
	rm "$1/brief.md"
	printf 'size: 128x72\nquality: draft\n' >>"$1/project.yaml"
	studio -C "$1" config ttsProvider "$voice"
	studio -C "$1" config imageModel "$picture"
	nr=0
	while [ $nr -lt "$2" ]; do
		nr=$((nr + 1))
		printf '## Part %d\n\nIn %s this is part %d.\n\n' $nr "$1" $nr
	done >"$1/script.md"
	studio -C "$1" split-scenes >/dev/null || exit 1
}

flip() {
	touch -r "$1" "$tmp/times"
	perl -e 'my ($f, $at) = @ARGV; open my $h, "+<:raw", $f or die;
		$at = int((-s $h) / 2) if !length $at; seek $h, $at, 0; read $h, my $c, 1;
		seek $h, $at, 0; print $h chr(ord($c) ^ 1)' "$1" "${2-}"
	touch -r "$tmp/times" "$1"
}
object() { echo "$store/objects/$(echo "$1" | cut -c1-2)/$1"; }
request() { jq -r .request "$1"; }
folder() { find "$1/scenes" -mindepth 1 -maxdepth 1 -type d | sort |
	sed -n "$2p"; }
