# FaultJudge.pm: what is asked of a program that was disturbed, for
# inject-faults and fail-allocations.
package FaultJudge;
use strict;
use warnings;
use Digest::SHA ();
use Exporter qw(import);
use File::Basename qw(basename);
use Time::HiRes qw(time);
use Faults;
use FaultOrder;

our @EXPORT = qw(uncovered read_log reference differences said judge heal);

# Every program that is there and every command that studio has.
sub names {
	my @names;
	opendir my $d, $bin or die "$bin: $!\n";
	push @names, sort grep { -x "$bin/$_" && -f _ } readdir $d;
	for (`"$bin/studio" help`) {
		push @names, "studio $1" if /^  ([a-z][a-z-]*)  /;
	}
	return @names;
}

# A program has its scenario also where studio runs it.
sub uncovered {
	my %has = map { $_ => 1 } map { @{$_->{of}} } @_;
	my @names = names();
	die "no programs in $bin\n" if @names < 2;
	return grep { !$has{$_} && !$has{s/^studio //r} } @names;
}

# Read what inject noted: calls that count, by their numbers, and the rest.
sub read_log {
	my ($w) = @_;
	my @calls;
	for (split /\n/, slurp("$w/log") // "") {
		my @f = split /\t/, $_, -1;
		push @calls, { nr => $f[0], pid => $f[1], own => $f[2] eq "own",
		    call => $f[3], path => $f[4], to => $f[5], info => $f[6] };
	}
	return @calls;
}

# What was changed elsewhere than in the world.
sub touched_outside {
	my ($w, @calls) = @_;
	my %seen;
	for my $c (@calls) {
		for my $path ($c->{path}, $c->{to}) {
			next if $path eq "" ||
			    $path =~ m{^(?:/dev/|/proc/|/dev$|\Q$w\E/)};
			next if $path =~ m{^\Q$tmp/cache\E/};
			$seen{$path} = 1;
		}
	}
	return sort keys %seen;
}

# The undisturbed run, and what may be there after a disturbed one.
sub reference {
	my ($bases, $s) = @_;
	local $Faults::beside = $s->{beside};
	my $w = base_of($bases, $s->{base}, "$s->{name}-ref");
	my %r = (before => snapshot($w), asked => calls_of($w),
	    had => replies($w),
	    bare => { map { $_ => 1 } records_without_media($w) });
	$r{before} = normal($s, $w, $r{before});
	my $begun = time;
	my $status = injected($w, $s->{run});
	$r{seconds} = time - $begun;
	exit 126 if $status == 126;
	my @calls = read_log($w);
	$r{calls} = [grep { $_->{nr} ne "-" } @calls];
	$r{after} = normal($s, $w, snapshot($w, \my %seen));
	$r{paid} = calls_of($w) - $r{asked};
	$r{out} = said($w);
	$r{status} = $status;
	for my $c (@calls) {
		next if $c->{call} ne "rename";
		my $path = $c->{to} =~ s{^\Q$w\E/}{}r;
		$r{may}{$path}{$c->{info}} = 1;
	}
	my @bad;
	push @bad, "exit $status: " . slurp("$w/err")
	    if $status != ($s->{exit} // 0);
	push @bad, "half-written: @{$seen{temp}}" if $seen{temp};
	push @bad, "elsewhere: $_" for touched_outside($w, @calls);
	push @bad, "a record without media: $_" for records_without_media($w);
	push @bad, "the key is in $_" for key_places($w, \%seen);
	push @bad, map { "order: $_" } order_faults($w, \@calls, $s->{pipe});
	push @bad, "no call counts, but it changes something"
	    if !@{$r{calls}} && differences($r{before}, $r{after});
	push @bad, "it makes no difference" if $s->{changes} &&
	    !differences($r{before}, $r{after});
	if (!$s->{once}) { # once more: nothing to do
		my $again = run_in($w, $s->{heal} // $s->{run});
		push @bad, "again: exit $again: " . slurp("$w/err")
		    if $again != ($s->{exit} // 0);
		push @bad, "again: $_" for
		    differences($r{after}, normal($s, $w, snapshot($w)));
	}
	complain("$s->{name}: $_") for @bad;
	$r{bad} = @bad;
	system("rm", "-rf", $w);
	return \%r;
}

# Where a world has an id of its own.
sub normal {
	my ($s, $w, $is) = @_;
	return $is if !$s->{random};
	for my $path (grep { /$s->{random}/ } keys %$is) {
		my $text = slurp("$w/$path") // next;
		$text =~ s/"?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}"?/ID/g;
		$is->{$path} = Digest::SHA::sha256_hex($text);
	}
	return $is;
}

# What it printed, wherever its world is.
sub said {
	my ($w) = @_;
	my $name = basename($w);
	return slurp("$w/out") =~ s/\Q$w\E/W/gr =~ s{/$name/v1}{/W/v1}gr;
}

sub key_places {
	my ($w, $seen) = @_;
	return (@{$seen->{canary} // []},
	    grep { index(slurp("$w/$_") // "", $canary) >= 0 } qw(out err));
}

# Paths that differ; an intent or lock file that stays behind means nothing
# once there is an object.
sub differences {
	my ($want, $got) = @_;
	my %all = (%$want, %$got);
	return grep { ($want->{$_} // "") ne ($got->{$_} // "") &&
	    !m{^data/studio/store/(?:intents|journal|rejected)(?:/|$)} }
	    sort keys %all;
}

# Everything that can be seen right after a fault. Returns complaints, by kind.
sub judge {
	my ($s, $r, $w, $status, $fault) = @_;
	my %bad;
	my $got = normal($s, $w, snapshot($w, \my %seen));
	for my $path (sort keys %{{%$got, %{$r->{before}}, %{$r->{after}}}}) {
		my $is = $got->{$path} // "";
		next if $is eq ($r->{before}{$path} // "") ||
		    $is eq ($r->{after}{$path} // "") ||
		    $r->{may}{$path}{$is} || ($is eq "folder" &&
		    !defined $r->{after}{$path}) ||
		    $path =~ m{/store/(?:intents|journal|rejected|made|kept)/} ||
		    ($s->{pipe} && $path =~ m{^film/out\.});
		push @{$bad{half}}, $is eq "" ? "$path is lost"
		    : "$path is neither old nor new";
	}
	push @{$bad{half}}, "$_ has no media" for
	    grep { !$r->{bare}{$_} } records_without_media($w);
	if ($status == 0) {
		push @{$bad{false}}, "exit 0, but $_ is not right"
		    for grep { !m{^film/build/board} } # a cache
		    differences($r->{after}, $got);
		push @{$bad{false}}, "exit 0, but it printed something else"
		    if said($w) ne $r->{out} &&
		    (!$s->{says} || said($w) !~ $s->{says});
	} elsif ($fault =~ /^kill/) {
		push @{$bad{false}}, "exit $status" if $status != 137 &&
		    $fault eq "kill";
	} else {
		push @{$bad{false}}, "exit $status"
		    if ",1,2,65,69,74,75,77,78," !~ /,$status,/;
		push @{$bad{false}}, "exit $status without a word"
		    if !-s "$w/err" && !-s "$w/out";
	}
	push @{$bad{half}}, "the key is in $_" for key_places($w, \%seen);
	push @{$bad{half}}, "elsewhere: $_" for
	    touched_outside($w, read_log($w));
	return ($got, \%bad);
}

# Run it again: all must be as if nothing had been.
sub heal {
	my ($s, $r, $w, $got, $fault) = @_;
	my %bad;
	my $asked = calls_of($w);
	my $kept = grep { !$r->{had}{$_} } keys %{replies($w)};
	# what is not to be done twice is done again only where it had no effect
	my $how = $s->{heal} // $s->{run};
	$how = $s->{run} if $s->{once} && !differences($r->{before}, $got);
	if (!$s->{once} || differences($r->{after}, $got)) {
		my $status = run_in($w, $how);
		push @{$bad{unhealed}}, "again: exit $status: " . slurp("$w/err")
		    if $status != ($s->{exit} // 0);
	}
	my $is = normal($s, $w, snapshot($w, \my %seen));
	# what is ours and what was replaced may be noted once more
	push @{$bad{unhealed}}, "again: $_ is not as without the fault"
	    for grep { !m{^data/studio/store/(?:made|kept)} &&
	    (!$s->{loose} || !/$s->{loose}/) }
	    differences($r->{after}, $is);
	my $more = calls_of($w) - $asked;
	my $all = calls_of($w) - $r->{asked};
	return (\%bad, scalar @{$seen{temp} // []}) if $s->{pipe};
	push @{$bad{repeats}}, "$more calls more, but $kept of $r->{paid} " .
	    "were journalled" if $more && $more > $r->{paid} - $kept;
	push @{$bad{repeats}}, "$all calls instead of $r->{paid}"
	    if $all != $r->{paid} && $fault !~ /^kill|^memory|\+$/;
	my $unknown = 0;
	for (glob("$w/film/ledger/*.json")) {
		$unknown += $1 if slurp($_) =~ /"unknownOutcome": (\d+)/;
	}
	push @{$bad{repeats}}, "$all calls instead of $r->{paid}, but the " .
	    "ledger says $unknown unknown outcomes"
	    if $all > $r->{paid} + $unknown;
	return (\%bad, scalar @{$seen{temp} // []});
}

1;
