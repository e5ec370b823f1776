# SoakCheck.pm: what is there, and what a run made of it, compared with what
# soak's model expects (SoakModel.pm, SoakCalls.pm).
package SoakCheck;
use strict;
use warnings;
use Exporter qw(import);
use File::Path qw(remove_tree);
use JSON::PP;
use Time::HiRes qw(time);
use SoakCalls qw(slurp sha_of call_key media_of expect_of);
use SoakModel qw(look film_key part_key needs usable);
use SoakSteps qw(rnd chance);
use SoakWorld qw(run calls store_of tree_files temp_files);

our @EXPORT_OK = qw(begin_check forget differ note count store program see
    note_temp name_of set_differs observe act compare_film);

my ($w, @log);
my $json = JSON::PP->new->latin1->canonical;

sub differ {
	my $what = join "", @_;
	$what =~ s/^\{.*\n//mg; # records
	die substr($what, 0, 4000) . "\nbefore: " . join("; ", @log) . "\n";
}
sub note { push @log, $_[0]; shift @log if @log > 12 }
sub count { $w->{count}{$_[0]} += $_[1] // 1 }
sub store { return $w->{stores}{$w->{tree}{store}} }
sub program { return run($w->{tree}{dir}, $w->{tree}{store}, @_) }

# What a killed program was writing then is nobody's.
sub note_temp {
	$w->{temp} = { map { s|.*/||r => 1 } temp_files($w->{home}) };
}

sub see {
	my $l = look($w->{tree}{dir}, store(), $w->{known});
	$l->{known} = $w->{known};
	return $l;
}

sub begin_check { ($w) = @_ }
sub forget { @log = () }

sub name_of {
	my ($a) = @_;
	return join " ", $a->{what}, $a->{scene} ? $a->{scene}{dir} : "",
	    $a->{take} // 1;
}

sub set_differs {
	my ($what, $got, $want) = @_;
	my @more = grep { !exists $want->{$_} } sort keys %$got;
	my @less = grep { !exists $got->{$_} } sort keys %$want;
	my @other = grep { exists $want->{$_} && $got->{$_} ne $want->{$_} }
	    sort keys %$got;
	return if !@more && !@less && !@other;
	differ($what, (map { "\n  not expected: $_ = $got->{$_}" } @more),
	    (map { "\n  expected: $_ = $want->{$_}" } @less),
	    map { "\n  $_: $got->{$_}, expected $want->{$_}" } @other);
}

sub calls_of {
	my ($l) = @_;
	my %d = map { $_->{digest} => 1 } grep { $_->{paid} && needs($_) &&
	    !$_->{in_store} } @{$l->{asset}};
	return scalar keys %d;
}

sub program_json {
	my ($what) = @_;
	my $r = program(["studio", $what, "--json"]);
	differ("studio $what: exit $r->{code}: $r->{out}") if $r->{code};
	$r->{out} =~ s/^[^{].*?\n(?=\{)//s;
	return eval { $json->decode($r->{out}) } //
	    differ("studio $what --json: $@: $r->{out}");
}

# A film that waits for what it is made from is stale.
sub film_state {
	my ($f) = @_;
	return $f->{needed} && $f->{state} eq "fresh" ? "stale" : $f->{state};
}

sub compare_plan {
	my ($l) = @_;
	my $p = program_json("plan");
	my (%got, %want);
	for (@{$p->{assets}}) {
		my $key = $_->{asset} eq "video" ? "film" : join " ",
		    $_->{asset}, $_->{folder} // "", $_->{take};
		$got{$key} = join " ", $_->{state}, map { $_ ? 1 : 0 }
		    @$_{qw(planned stored)};
		$got{$key} .= " parts @{$_->{parts}}" if $_->{parts};
	}
	for (grep { $_->{state} ne "fresh" } @{$l->{asset}}) {
		$want{name_of($_)} = join " ", $_->{state},
		    needs($_) ? 1 : 0, $_->{in_store} ? 1 : 0;
	}
	my $f = $l->{film};
	$want{film} = film_state($f) . ($f->{obstacle} ? " 0" : " 1") .
	    " 0 parts @{$f->{parts} // []}"
	    if $f && $f->{needed};
	$want{total} = calls_of($l) . " calls, unsettled " .
	    ($l->{phase1} // 0);
	$got{total} = "$p->{calls} calls, unsettled " .
	    ($p->{scenesUnsettled} ? 1 : 0);
	set_differs("studio plan", \%got, \%want);
}

sub compare_status {
	my ($l) = @_;
	my (%got, %want, $n);
	$n = 0;
	for (@{program_json("status")->{assets}}) {
		$got{join " ", $n++, $_->{asset}, $_->{scene} // "",
		    $_->{take} // ""} = $_->{state};
	}
	$n = 0;
	$want{join " ", $n++, $_->{what}, $_->{scene} ? $_->{scene}{index} :
	    "", $_->{take}} = $_->{state} for @{$l->{asset}};
	my $f = $l->{film};
	$want{"$n video  "} = film_state($f) if $f;
	set_differs("studio status", \%got, \%want);
}

# What is there now, which plan and status say too. A tree that is no project
# any more, as after a merge, is refused, and mended here.
sub observe {
	my $l = see();
	while ($l->{error}) {
		my $r = program(["studio", "plan"]);
		differ("studio plan: exit $r->{code} where $l->{error}")
		    if $r->{code} != 65;
		note("cure: $l->{error}");
		my ($dir) = $l->{error} =~ /^(\S+):/;
		remove_tree("$l->{dir}/scenes/$dir");
		$l = see();
	}
	compare_plan($l);
	compare_status($l) if chance(40);
	return $l;
}

# The calls that came, against those that were to be.
sub compare_calls {
	my ($e, $r, $killed) = @_;
	my (%want, %got);
	my $refused = { map { $_->{digest} => 1 } @{$e->{refused}} };
	for my $d (keys %{$e->{calls}}) {
		my $key = call_key($e->{calls}{$d});
		push @{$want{$key}}, $d;
		$want{how}{$key} = $refused->{$d} ? "refused" : "ready";
	}
	my $how = delete $want{how};
	my @came = calls();
	for (grep { $_->{how} !~ /^(busy|unsent)$/ } @came) {
		$got{$_->{key}}++;
		count($_->{how} eq "ready" ? "calls" : "calls_$_->{how}");
		differ("a call that nothing asks for: $_->{key}, $_->{how}")
		    if !$want{$_->{key}};
		differ("$_->{key}: $_->{how}, expected $how->{$_->{key}}")
		    if !$killed && $_->{how} ne $how->{$_->{key}};
	}
	for my $key (sort keys %want) {
		my $n = @{$want{$key}};
		my $g = $got{$key} // 0;
		next if $g == $n || ($killed && $g < $n);
		differ("$g calls, expected $n, for ", (map { name_of($e->{calls}
		    {$_}) . " ($_) " } @{$want{$key}}), "\n$r->{out}");
	}
	for (@came) {
		$_->{digest} = $want{$_->{key}};
		next if $_->{how} !~ /^(ready|gone)$/;
		$w->{answered}{$_}++ for @{$_->{digest} // []};
	}
	return @came;
}

# What the store has after it, and nothing else.
sub compare_store {
	my ($e, $killed, $r, @came) = @_;
	my ($has, $kept) = store_of($w->{tree}{store});
	my $s = store();
	my %refused = map { $_->{digest} => 1 } @{$e->{refused}};
	my %want = map { $_ => 1 } keys %{$s->{has}}, keys %{$e->{keep}},
	    grep { !$refused{$_} } keys %{$e->{calls}};
	if ($killed) {
		my $slack = $killed eq "KILL" ? 1500 : 400;
		for (grep { $_->{how} eq "ready" && @{$_->{digest} // []} == 1
		    && $_->{end} < $r->{at} - $slack } @came) {
			differ("a reply of ", $r->{at} - $_->{end}, " ms " .
			    "before the $killed is lost: $_->{key}")
			    if !$kept->{$_->{digest}[0]};
		}
		for (keys %{$s->{has}}) {
			differ("the store lost $_") if !$kept->{$_};
		}
		for (keys %$kept) {
			differ("the store has $_") if !$want{$_};
		}
	} else {
		# what a killed program journalled may wait for who asks
		set_differs("the store", $kept, \%want);
		for (map { $_->{paid} ? $_->{digest} : () } @{$e->{make}}) {
			differ("still in the journal: $_") if !$has->{$_} &&
			    !$refused{$_};
		}
	}
	$s->{has} = $kept;
}

# The bytes that an asset must have, as far as they are known.
sub compare_media {
	my ($a) = @_;
	my $want;
	if ($a->{paid} && !$a->{rec}{adopted}) {
		$want = media_of($a);
	} elsif (!$a->{rec}{adopted}) {
		$want = $w->{known}{media}{$a->{digest}} //= $a->{sha};
	}
	differ(name_of($a), ": is not what its request gives")
	    if defined $want && $want ne $a->{sha};
}

# After a run to its end: what was made is fresh, the rest as it was.
sub compare_made {
	my ($e, $before, $after) = @_;
	my %made = map { $_->{path} => 1 } @{$e->{make}};
	my %refused = map { $_->{path} => 1 } @{$e->{refused}};
	my %was = map { $_->{path} ? ($_->{path} => $_) : () }
	    @{$before->{asset}};
	for my $a (grep { $_->{path} && !$_->{silent} } @{$after->{asset}}) {
		my $name = name_of($a);
		if ($refused{$a->{path}}) {
			differ("$name: $a->{state}, expected failed")
			    if $a->{state} ne "failed";
		} elsif ($made{$a->{path}}) {
			differ("$name: $a->{state} after it was made")
			    if $a->{state} ne "fresh";
			compare_media($a);
		} elsif (my $o = $was{$a->{path}}) {
			differ("$name: its record changed")
			    if $json->encode([$o->{rec}]) ne
			    $json->encode([$a->{rec}]);
		}
	}
}

# One run of a program. pick: which assets it is to make; look: what is there as
# it finds it; code: the exit status, 1 for any but 0; kill: the signal.
sub act {
	my ($command, %how) = @_;
	my $l = $how{look} // see();
	my $e = expect_of($l, store(), $how{pick} // sub { 0 });
	my @kill = $how{kill} ? (kill => [$how{kill}, rnd(900) / 1000]) : ();
	note("@$command" . ($how{kill} ? " ($how{kill})" : ""));
	my $since = 1000 * time;
	my $r = program($command, @kill);
	my $killed = $r->{killed} ? $how{kill} : undef;
	count($killed ? "kills" : "runs");
	my @came = compare_calls($e, $r, $killed);
	compare_store($e, $killed, $r, @came);
	if ($killed) {
		note_temp();
		learn(see(), $since);
		return $r;
	}
	my $after = see();
	differ("@$command: $after->{error}") if $after->{error};
	my $want = $how{code} // (@{$e->{refused}} ? 1 : 0);
	differ("@$command: exit $r->{code}, expected $want: $r->{out}")
	    if ($want ? 1 : 0) != ($r->{code} ? 1 : 0);
	compare_made($e, $l, $after) if !$l->{phase1};
	$r->{look} = $after;
	$r->{before} = $l;
	return $r;
}

# After "make": the film is there, made again only where it had to be.
sub compare_film {
	my ($r, $files) = @_;
	my ($l, $after, $known) = ($r->{before}, $r->{look}, $w->{known});
	my $now = tree_files("$l->{dir}/video");
	if ($l->{film} && !$l->{film}{needed}) {
		set_differs("video/ of a fresh film", $now, $files);
		return;
	}
	my $f = $after->{film};
	return if !@{$after->{scene}};
	$f->{rec} // differ("there is no film");
	learn($after, 0);
	count("films");
	$after = see();
	differ("the film is $after->{film}{state} after it was made")
	    if $after->{film}{needed};
}

# What was written since a time (ms) is what the assets that are there give: note
# which digests, and that the same has the same and nothing else has it.
sub learn {
	my ($l, $since) = @_;
	my ($f, $known) = ($l->{film} // return, $w->{known});
	my %new;
	my $path = "$l->{dir}/video/$f->{name}";
	push @{$new{film}}, [$f->{key}, $f->{rec}{request}]
	    if $f->{rec} && is_since("$path.json", $since);
	push @{$new{bytes}}, [$f->{key}, sha_of("$path.mp4")]
	    if $new{film} && sha_of("$path.mp4") eq $f->{rec}{sha256};
	for my $n (0 .. $#{$l->{scene}}) {
		$path = "$l->{dir}/build/parts/$f->{name}/" .
		    "$l->{scene}[$n]{dir}.json";
		my $stamp = is_since($path, $since) ? slurp($path) : undef;
		differ("$path: is not there after the film was made")
		    if !$since && !defined $stamp;
		push @{$new{part}}, [part_key($l, $n),
		    $json->decode($stamp)->{request}] if defined $stamp;
	}
	for my $kind (sort keys %new) {
		for (@{$new{$kind}}) {
			my ($key, $value) = @$_;
			my $had = $known->{$kind}{$key} //= $value;
			differ("$kind: the same gives $value, and gave $had")
			    if $had ne $value;
			next if $kind eq "bytes";
			my $back = $known->{"of_$kind"}{$value} //= $key;
			differ("$kind: something else gives $value too")
			    if $back ne $key;
		}
	}
}

sub is_since {
	my ($path, $since) = @_;
	my $at = (Time::HiRes::stat($path))[9] // return 0;
	return 1000 * $at >= $since;
}

1;
