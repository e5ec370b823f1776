#!/bin/sh
# The finished film, by its measured properties.
# shellcheck source-path=SCRIPTDIR
. "$(dirname "$0")/lib.sh"

ok "a project" studio new film --title "Measured & <told>" --platform youtube
cd film || exit 1
rm brief.md
printf 'size: 640x360\nquality: draft\n' >>project.yaml
mkdir media
ffmpeg -v error -f lavfi -i color=red:s=800x450 -frames:v 1 media/red.png
# one second of nothing, then half a second of a tone, and again
ffmpeg -v error -f lavfi -i "sine=880:r=48000:d=0.5,volume=0.5" \
	-af "adelay=1000,aloop=1:72000,apad=whole_dur=4" media/tone.wav
studio add "This one is red, and it starts with a tone." >/dev/null
studio add "The second scene is spoken by a voice of its own, and drawn." \
	>/dev/null
studio add "The third is the last of them." >/dev/null
one=$(find scenes -mindepth 1 -type d | sort | head -1)
printf 'motion: still\naudio: {file: media/tone.wav}\n' >>"$one/scene.yaml"
printf 'image: {file: media/red.png}\n' >>"$one/scene.yaml"
ok "the film" make -j2
f=video/youtube.mp4

# Container and streams.
stream() { # stream TYPE ENTRY
	ffprobe -v error -select_streams "$1" -show_entries "stream=$2" \
		-of default=nw=1:nk=1 $f | head -1
}
is "$(stream V codec_name) $(stream V profile) $(stream V pix_fmt)" \
	"h264 High yuv420p" "video codec"
is "$(stream V width)x$(stream V height)" 640x360 "frame size"
is "$(stream V color_space) $(stream V color_primaries) $(stream V \
	color_transfer) $(stream V color_range)" "bt709 bt709 bt709 tv" \
	"colour tags"
is "$(stream V chroma_location)" left "chroma site"
is "$(stream V r_frame_rate)" 30/1 "30 frames a second"
is "$(stream a codec_name) $(stream a profile) $(stream a sample_rate) $(
	stream a channels)" "aac LC 48000 2" "sound codec"
is "$(ffprobe -v error -show_entries stream_tags=language -of csv=p=0 $f |
	sort -u)" eng "languages"
is "$(ffprobe -v error -show_entries format_tags=title -of \
	default=nw=1:nk=1 $f)" "Measured & <told>" "title"
boxes=$(perl -e 'open F, "<:raw", $ARGV[0]; my $end = -s F; my $p = 0;
	while ($p < $end) { seek F, $p, 0; read F, my $h, 16;
		my ($n, $t, $l) = unpack "Na4Q>", $h; $n = $l if $n == 1;
		print "$t "; last if $n < 8; $p += $n }' $f)
like "$boxes" '^ftyp .*moov .*mdat' "moov comes before mdat: $boxes"
is "$(grep -c elst $f)" 0 "no edit list"
like "$(grep -ao 'digitalsourcetype/[A-Za-z]*' $f | head -1)" \
	'compositeWithTrainedAlgorithmicMedia' "IPTC digital source type"
is "$(grep -c "$(date -u +%Y-%m)" $f)" 0 "no date in it"

# Frames: each a thirtieth, key frames at most half a second apart, no picture
# that points over a key frame.
ffprobe -v error -select_streams V -show_entries packet=pts_time,flags \
	-of csv=p=0 $f >packets
awk -F, '{n++; p[n]=$1; k[n]=$2~/K/} END {
	for (i = 1; i <= n; i++) { if (k[i]) { if (last != "" &&
		p[i] - last > gop) gop = p[i] - last; last = p[i] }
		else if (p[i] < last) lead++ }
	printf "%.2f %d\n", gop, lead }' packets >gop
read -r gop lead <gop
is "$(awk "BEGIN{print ($gop <= 0.501)}")" 1 "key frames $gop s apart"
is "$lead" 0 "closed GOPs"
is "$(cut -d, -f1 packets | sort -n | awk 'NR>1{d=$1-p; if(d<.033||d>.0337)b++}
	{p=$1} END{print b+0}')" 0 "every frame has the same length"
ffmpeg -v warning -i $f -f null - 2>decode
is "$(cat decode)" "" "decodes without a word"

# Red is red: BT.709, limited range.
ffmpeg -v error -ss 1 -i $f -frames:v 1 -vf "crop=2:2:320:180" \
	-f rawvideo -pix_fmt yuv420p red.yuv
od -An -tu1 red.yuv >red.txt
read -r y _ _ _ u w <red.txt
is "$(awk "BEGIN{print ($y>=61&&$y<=65&&$u>=100&&$u<=104&&$w>=238&&$w<=242)}")" \
	1 "red is Y $y U $u V $w"

# Sound: loudness, peak, and the tone where the timeline puts it.
ffmpeg -nostats -i $f -af "ebur128=peak=true" -f null - 2>r128
lufs=$(awk '/^ *I:/{v=$2} END{print v}' r128)
peak=$(awk '/^ *Peak:/{v=$2} END{print v}' r128)
is "$(awk "BEGIN{print ($lufs>=-14.4&&$lufs<=-13.6)}")" 1 "$lufs LUFS"
is "$(awk "BEGIN{print ($peak<=-1)}")" 1 "true peak $peak dBTP"
ffmpeg -nostats -i $f -af "silencedetect=n=-40dB:d=0.3" -f null - 2>silence
tone=$(awk '/silence_end/{print $5; exit}' silence)
is "$(awk "BEGIN{print ($tone>=0.32&&$tone<=0.34)}")" 1 \
	"the tone sounds at $tone s: head 0.3 s and 30 ms kept of the silence"
v=$(stream V duration) a=$(stream a duration)
is "$(awk "BEGIN{d=$v-$a; print (d*d<0.0025)}")" 1 \
	"picture $v s and sound $a s end together"

# Captions: the same cues in both, in step with the words that are spoken.
is "$(grep -c -- '-->' video/youtube.en.srt)" \
	"$(grep -c -- '-->' video/youtube.en.vtt)" "as many cues in SRT and VTT"
like "$(head -1 video/youtube.en.vtt)" '^WEBVTT' "WebVTT"
like "$(sed -n 2p video/youtube.en.srt)" \
	'^00:00:[0-9]{2},[0-9]{3} --> 00:00:[0-9]{2},[0-9]{3}$' "SRT"
is "$(tr -d '\n' <video/youtube.en.srt | grep -c 'voice of its own')" 1 \
	"the words are there"
is "$(jq -r .sha256 video/youtube.json)" \
	"$(sha256sum <$f | cut -c1-64)" "the record has its SHA-256"
is "$(jq -r .status video/youtube.json)" ready "and says ready"

done_testing
