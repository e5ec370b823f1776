# SoakBuild.pm: soak's steps: something is changed, then it is looked at, built
# in one of many ways, killed, built again, and at last found whole.
package SoakBuild;
use strict;
use warnings;
use Exporter qw(import);
use File::Path qw(remove_tree);
use JSON::PP;
use SoakCalls qw(slurp sha_of is_kept expect_of);
use SoakCheck qw(forget differ note count store program see note_temp name_of
    set_differs observe act compare_film);
use SoakGit qw(git @git_steps);
use SoakModel qw(look used_of usable needs);
use SoakSteps qw(rnd one_of chance mutate);
use SoakWorld qw(renew_server run calls spew tree_files temp_files);
use SoakYaml qw(scene_text);

our @EXPORT_OK = qw(begin_build step);

my ($w, @more);
my $json = JSON::PP->new->latin1->canonical;

sub begin_build {
	($w) = @_;
	@more = (@git_steps, [2, \&adopt], [3, \&again]);
	$w->{between} = sub { observe() };
	$w->{resplit} = \&resplit;
}

sub of_kinds {
	my @kinds = @_;
	return sub {
		my ($a) = @_;
		return needs($a) && grep { $a->{what} eq $_ } @kinds;
	};
}

# What stands in the way of a stage: of make's goals only what is used does.
sub blocked {
	my ($l, $what, $all) = @_;
	return grep { $_->{what} eq $what && ($all || $_->{used}) &&
	    !usable($_) && !needs($_) } @{$l->{asset}};
}

