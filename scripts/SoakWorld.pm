# SoakWorld.pm: what soak works in: a home of its own, servers and commands that
# answer and note each call, programs that run or are killed.
package SoakWorld;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Path qw(make_path);
use JSON::PP;
use POSIX qw(setpgid);
use SoakMedia qw(sound_of picture_of @hues);
use Time::HiRes qw(sleep clock_gettime CLOCK_MONOTONIC);

our @EXPORT_OK = qw($top begin_world renew_server end_world run calls mark settle spew
    store_of tree_files now_ms temp_files);

our $top = abs_path(dirname(__FILE__) . "/..");
my ($home, $server, $served, %seen);
my ($owner, $started) = ($$, 0);

sub spew {
	my ($path, $text) = @_;
	open my $f, ">:raw", $path or die "$path: $!\n";
	print $f $text;
	close $f or die "$path: $!\n";
}

sub now_ms { return 1000 * clock_gettime(CLOCK_MONOTONIC) }

# A voice or a picture by the first hue that the request names; one with
# "hurryNNNN" meets a busy server once.
sub rules {
	my ($busy) = @_;
	my $out = "";
	my @kinds = (["*/audio/speech", "voices", "wav", "audio/wav"],
	    ["*/images/generations", "pictures", "json",
	    "application/json"]);
	for my $n ($busy .. $busy + 199) {
		$out .= sprintf "on POST */audio/speech times 1 group voices " .
		    "having hurry%04d\n  status 429\n  header Retry-After: " .
		    "0\n  json {\"error\":{\"message\":\"busy\"}}\n", $n;
	}
	for (@kinds) {
		my ($path, $group, $ext, $type) = @$_;
		$out .= "on POST $path group $group having forbidden\n" .
		    "  status 400\n  json {\"error\":{\"message\":\"not " .
		    "allowed\",\"code\":\"content_policy_violation\"}}\n";
		for my $i (0 .. @hues) {
			my $hue = $hues[$i] // "plain";
			my $size = -s "$home/media/$hue.$ext";
			$out .= "on POST $path group $group" .
			    ($i < @hues ? " having $hue" : "") . "\n  delay " .
			    (20 + 30 * $i) . "\n  header Content-Type: " .
			    "$type\n  length $size\n  head\n  delay 15\n" .
			    "  file media/$hue.$ext\n";
		}
	}
	return $out;
}

sub write_media {
	make_path("$home/media", "$home/bin");
	for my $hue (@hues, "plain") {
		spew("$home/media/$hue.wav", sound_of($hue));
		my $b64 = JSON::PP->new->encode([""]) && do {
			require MIME::Base64;
			MIME::Base64::encode_base64(picture_of($hue), "");
		};
		spew("$home/media/$hue.json",
		    qq({"data":[{"b64_json":"$b64"}]}));
	}
	for my $name (qw(soak-voice soak-picture)) {
		spew("$home/bin/$name", "#!/bin/sh\nexec perl " .
		    "$top/scripts/SoakMedia.pm\n");
		chmod 0755, "$home/bin/$name";
	}
}

sub start_server {
	my ($busy) = @_;
	my ($program) = grep { -x } $ENV{STUDIO_SERVER} // (),
	    map { "$top/obj/$_/tests/server/server" } qw(gcc-dev gcc);
	$program // die "build it first: make server\n";
	my $n = 1;
	$n++ while -e "$home/server.$n";
	$served = "$home/server.$n";
	mkdir $served;
	spew("$home/rules", rules($busy));
	$server = fork() // die "fork: $!\n";
	if ($server == 0) {
		setpgid(0, 0);
		open STDOUT, ">", "$served/stdout";
		open STDERR, ">", "$served/stderr";
		exec($program, "$home/rules", $served) or POSIX::_exit(127);
	}
	for (1 .. 500) {
		last if -s "$served/port";
		sleep 0.02;
	}
	open my $f, "<", "$served/port" or die "the server did not start\n";
	chomp(my $port = <$f>);
	return $port;
}

