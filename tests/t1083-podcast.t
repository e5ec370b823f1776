#!/bin/sh
# Sound as a file of its own: beside a podcast's film, or alone.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

command -v ffprobe >/dev/null && command -v jq >/dev/null ||
	skip_all "needs ffmpeg and jq"

show() { # show ENTRIES FILE
	ffprobe -v error -show_entries "$1" -of default=nw=1:nk=1 "$2"
}

loud() {
	ffmpeg -nostats -i "$1" -af "ebur128=peak=true:framelog=verbose" \
		-f null - 2>&1 | awk '/^ *I:/{i=$2} /^ *Peak:/{p=$2}
		END{print (i > -16.35 && i < -15.65 && p <= -1)}'
}

ok "a podcast" studio new film --title "Night & day" --platform podcast
cd film || exit 1
rm brief.md
printf 'size: 128x72\nquality: draft\nartist: The Tide Table\n' >>project.yaml
for n in 1 2 3; do
	mkdir -p scenes/000${n}00-x
	cat >scenes/000${n}00-x/scene.yaml <<-EOT
	text: "Part $n is about the sea, which is wide, and about the night, which is long, and about those who sail on the one in the other without a light."
	heading: Part $n
	EOT
done
sed -i 's/^heading: .*$/&\nduration: 11s/' scenes/*/scene.yaml
ok "its film" make -s
f=video/podcast.m4a
is "$(jq -r '.url + " " + .audio' video/podcast.json)" \
	"podcast.mp4 podcast.m4a" "with its sound beside it"
is "$(loud $f)" 1 "-16 LUFS, peaks under -1 dBTP"
is "$(show stream=codec_name,channels $f | tr '\n' ' ')" \
	"aac 2 bin_data mjpeg " "AAC in two channels, chapters, a picture"
rate=$(ffprobe -v error -select_streams a -show_entries stream=bit_rate \
	-of csv=p=0 $f)
is "$((rate > 90000 && rate < 140000))" 1 "at 128 kbit/s: $rate"
is "$(show format_tags=title,artist,major_brand $f | sort | tr '\n' ',')" \
	"M4A ,Night & day,The Tide Table," "its tags"
is "$(ffprobe -v error -select_streams a -show_entries stream_tags=language \
	-of csv=p=0 $f)" eng "its language"
is "$(ffprobe -v error -show_chapters -show_entries chapter_tags=title \
	-of default=nw=1:nk=1 $f | grep -c '^Part')" 3 "three chapters"
is "$(grep -c elst $f)" 0 "no edit list"
like "$(grep -ao 'digitalsourcetype/[A-Za-z]*' $f | tail -1)" \
	'compositeWithTrainedAlgorithmicMedia' "disclosed"
boxes=$(perl -e 'open F, "<:raw", $ARGV[0]; my $end = -s F; my $p = 0;
	while ($p < $end) { seek F, $p, 0; read F, my $h, 16;
		my ($n, $t, $l) = unpack "Na4Q>", $h; $n = $l if $n == 1;
		print "$t "; last if $n < 8; $p += $n }' $f)
like "$boxes" '^ftyp moov .*mdat' "moov comes before mdat: $boxes"
side=$(ffprobe -v error -select_streams v -show_entries stream=width,height \
	-of csv=p=0 $f)
is "${side%,*}" "${side#*,}" "the picture is square"
is "$((${side%,*} >= 1400 && ${side%,*} <= 3000))" 1 "and large: $side"
packets() {
	ffmpeg -v error -i "$1" -map 0:a -c copy -f md5 -
}
is "$(packets $f)" "$(packets video/podcast.mp4)" "the film's own packets"
cp $f keep.m4a
ok "nothing to do" make -s
rm $f
like "$(studio refresh --make)" '^film:podcast$' "it is missed"
ok "and made" make -s
same_file $f keep.m4a "as it was"

# Alone: no picture is made, nor waited for.
cat >>project.yaml <<'EOT'
videos: [{name: episode, format: audio}]
EOT
rm -r scenes/*/image* video build
words=$(studio refresh --make | sed 's/:.*//' | sort -u | tr '\n' ' ')
is "$words" "audio-film sound with-cover " "what is to be made"
ok "a film without pictures" make -s
is "$(cd video && echo *)" "episode.en.vtt episode.json episode.m4a" \
	"sound, transcript, record"
is "$(jq -r '.url + " " + .status + " " + .captions[0]' video/episode.json)" \
	"episode.m4a ready episode.en.vtt" "its record"
is "$(find scenes -name 'image*' | wc -l)" 0 "no picture was made"
same_file video/episode.m4a keep.m4a "the same bytes as beside the film"
like "$(studio plan)" 'Everything is fresh' "plan: fresh"
like "$(studio status)" 'finished and fresh' "status: finished"
ok "storyboard" studio storyboard
like "$(grep -o '<audio id="film"[^>]*>' storyboard.html)" 'episode.m4a' \
	"the storyboard plays it"
ok "nothing to be seen before" render-video --preview
like "$(cat "$err")" 'episode: is sound alone' "is said"
exits 2 "no parts either" render-clip episode 1
ok "-o" render-video episode -o ../out.m4a
same_file ../out.m4a keep.m4a "gives the file"
echo 'sound: {file: media/bell.wav}' >>"$(echo scenes/0001*)/scene.yaml"
mkdir media
ffmpeg -v error -f lavfi -i "aevalsrc=0.1*sin(2*PI*880*t)*exp(-6*t):d=1" \
	media/bell.wav
like "$(studio plan)" '00001.sound.1' "an effect makes it anew"
ok "made anew" make -s
is "$(loud video/episode.m4a)" 1 "and levelled"
sed -i 's/format: audio/format: cinema/' project.yaml
exits 65 "another format" studio plan
like "$(cat "$err")" 'format: found .cinema.*video audio' "is named"
sed -i 's/format: cinema/preset: podcast, format: video/' project.yaml
like "$(studio refresh --make)" '^film:episode$' "format: video"
unlike "$(studio refresh --make)" 'with-cover' "has no file beside it"
done_testing
