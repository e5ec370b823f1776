# FaultStorm.pm: signals at random times for inject-faults -S.
package FaultStorm;
use strict;
use warnings;
use Exporter qw(import);
use POSIX ();
use Time::HiRes qw(sleep);
use Faults;

our @EXPORT = qw(storm_tasks storm_one);
my %number = (INT => 2, TERM => 15, HUP => 1, PIPE => 13);

# Scenario, signal, and when: a part of the time that it takes.
sub storm_tasks {
	my ($times, $seed, @scenarios) = @_;
	my @tasks;
	srand($seed);
	for my $s (@scenarios) {
		for my $signal (qw(INT TERM HUP PIPE)) {
			push @tasks, map { [$s, $signal, rand] } 1 .. $times;
		}
	}
	return @tasks;
}

# Run it and send the signal; of PIPE its stdout is closed. The exit status.
sub disturbed {
	my ($w, $s, $signal, $after) = @_;
	pipe(my $in, my $out) or die "pipe: $!\n";
	my $pid = fork() // die "fork: $!\n";
	if ($pid == 0) {
		close $in;
		POSIX::setpgid(0, 0);
		exec_in($w, $s->{run}, $signal eq "PIPE" ? $out : undef);
	}
	close $out;
	sleep($after);
	close $in if $signal eq "PIPE";
	kill $signal, $pid if $signal ne "PIPE";
	waitpid $pid, 0;
	my $status = $? & 127 ? 128 + ($? & 127) : $? >> 8;
	# what it started ends too, but nobody waits for it
	for (1 .. 400) {
		last if !kill 0, -$pid;
		sleep 0.005;
	}
	return $status;
}

# One signal; returns figures.
sub storm_one {
	my ($bases, $s, $r, $how, $id, $judge, $heal, $say) = @_;
	my ($signal, $part) = @$how;
	my $w = base_of($bases, $s->{base}, "w$id");
	my $status = disturbed($w, $s, $signal, $part * $r->{seconds});
	my %figure = (signals => 1);
	my @bad;
	spew("$w/log", "");
	if ($signal eq "PIPE" && $status == 0) { # it had printed all, or nothing
		spew("$w/out", $r->{out});
	}
	# make says 2 where what it ran was stopped
	my $ok = $status == 128 + $number{$signal} ||
	    $status == $r->{status} || $s->{run} =~ /studio make/ && $status == 2;
	my ($got, $first) = $judge->($s, $r, $w, $status, "kill-$signal");
	my ($more) = $heal->($s, $r, $w, $got, "kill-$signal");
	push @{$first->{false}}, "exit $status" if !$ok;
	for my $b ($first, $more) {
		for my $kind (keys %$b) {
			$figure{$kind} = 1;
			push @bad, "$kind: $b->{$kind}[0]";
		}
	}
	my $what = sprintf "%s: %s after %.0f ms: exit %d", $s->{name}, $signal,
	    1000 * $part * $r->{seconds}, $status;
	complain($what) if $say && !@bad;
	complain("$what: $_") for @bad;
	system("rm", "-rf", $w);
	return \%figure;
}

1;
