# SoakGit.pm: what people do with git, with several trees of one project and
# with the store, for soak; as SoakSteps.pm.
package SoakGit;
use strict;
use warnings;
use Exporter qw(import);
use File::Path qw(make_path remove_tree);
use JSON::PP;
use SoakCalls qw(slurp);
use SoakSteps qw(rnd one_of chance sentence);
use SoakWorld qw(run spew store_of);

our @EXPORT_OK = qw(@git_steps git first_commit);

# Quietly; what it said, undef where it failed.
sub git {
	my ($dir, @args) = @_;
	my $r = run($dir, $dir, ["git", "-c", "core.fsync=none", @args]);
	return $r->{code} == 0 ? $r->{out} : undef;
}

sub must {
	my ($dir, @args) = @_;
	return git($dir, @args) // die "git @args in $dir failed\n";
}

sub first_commit {
	my ($dir) = @_;
	must($dir, "add", "-A");
	must($dir, "commit", "-q", "-m", "begin");
}

sub commit {
	my ($w, $l) = @_;
	must($l->{dir}, "add", "-A");
	git($l->{dir}, "commit", "-q", "-m", "step $w->{step}");
	return "commit";
}

sub branches {
	my ($dir) = @_;
	my @b = map { s/^[*+ ]+//r } split /\n/, must($dir, "branch");
	my $now = must($dir, "rev-parse", "--abbrev-ref", "HEAD");
	chomp $now;
	return grep { $_ ne $now } @b;
}

sub checkout {
	my ($w, $l) = @_;
	commit($w, $l);
	my @b = branches($l->{dir});
	my @new = !@b || chance(25) ? "-b" : ();
	my $name = @new ? "b" . $w->{names}++ : one_of(@b);
	git($l->{dir}, "checkout", "-q", @new, $name) // return;
	return "checkout @new $name";
}

# Conflicts of what programs wrote are settled as a whole, by one side or the
# other; of what people wrote, the merge is given up.
sub merge {
	my ($w, $l) = @_;
	my $dir = $l->{dir};
	commit($w, $l);
	my $name = one_of(branches($dir)) // return;
	return "merge $name" if defined git($dir, "merge", "-q", "--no-edit",
	    $name);
	my @bad = split /\n/, must($dir, "diff", "--name-only",
	    "--diff-filter=U");
	for my $f (@bad) {
		my $side = $f =~ m|^video/| ? "HEAD" : "MERGE_HEAD";
		my $ok = $f =~ m{^video/|/(audio|image)[^/]*$|^cover} &&
		    defined git($dir, "checkout", $side, "--", $f);
		my $r = $ok && $f =~ /json$/ ?
		    decode_json(slurp("$dir/$f")) : {};
		my $media = $f =~ s|[^/]*$||r . ($r->{url} // "");
		$ok &&= defined git($dir, "checkout", $side, "--", $media)
		    if $ok && $media =~ m|^scenes/.*\.| &&
		    $media !~ /\.local\.|\.\./;
		next if $ok;
		must($dir, "merge", "--abort");
		return "merge $name given up";
	}
	must($dir, "add", "-A");
	git($dir, "commit", "-q", "-m", "merge") // do {
		must($dir, "merge", "--abort");
		return "merge $name given up";
	};
	return "merge $name, settled";
}

sub stash {
	my ($w, $l) = @_;
	defined git($l->{dir}, "stash", "-u", "-q") or return;
	$w->{between}->("stash") if $w->{between};
	return "stash, pop" if defined git($l->{dir}, "stash", "pop", "-q");
	git($l->{dir}, "checkout", "-q", ".");
	git($l->{dir}, "clean", "-fdq");
	git($l->{dir}, "stash", "drop", "-q");
	return "stash, lost";
}

sub revert {
	my ($w, $l) = @_;
	git($l->{dir}, "checkout", "-q", ".") // return;
	return "checkout .";
}

sub clean {
	my ($w, $l) = @_;
	must($l->{dir}, "clean", "-fdxq");
	return "clean -fdx";
}

sub forget_trees {
	my ($w) = @_;
	while (@{$w->{trees}} > 3) {
		my ($old) = grep { $_ != $w->{tree} && $_->{dir} ne
		    ($w->{tree}{of} // "") } @{$w->{trees}};
		@{$w->{trees}} = grep { $_ != $old &&
		    ($_->{of} // "") ne $old->{dir} } @{$w->{trees}};
		remove_tree($old->{dir});
	}
	for my $dir (glob "$w->{home}/work/*") {
		remove_tree($dir) if !grep { $_->{dir} eq $dir }
		    @{$w->{trees}};
	}
}

sub go_on_in {
	my ($w, $tree) = @_;
	$w->{tree} = $tree;
	push @{$w->{trees}}, $tree;
	forget_trees($w);
}

# Another user's clone has another store, and pays for nothing that is there.
sub clone {
	my ($w, $l) = @_;
	commit($w, $l);
	my $to = "$w->{home}/work/t" . $w->{names}++;
	must($l->{dir}, "clone", "-q", $l->{dir}, $to);
	my $store = chance(25) ? "$w->{home}/data.$w->{names}" :
	    $w->{tree}{store};
	$w->{stores}{$store} //= { has => {}, theirs => {} };
	go_on_in($w, { dir => $to, store => $store });
	return "clone to $to, $store";
}

sub worktree {
	my ($w, $l) = @_;
	return if $w->{tree}{of};
	commit($w, $l);
	my $name = "w" . $w->{names}++;
	my $to = "$w->{home}/work/$name";
	must($l->{dir}, "worktree", "add", "-q", "-b", $name, $to);
	go_on_in($w, { dir => $to, store => $w->{tree}{store},
	    of => $l->{dir} });
	return "worktree $to";
}

sub other_tree {
	my ($w) = @_;
	my $t = one_of(grep { $_ != $w->{tree} } @{$w->{trees}}) // return;
	$w->{tree} = $t;
	return "go to $t->{dir}";
}

# All replies are gone, or one is; what the project holds stays.
sub empty_store {
	my ($w, $l) = @_;
	my $store = $w->{tree}{store};
	if (chance(30)) {
		remove_tree("$store/studio/store/objects");
	} else {
		my $d = one_of(sort keys %{$w->{stores}{$store}{has}}) //
		    return;
		unlink glob "$store/studio/store/objects/*/$d*";
	}
	(undef, my $kept) = store_of($store);
	$w->{stores}{$store}{has} = $kept;
	return "store forgets";
}

# A paragraph of script.md is changed, put in or taken out; expected are the
# texts that the scenes have then. {"exit"} 65: both sides changed it.
sub script {
	my ($w, $l) = @_;
	return if $l->{phase1};
	my $path = "$l->{dir}/script.md";
	my $text = slurp($path) // return;
	my $base = decode_json(slurp("$l->{dir}/scenes/split.json") //
	    return)->{scenes};
	my @texts = map { $_->{doc}{text} } @{$l->{scene}};
	my %count;
	utf8::encode($_->{text}), $count{$_->{text}}++ for @$base;
	my $b = one_of(grep { my $t = $_->{text}; $count{$t} == 1 &&
	    1 == (() = $text =~ /^\Q$t\E$/mg) } @$base);
	my %e = (code => 0);
	my ($s) = grep { $b && ($_->{doc}{id} // "") eq $b->{id} }
	    @{$l->{scene}};
	my $op = $b ? rnd(3) : 0;
	my $new = sentence();
	if ($op == 0) {
		return if @{$l->{scene}} >= 12 || grep { $_ eq $new } @texts;
		my $n = () = $text =~ /^## /mg;
		$n = rnd($n + 1);
		my $i = 0;
		$text =~ s/(?=^## )/$i++ == $n ? "## More\n\n$new\n\n" : ""/gme;
		$text .= "\n## More\n\n$new\n" if $n >= $i;
		$e{new} = $new;
	} elsif ($op == 1) {
		$new = $b->{text} =~ s/\d+/rnd(900) + 100/er;
		return if $new eq $b->{text} || $count{$new};
		$text =~ s/^\Q$b->{text}\E$/$new/m;
		if ($s && $s->{doc}{text} eq $b->{text}) {
			@texts = map { $_->{doc}{text} } map { $_ == $s ?
			    { doc => { text => $new } } : $_ } @{$l->{scene}};
		} elsif ($s && $s->{doc}{text} ne $new) {
			$e{code} = 65;
		}
	} else {
		return if @{$l->{scene}} < 4;
		$text =~ s/^(##[^\n]*\n\n)?\Q$b->{text}\E\n(>[^\n]*\n|\n)*//m;
		return if $text =~ /^\Q$b->{text}\E$/m || $text !~ /^The/m;
		if ($s && $s->{doc}{text} eq $b->{text}) {
			@texts = map { $_->{doc}{text} } grep { $_ != $s }
			    @{$l->{scene}};
		} elsif ($s) {
			$e{code} = 65;
		}
	}
	spew($path, $text);
	$e{texts} = \@texts;
	$w->{resplit}->(\%e, qw(insert change remove)[$op]);
	return "script: " . qw(insert change remove)[$op];
}

our @git_steps = ([5, \&commit], [6, \&checkout], [5, \&merge],
    [2, \&stash], [1, \&revert], [2, \&clean], [3, \&clone],
    [1, \&worktree], [3, \&other_tree], [2, \&empty_store], [5, \&script]);

1;