# busy: the first number of "hurryNNNN" that is free.
sub begin_world {
	my ($dir, $busy) = @_;
	$home = $dir;
	make_path("$home/config/studio", "$home/run", "$home/work");
	chmod 0700, "$home/run";
	write_media();
	my $bin = abs_path($ENV{STUDIO_BIN} // "$top/bin");
	%ENV = (map({ defined $ENV{$_} ? ($_ => $ENV{$_}) : () } qw(TMPDIR
	    ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS)),
	    PATH => "$bin:$home/bin:$ENV{PATH}", HOME => $home,
	    LC_ALL => "C.UTF-8", TZ => "UTC", GIT_CONFIG_NOSYSTEM => 1,
	    XDG_CONFIG_HOME => "$home/config", XDG_RUNTIME_DIR => "$home/run",
	    SOAK_CALLS => "$home/calls");
	spew("$home/calls", "") if !-e "$home/calls";
	spew("$home/.gitconfig", "[user]\nname = Tester\nemail = " .
	    "t\@example.org\n[init]\ndefaultBranch = main\n" .
	    "[advice]\ndetachedHead = false\n[gc]\nauto = 0\n");
	spew("$home/config/studio/settings.yaml", settings($busy));
	%seen = (began => 0, log => 0, calls => -s "$home/calls");
}

# A server lives for ten minutes: another one takes its place in time.
sub renew_server {
	my ($busy) = @_;
	return if time - $started < 300;
	end_world();
	spew("$home/config/studio/settings.yaml", settings($busy));
	@seen{qw(began log)} = (0, 0);
}

sub settings {
	my ($busy) = @_;
	my $port = start_server($busy);
	$started = time;
	my $url = "http://127.0.0.1:$port/v1";
	return "maxCost: unlimited\n" .
	    "trust: [soak-voice, soak-picture]\n" .
	    "providers:\n" . join "", map { "  $_->[0]: {type: openai, " .
	    "baseUrl: \"$url\", limit: $_->[1], idempotencyKey: true}\n" }
	    ["voices", 4], ["pictures", 3];
}

# Why no server answers, where it ended before us.
sub server_state {
	return $server && waitpid($server, POSIX::WNOHANG()) ?
	    "the server has ended, status $?\n" : "";
}

sub end_world {
	return if !$server || $$ != $owner; # a child before its exec
	kill "TERM", $server;
	waitpid $server, 0;
	undef $server;
}

# Until what was asked is dealt with, and no command runs.
sub settle {
	for (1 .. 300) {
		my @n = map { my $f = "$served/$_"; -e $f ?
		    0 + `wc -l <$f` : 0 } qw(began log);
		my %open;
		open my $f, "<", "$home/calls";
		seek $f, $seen{calls}, 0;
		for (<$f>) {
			my ($word, $pid) = split;
			$word eq "begin" ? ($open{$pid} = 1) :
			    delete $open{$pid};
		}
		return if $n[0] == $n[1] && !grep { kill 0, $_ } keys %open;
		sleep 0.05;
	}
	die "calls that do not end\n";
}

sub lines_from {
	my ($file, $key) = @_;
	open my $f, "<", $file or return;
	seek $f, $seen{$key}, 0;
	my @lines = <$f>;
	$seen{$key} = tell $f;
	return @lines;
}

# The calls since the last time: { key, how, end }, how being "ready",
# "refused", "busy", "gone" (its asker went) or "unsent".
sub calls {
	settle();
	my (%call, @all);
	for (lines_from("$served/log", "log")) {
		my ($n, undef, undef, $status, undef, undef, undef, $end,
		    $key) = split;
		push @all, { key => $key, end => $end, how => $key eq "-" ?
		    "unsent" : { 200 => "ready", 400 => "refused",
		    429 => "busy", gone => "gone" }->{$status} // $status };
	}
	lines_from("$served/began", "began");
	for (lines_from("$home/calls", "calls")) {
		my ($word, $pid, $at, $key) = split;
		if ($word eq "begin") {
			$call{$pid} = { key => $key, how => "gone",
			    end => $at };
			push @all, $call{$pid};
		} elsif ($call{$pid}) {
			@{$call{$pid}}{qw(how end)} =
			    ($word eq "done" ? "ready" : $word, $at);
		}
	}
	return @all;
}

# Run a command in a folder; { code, out, killed, at }. kill => [SIGNAL,
# SECONDS] ends it and all that it started after so long.
sub run {
	my ($dir, $store, $command, %how) = @_;
	my $pid = fork() // die "fork: $!\n";
	if ($pid == 0) {
		setpgid(0, 0);
		@SIG{qw(INT TERM)} = ("DEFAULT", "DEFAULT");
		$ENV{XDG_DATA_HOME} = $store;
		chdir $dir or POSIX::_exit(126);
		open STDIN, "<", "/dev/null";
		open STDOUT, ">", "$home/out";
		open STDERR, ">&", \*STDOUT;
		exec(@$command) or POSIX::_exit(127);
	}
	setpgid($pid, $pid);
	my %r = (killed => 0);
	if (my $kill = $how{kill}) {
		my $end = now_ms() + 1000 * $kill->[1];
		my $got = 0;
		sleep 0.002 while !($got = waitpid $pid, POSIX::WNOHANG()) &&
		    now_ms() < $end;
		if (!$got) {
			$r{at} = now_ms();
			kill $kill->[0], -$pid;
			waitpid $pid, 0;
			$r{killed} = 1;
		}
	} else {
		waitpid $pid, 0;
	}
	$r{code} = $? & 127 ? 128 + ($? & 127) : $? >> 8;
	for (1 .. 2000) {
		last if !kill 0, -$pid;
		sleep 0.01;
	}
	open my $f, "<:raw", "$home/out";
	local $/;
	$r{out} = <$f> // "";
	return \%r;
}

# What a store holds: digests with a whole reply, and all that was kept.
sub store_of {
	my ($data) = @_;
	my $s = "$data/studio/store";
	my %has = map { m|/([0-9a-f]{64})\.json$| ? ($1 => 1) : () }
	    glob "$s/objects/*/*.json";
	my %kept = (%has, map { m|/([0-9a-f]{64})$| ? ($1 => 1) : () }
	    glob("$s/objects/*/*"), glob("$s/journal/*"));
	return (\%has, \%kept);
}

# Each file of a tree with what tells that it was written.
sub tree_files {
	my ($dir) = @_;
	my %file;
	return {} if !-d $dir;
	open my $f, "-|", "find", $dir, "-name", ".git", "-prune", "-o",
	    "-type", "f", "!", "-name", "stat-cache", "!", "-name",
	    "tree-index", "-printf",
	    '%P %i %s %T@ %C@\n' or die;
	while (my $line = <$f>) {
		my ($name, $rest) = $line =~ /^(.*?)( \d+ \d+ \S+ \S+)$/;
		$file{$name} = $rest;
	}
	return \%file;
}

sub temp_files {
	my (@dirs) = @_;
	return split /\n/, `find @dirs -name '.*.tmp' -type f 2>/dev/null`;
}

1;
