# SoakMedia.pm: small sounds and pictures that a seed decides, for soak: what
# its servers and commands answer, and what the model expects of them. As a
# program it is such a command ("voice" or "picture") for exec: providers.
package SoakMedia;
use strict;
use warnings;
use Compress::Zlib qw(compress crc32);
use Digest::SHA qw(sha256 sha256_hex);
use Exporter qw(import);
use Time::HiRes qw(sleep clock_gettime CLOCK_MONOTONIC);

our @EXPORT_OK = qw(sound_of picture_of command_key @hues);

# A server answers by the first of these that a request names.
our @hues = qw(amber birch coral dune ember flint);

my $RATE = 16000;

# A second or so of tones, as loud as speech and with gaps as between words.
sub sound_of {
	my ($seed) = @_;
	my @b = unpack "C*", sha256($seed);
	my $pcm = pack "s<*", (0) x 800;
	for my $i (0 .. 2 + $b[0] % 4) {
		my $n = 1600 + 10 * $b[2 * $i + 1];
		my $step = 6.283185307 * (150 + $b[2 * $i + 2]) / $RATE;
		$pcm .= pack "s<*", map { int(9000 * sin($step * $_) *
		    ($_ < 160 ? $_ / 160 : 1) * ($n - $_ < 160 ?
		    ($n - $_) / 160 : 1)) } 0 .. $n - 1;
		$pcm .= pack "s<*", (0) x (480 + 4 * $b[$i]);
	}
	return "RIFF" . pack("V", 36 + length $pcm) . "WAVEfmt " .
	    pack("VvvVVvv", 16, 1, 1, $RATE, 2 * $RATE, 2, 16) .
	    "data" . pack("V", length $pcm) . $pcm;
}

sub chunk {
	my ($type, $data) = @_;
	return pack("N", length $data) . "$type$data" .
	    pack("N", crc32("$type$data"));
}

# 80x45, one colour into another.
sub picture_of {
	my ($seed) = @_;
	my @b = unpack "C*", sha256($seed);
	my $rows = "";
	for my $y (0 .. 44) {
		$rows .= "\0" . join "", map { my $x = $_; pack "C3",
		    map { int($b[$_] + ($b[$_ + 3] - $b[$_]) * ($x + $y) /
		    125) } 0 .. 2 } 0 .. 79;
	}
	return "\x89PNG\r\n\x1a\n" . chunk("IHDR", pack("NNC5", 80, 45, 8, 2,
	    0, 0, 0)) . chunk("IDAT", compress($rows)) . chunk("IEND", "");
}

# What a command is told, as one word: variables by name without STUDIO_.
sub command_key {
	my ($stage, $in, $var) = @_;
	my @names = $stage eq "speech" ? qw(LANGUAGE VOICE SPEED) :
	    qw(LANGUAGE WIDTH HEIGHT STYLE TONE LOOK TAKE CHARACTERS);
	return sha256_hex(join "\0", $stage, $in,
	    (map { "$_=" . ($var->{$_} // "") } @names),
	    map { "$_=$var->{$_}" } sort grep { /^OPTION_/ } keys %$var);
}

# Note the call, wait a little, and answer or refuse.
sub command {
	my $stage = $ENV{STUDIO_STAGE};
	my %var = map { /^STUDIO_(.*)/ ? ($1 => $ENV{$_}) : () } keys %ENV;
	my $in = do { local $/; <STDIN> } // "";
	my $key = command_key($stage, $in, \%var);
	my $note = sub {
		open my $f, ">>", $ENV{SOAK_CALLS} or exit 78;
		syswrite $f, sprintf("%s %d %.0f %s\n", $_[0], $$,
		    1000 * clock_gettime(CLOCK_MONOTONIC), $key);
	};
	$note->("begin");
	sleep(hex(substr $key, 0, 2) / 2000);
	if ($in =~ /forbidden/) {
		$note->("refused");
		print STDERR "this is not allowed\n";
		exit 69;
	}
	binmode STDOUT;
	$note->("done");
	print $stage eq "speech" ? sound_of($key) : picture_of($key);
}

command() if !caller;
1;
