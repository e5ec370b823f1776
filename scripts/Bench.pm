# Bench.pm: what bench-render and bench-peers share: the film that is measured,
# how a command is run, and how results are shown.
package Bench;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Time::HiRes qw(time sleep);

our @EXPORT = qw($top $tmp $studio begin run median spew slurp make_project
    try_run scenes render table);
our $top = abs_path(dirname(__FILE__) . "/..");
our $tmp = tempdir("bench-XXXXXX", TMPDIR => 1, CLEANUP => 1);
our $studio = "$top/bin/studio";

# Build what is named, and have a home of our own.
sub begin {
	$ENV{PATH} = "$top/bin:$ENV{PATH}";
	$ENV{XDG_DATA_HOME} = "$tmp/data";
	$ENV{XDG_CONFIG_HOME} = "$tmp/config";
	$ENV{XDG_RUNTIME_DIR} = "$tmp/run";
	mkdir "$tmp/run", 0700;
	system("make", "-s", "-C", $top, @_) == 0 or exit 1;
}

# Run quietly; returns wall and processor seconds and the peak in MiB, or
# nothing where it failed and may. What a command leaves behind when it ends,
# as browsers do, is waited for, so that its processor time is counted too.
sub try_run {
	my @command = @_;
	pipe(my $in, my $out) or die "pipe: $!\n";
	my $pid = fork() // die "fork: $!\n";
	if ($pid == 0) {
		close $in;
		open STDOUT, ">", "$tmp/out" or die;
		open STDERR, ">", "$tmp/err" or die;
		syscall(157, 36, 1, 0, 0, 0); # PR_SET_CHILD_SUBREAPER, x86-64
		my $start = time;
		my $status = system(@command);
		my $wall = time - $start;
		for (1 .. 50) {
			my $left = waitpid(-1, 1); # WNOHANG
			last if $left < 0;
			sleep(0.1) if !$left;
		}
		my $usage = "\0" x 144;
		syscall(98, -1, $usage); # getrusage(RUSAGE_CHILDREN), x86-64
		my ($us, $uus, $ss, $sus, $rss) = unpack "q5", $usage;
		printf $out "%d %f %f %f\n", $status, $wall,
		    $us + $ss + ($uus + $sus) / 1e6, $rss / 1024;
		close $out;
		exit 0;
	}
	close $out;
	my ($status, $wall, $cpu, $rss) = split ' ', <$in> // "1 0 0 0";
	waitpid $pid, 0;
	return $status ? undef : [$wall, $cpu, $rss];
}

sub run {
	my @command = @_;
	my $r = try_run(@command);
	if (!$r) {
		system("tail", "-n", "5", "$tmp/err");
		die "@command[0 .. ($#command > 3 ? 3 : $#command)]: failed\n";
	}
	return $r;
}

sub median {
	my @s = sort { $a <=> $b } @_;
	return @s % 2 ? $s[$#s / 2] : ($s[@s / 2] + $s[@s / 2 - 1]) / 2;
}

sub spew {
	my ($path, $text) = @_;
	open my $f, ">", $path or die "$path: $!\n";
	print $f $text;
	close $f or die "$path: $!\n";
}

sub slurp {
	open my $f, "<", $_[0] or die "$_[0]: $!\n";
	local $/;
	return <$f>;
}

# Sentences that are different and about five seconds long.
my @who = ("The harbour", "A slow river", "The old city", "The night sky",
    "A mountain path", "The library", "The orchard", "A steam engine",
    "The lighthouse", "The market", "A glass of water", "The railway");
my @what = ("keeps a record of each storm that has ever come over the hills",
    "carries more salt in a year than all the ships could ever bring",
    "was built by people who never saw it finished, and loved it still",
    "looks calm from far away and is full of work when seen from near",
    "holds its heat for days after the sun has gone behind the clouds");

# A project of n scenes with its voices, pictures and music.
sub make_project {
	my ($dir, $n, $preset) = @_;
	my $script = "";
	for my $i (0 .. $n - 1) {
		$script .= "## Part " . ($i + 1) . "\n\n$who[$i % @who] " .
		    $what[$i % @what] . ", as number " . ($i + 1) .
		    " in this list shows.\n\n";
	}
	run($studio, "new", "--platform", $preset, "--title", "Benchmark",
	    $dir);
	mkdir "$dir/media";
	spew("$dir/script.md", $script);
	system("ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i",
	    "aevalsrc=0.2*sin(440*t)*sin(3*t)|0.2*sin(330*t)*sin(2*t):d=40",
	    "$dir/media/music.wav") == 0 or die "ffmpeg: failed\n";
	my $y = slurp("$dir/project.yaml");
	spew("$dir/project.yaml", $y . "captions: both\n" .
	    "captionStyle: classic\nmusic: {file: media/music.wav}\n");
	run("make", "-C", $dir, "scenes");
	# What is shown can then be changed without changing what is spoken.
	for my $s (glob("$dir/scenes/*/scene.yaml")) {
		my $text = slurp($s);
		$text =~ /^text:\s*(.*)$/m or die "$s: no text\n";
		spew($s, $text . "say: $1\nimage:\n  prompt: $1\n");
	}
	run("make", "-j2", "-C", $dir, "audio", "images");
}

# What each scene shows and says, and how long it is: seconds of its voice, and
# the frames that other tools show it for.
sub scenes {
	my ($dir) = @_;
	my @scenes;
	for my $s (glob("$dir/scenes/*/")) {
		my ($sec) = slurp("${s}audio.json") =~
		    /"durationSec": ([\d.]+)/;
		my ($text) = slurp("${s}scene.yaml") =~ /^text:\s*(.*)$/m;
		push @scenes, { picture => (glob("${s}image*.png"))[0],
		    voice => (glob("${s}audio*.wav"))[0], text => $text,
		    sec => $sec, frames => int(($sec + 0.85) * 30) };
	}
	return @scenes;
}

# The whole film by render-video.
sub render {
	my ($dir) = @_;
	system("rm", "-rf", "$dir/build", glob("$dir/video/*"));
	return run($studio, "-C", $dir, "render-video");
}

# Results are lists of [wall, cpu, peak, place in the table], by name.
sub table {
	my ($of, $results) = @_;
	my $base = median(map { $_->[0] } @{$results->{$of}});
	my $cpu = median(map { $_->[1] } @{$results->{$of}});
	my $peak = median(map { $_->[2] } @{$results->{$of}});
	printf "%-24s %9s %6s %9s %6s %9s %6s\n", "what", "wall s", "ratio",
	    "CPU s", "ratio", "peak MiB", $peak ? "ratio" : "";
	for my $k (sort { $results->{$a}[0][3] <=> $results->{$b}[0][3] }
	    keys %$results) {
		my @r = @{$results->{$k}};
		my ($w, $c, $m) = map { my $i = $_;
		    median(map { $_->[$i] } @r) } 0 .. 2;
		printf "%-24s %9.2f %6.3f %9.2f %6.3f %9s %6s\n", $k, $w,
		    $w / $base, $c, $c / $cpu, $m ? sprintf("%.0f", $m) : "-",
		    $peak ? sprintf("%.2f", $m / $peak) : "";
	}
}

1;
