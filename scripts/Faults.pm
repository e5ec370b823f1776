# Faults.pm: what inject-faults and fail-allocations stand on: worlds (a project
# with a user's folders of its own), snapshots of them, and how programs are run
# in them.
package Faults;
use strict;
use warnings;
use Cwd qw(abs_path);
use Digest::SHA qw(sha256_hex);
use Exporter qw(import);
use File::Basename qw(basename dirname);
use File::Temp qw(tempdir);
use Time::HiRes qw(sleep time);

our @EXPORT = qw($top $tmp $beside $bin $canary spew slurp complain named
    set_up world base_of run_in exec_in injected snapshot replies
    records_without_media calls_of is_temp);
our $top = abs_path(dirname(__FILE__) . "/..");
our $bin = abs_path($ENV{STUDIO_BIN} // "$top/bin") // "$top/bin";
# in memory where that can be: each world is synced many times
our $tmp = -d "/dev/shm" && -w _ && !$ENV{TMPDIR}
    ? tempdir("faults-XXXXXX", DIR => "/dev/shm", CLEANUP => 1)
    : tempdir("faults-XXXXXX", TMPDIR => 1, CLEANUP => 1);
$SIG{$_} = sub { exit 130 } for qw(INT TERM HUP);
our $canary = "canary-5f0e8d1c2b7a";
our $beside; # run beside the film, not in it
our $server; # the port of one that worlds ask; it notes in $tmp/server
my $inject;

sub slurp {
	open my $f, "<", $_[0] or return undef;
	local $/;
	return scalar <$f>;
}

sub spew {
	my ($path, $text, $mode) = @_;
	open my $f, ">", $path or die "$path: $!\n";
	print $f $text;
	close $f or die "$path: $!\n";
	chmod $mode, $path if $mode;
}

sub complain { print STDERR join("", @_), "\n" }

# A half-written file of a program that was killed: ".NAME.PID.N.tmp".
sub is_temp { $_[0] =~ m{(?:^|/)\.[^/]*\.\d+(?:\.\d+)?\.tmp$} }

# The scenarios of @$all that are named, "*" for any characters; all of them
# where nothing is named.
sub named {
	my ($all, @names) = @_;
	return @$all if !@names;
	my %wanted;
	for my $name (@names) {
		my $match = join ".*", map { quotemeta } split /\*/, $name, -1;
		my @those = grep { /^$match$/ } map { $_->{name} } @$all;
		if (!@those) {
			complain("$name: there is no such scenario; ",
			    "-l lists them");
			exit 2;
		}
		$wanted{$_} = 1 for @those;
	}
	return grep { $wanted{$_->{name}} } @$all;
}

# What a world's programs see.
sub environment {
	my ($w) = @_;
	return (
		PATH => "$bin:$tmp/bin:/usr/local/bin:/usr/bin:/bin",
		HOME => "$w/home", TMPDIR => "$w/tmp",
		XDG_CONFIG_HOME => "$w/config", XDG_DATA_HOME => "$w/data",
		XDG_RUNTIME_DIR => "$w/run", XDG_CACHE_HOME => "$tmp/cache",
		LC_ALL => "C.UTF-8", TZ => "UTC",
		SOURCE_DATE_EPOCH => 1750000000,
		GIT_CONFIG_NOSYSTEM => 1, GIT_CONFIG_GLOBAL => "/dev/null",
		GIT_TEMPLATE_DIR => "", # no files that are copied each time
		GIT_AUTHOR_NAME => "Tester", GIT_AUTHOR_EMAIL => "t\@example.org",
		GIT_COMMITTER_NAME => "Tester",
		GIT_COMMITTER_EMAIL => "t\@example.org",
		GIT_AUTHOR_DATE => "1750000000 +0000",
		GIT_COMMITTER_DATE => "1750000000 +0000",
		FAULT_CALLS => "$w/calls", FAULT_MEDIA => "$tmp/media",
		OPENAI_API_KEY => $canary,
		# so that the server's notes tell the worlds apart
		$server ? (OPENAI_BASE_URL => "http://127.0.0.1:$server/" .
		    basename($w) . "/v1") : (),
	);
}

# Commands that are paid: each call is a line in the world's file "calls".
my %provider = (
	script => "cat \"\$FAULT_MEDIA/script.md\"",
	voice => "cat \"\$FAULT_MEDIA/voice.wav\"",
	picture => "cat \"\$FAULT_MEDIA/picture.png\"",
);

# A sound that is too short for words to be looked for in it.
sub tone {
	my ($path, $hz) = @_;
	my $data = pack "v*", map { 8000 * sin($_ * $hz * 6.2832 / 24000) }
	    0 .. 2999;
	spew($path, pack("A4VA4A4VvvVVvvA4V", "RIFF", 36 + length $data,
	    "WAVE", "fmt ", 16, 1, 1, 24000, 48000, 2, 16, "data",
	    length $data) . $data);
}

sub set_up {
	my @built = sort { -M $a <=> -M $b } grep { -x }
	    map { "$top/obj/$_/tests/faults/inject" } "gcc-dev", "gcc";
	if (!@built) {
		system("make", "-s", "-C", $top, "CC=gcc", "injector") == 0
		    or die "inject cannot be built\n";
		@built = "$top/obj/gcc/tests/faults/inject";
	}
	$inject = $built[0];
	mkdir "$tmp/$_" for qw(bin media base run cache);
	for my $what (keys %provider) {
		spew("$tmp/bin/paid-$what", "#!/bin/sh\n" .
		    "sum=\$(cksum)\n" .
		    "echo \"$what \$sum\" >>\"\$FAULT_CALLS\"\n" .
		    "$provider{$what}\n", 0755);
	}
	spew("$tmp/media/script.md", "# Two\n\n## One\n\nThe sea is salt.\n\n" .
	    "## Two\n\nRain is not.\n");
	tone("$tmp/media/voice.wav", 440);
	tone("$tmp/media/own.wav", 550);
	my $w = world("first");
	run_in($w, "echo one | image --size 64x36 >$tmp/media/picture.png && " .
	    "echo two | image --size 64x36 >$tmp/media/own.png", 1);
}

# A new world without a project.
sub world {
	my ($name) = @_;
	my $w = "$tmp/run/$name";
	mkdir $w or die "$w: $!\n";
	mkdir "$w/$_", 0700 or die for qw(home config data run tmp);
	mkdir "$w/config/studio" or die;
	spew("$w/calls", "");
	spew("$w/config/studio/settings.yaml", "maxCost: unlimited\n" .
	    "trust:\n" . join("", map { "  - paid-$_\n" } sort keys %provider));
	return $w;
}

# A copy of the world that the commands of a base and of those that it stands
# on have made; made once.
sub base_of {
	my ($bases, $name, $copy) = @_;
	my $made = "$tmp/base/$name";
	my $w = "$tmp/run/$copy";
	if (!-d $made) {
		my ($from, $commands) = @{$bases->{$name}};
		my $new = $from ? base_of($bases, $from, "base-$name")
		    : world("base-$name");
		run_in($new, $commands, 1);
		rename $new, $made or die "$made: $!\n";
	}
	system("cp", "-a", "--reflink=auto", $made, $w) == 0
	    or die "cannot copy $made\n";
	return $w;
}

# Become a shell command in a world; its stdout is $to, else a file.
sub exec_in {
	my ($w, $command, $to, @before) = @_;
	my %env = environment($w);
	%ENV = (%env, map { exists $ENV{$_} ? ($_ => $ENV{$_}) : () }
	    qw(ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS STUDIO_ALLOC));
	$SIG{$_} = "DEFAULT" for qw(INT TERM HUP PIPE);
	chdir($beside || !-d "$w/film" ? $w : "$w/film") or die;
	open STDIN, "<", "/dev/null" or die;
	open STDERR, ">", "$w/err" or die;
	if ($to) {
		open STDOUT, ">&", $to or die;
	} else {
		open STDOUT, ">", "$w/out" or die;
	}
	exec @before, "sh", "-c", $command or die;
}

# Run a shell command in a world, below @before; with $must it has to go well.
# Returns the exit status.
sub run_in {
	my ($w, $command, $must, @before) = @_;
	my $pid = fork() // die "fork: $!\n";
	exec_in($w, $command, undef, @before) if $pid == 0;
	waitpid $pid, 0;
	my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
	die "$command: exit $status: ", slurp("$w/err"), "\n"
	    if $must && $status;
	return $status;
}

# The same below inject; @fault is "-k N -f FAULT" or nothing.
sub injected {
	my ($w, $command, @fault) = @_;
	return run_in($w, $command, 0, $inject, "-t", 20, "-b", $bin, "-l", "$w/log",
	    (map { ("-d", "$w/$_") } qw(film config data run)), @fault, "--");
}

# path => what is there, of all that must be right in the end: the project and
# the store. Not of it: git's own, caches and locks. $seen{temp} lists what is
# half written, $seen{canary} where a key was found.
sub snapshot {
	my ($w, $seen) = @_;
	my %is;
	my @todo = grep { -d "$w/$_" } "film", "data", "config";
	while (defined(my $path = shift @todo)) {
		my $full = "$w/$path";
		if (-l $full) {
			$is{$path} = "link " . readlink $full;
		} elsif (-d _) {
			opendir my $d, $full or die "$full: $!\n";
			push @todo, map { "$path/$_" }
			    grep { !/^\.\.?$/ } readdir $d
			    if $path !~ m{/\.git$};
			$is{$path} = "folder";
		} elsif (is_temp($path)) {
			push @{$seen->{temp}}, $path if $seen;
		} elsif ($path !~ m{/stat-cache$|/tree-index$|/store/lock$|/gc\.lock$}) {
			my $text = slurp($full) // die "$full: $!\n";
			push @{$seen->{canary}}, $path
			    if $seen && index($text, $canary) >= 0;
			# how often it was asked is a fault's, and is told
			$text =~ s/^  "(?:unknownOutcome|attempts)": .*\n//mg
			    if $path =~ m{/ledger/};
			$is{$path} = sha256_hex($text);
		}
	}
	return \%is;
}

# Digests of the replies that are whole on the disk.
sub replies {
	my ($w) = @_;
	my %kept;
	for (glob("$w/data/studio/store/journal/* " .
	    "$w/data/studio/store/objects/*/*")) {
		$kept{$1} = 1 if m{/([0-9a-f]{64})$};
	}
	return \%kept;
}

# Records that say ready, whose media are not there with the bytes that they
# name.
sub records_without_media {
	my ($w) = @_;
	my @bad;
	for my $path (glob("$w/film/*.json $w/film/scenes/*/*.json " .
	    "$w/film/video/*.json")) {
		my $text = slurp($path);
		next if $text !~ /"status": "ready"/ ||
		    $text !~ /"sha256": "([0-9a-f]+)"/;
		my $want = $1;
		my ($url) = $text =~ /"url": "([^"]*)"/;
		next if !defined $url || $url =~ /^https:/;
		my $media = slurp(dirname($path) . "/$url");
		push @bad, $path =~ s{^\Q$w\E/}{}r
		    if !defined $media || sha256_hex($media) ne $want;
	}
	return @bad;
}

sub calls_of {
	my ($w) = @_;
	my $text = slurp("$w/calls") // "";
	my $name = basename($w);
	my $asked = () = (slurp("$tmp/server/log") // "") =~
	    m{^\d+ POST /\Q$name\E/\S* 200 }mg;
	return $asked + $text =~ tr/\n//;
}

1;