sub is_network { return ($_[0]{provider} // "") =~ /^(voices|pictures):/ }

sub code_of {
	my ($l, $all, @kinds) = @_;
	my $e = expect_of($l, store(), of_kinds(@kinds));
	return @{$e->{refused}} || grep({ blocked($l, $_, $all) } @kinds) ?
	    1 : 0;
}

sub make_all {
	my ($l, $kill) = @_;
	my $e = expect_of($l, store(), \&needs);
	my $fails = @{$e->{refused}} || ($l->{film} ?
	    $l->{film}{needed} && $l->{film}{obstacle} :
	    grep { blocked($l, $_) } qw(audio image)) ? 1 : 0;
	# a job for one take meets the others of its scene, that of servers the
	# used ones of all
	for my $a (grep { $_->{scene} } @{$e->{make}}) {
		my $net = is_network($a);
		$fails ||= grep { $net ? is_network($_) :
		    $_->{scene} == $a->{scene} } blocked($l, $a->{what},
		    !$net);
	}
	my @j = (chance(20) ? () : "-k", "-j" . (1 + rnd(4)));
	@j = ("-k", "-j2") if $fails;
	my $files = tree_files("$l->{dir}/video");
	my $r = act([chance(25) ? ("studio", "make") : "make", "-s", @j],
	    look => $l, pick => \&needs, code => $fails, kill => $kill);
	compare_film($r, $files) if $r->{look} && !$fails;
	return !$fails && $r->{look};
}

# By one of the many ways; returns the look after it where all is made.
sub build {
	my ($l, $kill) = @_;
	my $way = $l->{phase1} ? 0 : rnd(10);
	if ($way < 5) {
		return make_all($l, $kill);
	} elsif ($way < 7) {
		my @goals = chance(50) ? qw(audio images) :
		    one_of("audio", "images");
		my @kinds = map { $_ eq "audio" ? $_ : qw(image cover) }
		    @goals;
		act(["make", "-s", "-k", "-j" . (1 + rnd(4)), @goals],
		    look => $l, pick => of_kinds(@kinds), kill => $kill,
		    code => code_of($l, 0, @kinds));
	} elsif ($way < 9) {
		my ($what, $program) = @{one_of(["audio", "tts"],
		    ["image", "image"])};
		act(["studio", $program], look => $l, kill => $kill, pick =>
		    of_kinds($what), code => code_of($l, 1, $what));
	} elsif (@{$l->{scene}}) {
		one_scene($l, $kill);
	}
	return undef;
}

sub one_scene {
	my ($l, $kill) = @_;
	my $s = one_of(@{$l->{scene}});
	my ($what, $program) = @{one_of(["audio", "tts"],
	    ["image", "image"])};
	my $mine = sub { $_[0]{what} eq $what && $_[0]{scene} == $s };
	my $e = expect_of($l, store(), sub { $mine->($_[0]) &&
	    needs($_[0]) });
	act(["studio", $program, $s->{index}], look => $l, kill => $kill,
	    pick => sub { $mine->($_[0]) && needs($_[0]) }, code =>
	    @{$e->{refused}} || grep({ $mine->($_) } blocked($l, $what, 1)) ?
	    1 : 0);
}

# A further take, which is used.
sub again {
	my ($world, $l) = @_;
	return if $l->{phase1} || !@{$l->{scene}};
	my $s = one_of(@{$l->{scene}});
	my ($what, $program) = @{one_of(["audio", "tts"],
	    ["image", "image"])};
	my $part = $s->{doc}{$what} // {};
	my $a = used_of($l, $what, $s);
	return if defined $part->{file} || $a->{silent};
	my $n = $part->{takes} // 1;
	return if $n > 3;
	my $path = "$l->{dir}/scenes/$s->{dir}/scene.yaml";
	my $before = slurp($path);
	$s->{doc}{$what} = { %$part, takes => $n + 1, use => $n + 1 };
	spew($path, scene_text($s->{doc}));
	my $then = see();
	spew($path, $before);
	my ($t) = grep { $_->{dir} eq $s->{dir} } @{$then->{scene}};
	my $mine = sub { $_[0]{what} eq $what && $_[0]{scene} == $t };
	my $e = expect_of($then, store(), sub { $mine->($_[0]) &&
	    needs($_[0]) });
	act(["studio", $program, "--again", $s->{index}], look => $then,
	    pick => sub { $mine->($_[0]) && needs($_[0]) }, code =>
	    @{$e->{refused}} || grep({ $mine->($_) } blocked($then, $what,
	    1)) ? 1 : 0);
	my ($now) = grep { $_->{dir} eq $s->{dir} } @{see()->{scene}};
	differ("--again wrote another scene.yaml")
	    if $json->encode($now->{doc}) ne $json->encode($t->{doc});
	return "again";
}

sub adopt {
	my ($world, $l) = @_;
	my ($a) = grep { $_->{used} && $_->{scene} && $_->{rec} &&
	    $_->{state} =~ /^(modified|stale)$/ && $_->{media} &&
	    $_->{provider} ne "file" &&
	    -e $_->{media} && ($_->{rec}{sha256} // "") } @{$l->{asset}};
	return if !$a;
	store()->{has}{$a->{rec}{request}} = 1 if is_kept($a);
	my $r = program(["studio", "adopt", "--$a->{what}",
	    $a->{scene}{index}]);
	differ("adopt: exit $r->{code}: $r->{out}") if $r->{code};
	note("adopt " . name_of($a));
	my ($b) = grep { ($_->{path} // "") eq $a->{path} }
	    @{see()->{asset}};
	differ("adopt: ", name_of($b), " is $b->{state}")
	    if $b->{state} ne "fresh";
	return "adopt";
}

# script.md was edited: split again, now and then killed first.
sub resplit {
	my ($e, $op) = @_;
	if (chance(30)) {
		my $r = program(["studio", "split-scenes"],
		    kill => ["KILL", rnd(40) / 1000]);
		count("kills") if $r->{killed};
		note_temp();
	}
	my $r = program(["studio", "split-scenes"]);
	differ("split-scenes after $op: exit $r->{code}, expected $e->{code}:",
	    $r->{out}) if $r->{code} != $e->{code};
	my $l = look($w->{tree}{dir}, store(), $w->{known});
	my @got = grep { !defined $e->{new} || $_ ne $e->{new} } map { $_->{doc}{text} }
	    @{$l->{scene}};
	differ("split-scenes after $op: has\n", map({ "  $_\n" } @got),
	    "expected\n", map { "  $_\n" } @{$e->{texts}})
	    if "@got" ne "@{$e->{texts}}";
	differ("split-scenes: the new scene is not there")
	    if defined $e->{new} && @got == @{$l->{scene}};
	return if $e->{code} == 0;
	$r = program(["studio", "split-scenes", "--write-script"]);
	differ("--write-script: exit $r->{code}: $r->{out}") if $r->{code};
}

# What stands in the way is taken away: by a new prompt, a retry, git or --regen.
sub cure {
	my ($l) = @_;
	for my $a (grep { !usable($_) && !needs($_) && $_->{path} }
	    @{$l->{asset}}) {
		my $program = $a->{what} eq "audio" ? "tts" : "image";
		my $s = $a->{scene};
		my $mine = sub { $_[0]{what} eq $a->{what} && ($s ?
		    $_[0]{scene} == $s : 1) };
		my $state = $a->{state};
		my $pick = sub { $mine->($_[0]) && (needs($_[0]) ||
		    $_[0]{state} eq $state) };
		my $part = $s ? $s->{doc}{$a->{what}} // {} : {};
		if (defined $part->{file} && !-e "$l->{dir}/$part->{file}") {
			delete $part->{file};
			delete $s->{doc}{$a->{what}} if !%$part;
			spew("$l->{dir}/scenes/$s->{dir}/scene.yaml",
			    scene_text($s->{doc}));
			note("cure " . name_of($a));
		} elsif ($state eq "failed" && chance(70) && $s) {
			$s->{doc}{$_} && delete $s->{doc}{$_} for "say";
			delete $s->{doc}{image}{prompt} if $s->{doc}{image} &&
			    ($s->{doc}{image}{prompt} // "") =~ /forbidden/;
			spew("$l->{dir}/scenes/$s->{dir}/scene.yaml",
			    scene_text($s->{doc}));
			note("cure " . name_of($a));
		} else {
			my $e = expect_of($l, store(), $pick);
			act(["studio", $program, $state eq "failed" ?
			    "--retry" : "--regen", $s ? $s->{index} :
			    "--cover"], look => $l, pick => $pick, code =>
			    @{$e->{refused}} || grep({ $mine->($_) &&
			    $_->{state} ne $state } blocked($l, $a->{what},
			    1)) ? 1 : 0);
		}
		$l = see();
		last;
	}
}

# Nothing more is to be done: it is not done, and all holds together.
sub complete {
	my ($l) = @_;
	my $dir = $l->{dir};
	if (chance(40)) {
		my $before = tree_files($dir);
		my $r = program(["make", "-s", "-j2"]);
		differ("a null build: exit $r->{code}: $r->{out}")
		    if $r->{code};
		my @came = calls();
		differ("a null build made calls: ", map { $_->{key} } @came)
		    if @came;
		set_differs("a null build", tree_files($dir), $before);
		count("null_builds");
	}
	if (chance(30)) {
		my $bad = grep({ !usable($_) && !needs($_) ||
		    $_->{state} eq "modified" } @{$l->{asset}}) +
		    strays($l);
		my $r = program(["studio", "check"]);
		differ("studio check: exit $r->{code}, $bad faults known: " .
		    $r->{out}) if ($r->{code} ? 1 : 0) != ($bad ? 1 : 0);
	}
	my @temp = grep { !$w->{temp}{s|.*/||r} } temp_files($dir,
	    "$w->{tree}{store}/studio/store");
	differ("left after a finished build: @temp") if @temp;
	ledger($dir);
	scratch($l) if chance(4);
}

# Takes that no scene asks for, whose file is not that of their record.
sub strays {
	my ($l) = @_;
	my %known = map { ($_->{path} // "") => 1 } grep { !$_->{silent} }
	    @{$l->{asset}};
	my $n = 0;
	for my $path (glob "$l->{dir}/scenes/*/*.json") {
		my $r = $known{$path} ? undef : $json->decode(slurp($path));
		my $media = $path =~ s|[^/]*$||r . ($r->{url} // "");
		$n++ if $r && $r->{sha256} && -f $media &&
		    sha_of($media) ne $r->{sha256};
	}
	return $n;
}

# A request has as many lines as it was answered.
sub ledger {
	my ($dir) = @_;
	my %lines;
	for my $path (glob "$dir/ledger/*.json") {
		my $r = $json->decode(slurp($path));
		$lines{$r->{request}}++ if $r->{outcome} eq "ready";
	}
	for (sort keys %lines) {
		differ("$_ has $lines{$_} lines in the ledger, but was " .
		    "answered " . ($w->{answered}{$_} // 0) . " times")
		    if $lines{$_} > ($w->{answered}{$_} // 0);
	}
}

# A film made from nothing, in a clone with the same store, is the same bytes.
sub scratch {
	my ($l) = @_;
	my $to = "$w->{home}/work/scratch";
	return if grep { $_->{state} eq "modified" || $_->{rec} &&
	    $_->{rec}{adopted} } @{$l->{asset}};
	my $film = "video/$l->{film}{name}.mp4";
	return if !-e "$l->{dir}/$film";
	my $mine = sha_of("$l->{dir}/$film");
	git($l->{dir}, "add", "-A");
	git($l->{dir}, "commit", "-q", "-m", "for scratch");
	remove_tree($to);
	defined git($l->{dir}, "clone", "-q", $l->{dir}, $to) or
	    differ("git clone failed");
	my $r = run($to, $w->{tree}{store}, ["make", "-s", "-j3"]);
	differ("make from scratch: exit $r->{code}: $r->{out}") if $r->{code};
	my @came = calls();
	differ("make from scratch asked for ", map { $_->{key} } @came)
	    if @came;
	differ("make from scratch gives another film")
	    if sha_of("$to/$film") ne $mine;
	remove_tree($to);
	count("from_scratch");
}

sub step {
	forget();
	renew_server($w->{busy});
	calls();
	my $l = see();
	for (1 .. 1 + rnd(3)) {
		my $did = mutate($w, $l, @more);
		note($did) if defined $did;
		count("changes") if defined $did;
		$l = see();
		$l = observe() if $l->{error};
	}
	$l = observe();
	return if chance(15);
	for (1 .. (chance(45) ? 1 + rnd(2) : 0)) {
		build($l, one_of(qw(KILL KILL KILL INT TERM)));
		$l = observe();
	}
	for (1 .. 4) {
		my $after = build($l);
		if ($after && $after->{film}) {
			complete($after);
			last;
		}
		$l = observe();
		cure($l) if chance(60);
		$l = see();
	}
}

1;
