# SoakSteps.pm: what people do to a project, at random, for soak. Each step is
# told the world and a look at its tree, and says in a few words what it did, or
# undef where it does not apply. None knows of digests or states.
package SoakSteps;
use strict;
use warnings;
use Digest::SHA qw(sha256 sha256_hex);
use Exporter qw(import);
use File::Path qw(make_path remove_tree);
use SoakMedia qw(sound_of picture_of @hues);
use SoakCalls qw(slurp);
use SoakModel qw(used_of);
use SoakWorld qw(spew run);
use SoakYaml qw(scene_text yaml quoted);

our @EXPORT_OK = qw(reseed rnd one_of chance mutate sentence);

my $state = "";

sub reseed { $state = sha256("soak @_") }
sub rnd {
	$state = sha256($state);
	return unpack("L", $state) % $_[0];
}
sub one_of { return @_ ? $_[rnd(scalar @_)] : undef }
sub chance { return rnd(100) < $_[0] }

my @nouns = qw(whale river lantern harbour comet garden tunnel orchard);
my @verbs = qw(crosses finds leaves follows carries paints);

sub sentence {
	my $s = join " ", "The", one_of(@hues), one_of(@nouns),
	    one_of(@verbs), rnd(900) + 100, one_of(@nouns) . "s";
	$s .= " with a nautilus" if chance(6);
	$s .= " für Zoë" if chance(6);
	return "$s.";
}

# Edit one scene's map by a function, and write its file.
sub edit {
	my ($s, $l, $change) = @_;
	my $path = "$l->{dir}/scenes/$s->{dir}/scene.yaml";
	my $before = slurp($path);
	$change->($s->{doc});
	for my $key (qw(audio image)) {
		delete $s->{doc}{$key} if ref $s->{doc}{$key} &&
		    !grep { defined } values %{$s->{doc}{$key}};
	}
	my $text = scene_text($s->{doc}, chance(20) ? "note " . rnd(99) :
	    undef);
	spew($path, $text);
	return [$path, $before];
}

sub toggle {
	my ($map, $key, @values) = @_;
	my $was = $map->{$key};
	if (defined $was && chance(50)) {
		delete $map->{$key};
	} else {
		$map->{$key} = one_of(@values);
	}
}

my %scene_edit = (
	text => sub {
		my ($d, $w, $l) = @_;
		my $other = one_of(@{$l->{scene}});
		$d->{text} = chance(5) ? $other->{doc}{text} : sentence();
	},
	say => sub {
		my ($d, $w) = @_;
		my $n = rnd(10);
		my $say = sentence();
		$say = "forbidden " . lc $say if $n == 0;
		$say = sprintf("hurry%04d ", $w->{busy}++) . $say if $n == 1;
		toggle($d, "say", $say);
	},
	notes => sub { toggle($_[0], "notes", "look at " . rnd(99)) },
	prompt => sub {
		toggle($_[0]{image} //= {}, "prompt", chance(6) ?
		    "forbidden fruit " . rnd(99) : lc sentence());
	},
	style => sub { toggle($_[0]{image} //= {}, "style", qw(ink nebula)) },
	voice => sub { toggle($_[0]{audio} //= {}, "voice", qw(slt rms)) },
	speed => sub { toggle($_[0]{audio} //= {}, "speed", 1.1, 0.9) },
	takes => sub {
		my $m = $_[0]{one_of("audio", "image")} //= {};
		toggle($m, "takes", 1, 2, 3);
		my $n = $m->{takes} // 1;
		$m->{use} = $n if ($m->{use} // 1) > $n;
	},
	use => sub {
		my $m = $_[0]{one_of("audio", "image")} //= {};
		toggle($m, "use", 1, $m->{takes} // 1);
	},
	motion => sub { toggle($_[0], "motion", qw(in out left still)) },
	transition => sub { toggle($_[0], "transition", qw(cut fade dip)) },
	focus => sub { toggle($_[0]{image} //= {}, "focus", [0.25, 0.5]) },
	own => sub {
		my ($d, $w, $l) = @_;
		my ($what, $ext) = @{one_of(["audio", "wav"],
		    ["image", "png"])};
		my $file = "media/own" . rnd(3) . ".$ext";
		make_path("$l->{dir}/media");
		my $bytes = $ext eq "wav" ? sound_of($file) :
		    picture_of($file);
		spew("$l->{dir}/$file", $bytes) if !-e "$l->{dir}/$file";
		toggle($d->{$what} //= {}, "file", $file);
	},
	silent => sub {
		my ($d) = @_;
		if ($d->{text} eq "") {
			$d->{text} = sentence();
			delete $d->{duration};
		} elsif (!defined $d->{say}) {
			@$d{qw(text duration)} = ("", "1.5s");
			($d->{image} //= {})->{prompt} //= lc sentence();
		}
	},
);

sub edit_scene {
	my ($w, $l) = @_;
	my $s = one_of(@{$l->{scene}}) // return;
	my $kind = chance(40) ? "text" : one_of(sort keys %scene_edit);
	push @{$w->{undo}}, edit($s, $l, sub {
		$scene_edit{$kind}->($_[0], $w, $l);
	});
	shift @{$w->{undo}} if @{$w->{undo}} > 20;
	return "$kind of $s->{dir}";
}

# The last edits taken back: nothing may cost anything then.
sub undo {
	my ($w, $l) = @_;
	my $u = pop @{$w->{undo}} // return;
	return if index($u->[0], "$l->{dir}/") || !-e $u->[0];
	spew(@$u);
	return "back: " . $u->[0] =~ s|.*/scenes/||r;
}

# One line of a YAML file, set, or taken out where the value is undef.
sub set_line {
	my ($w, $path, $key, $value) = @_;
	my $text = slurp($path) // "";
	push @{$w->{undo}}, [$path, $text];
	$text =~ s/^\Q$key\E:.*\n//m;
	$text .= "$key: $value\n" if defined $value;
	spew($path, $text);
	return "$key: " . ($value // "-");
}

sub edit_settings {
	my ($w, $l) = @_;
	my @all = (
	    ["defaultTtsVoice", '""', "slt", "rms"],
	    ["defaultImageStyle", '""', "papercut", "ink"],
	    ["defaultSpeed", 1, 1.2, undef],
	    ["look", '"abcdef01"', "velvet"],
	    ["ttsProvider", "voices:tts", "voices:tts", "exec:soak-voice",
	    "exec:soak-voice", "flite"],
	    ["imageModel", "pictures:pic", "exec:soak-picture", "card"],
	    ["captions", "burned", "sidecar", undef],
	    ["ttsOptions", "{mood: calm}", undef],
	    ["imageOptions", "{grain: 3}", undef],
	    ["transition", "cut", "dip", undef]);
	my ($key, @values) = @{one_of(@all)};
	return set_line($w, "$l->{dir}/settings.yaml", $key, one_of(@values));
}

sub edit_project {
	my ($w, $l) = @_;
	my @all = (["tone", "calm", "curious"], ["title",
	    "The " . one_of(@hues) . " film"], ["description", "Of rivers",
	    undef], ["captions", "burned", "sidecar", "none", undef],
	    ["captionStyle", "box", undef], ["transition", "cut", undef],
	    ["characters", "{Zoë: a woman in a coat, whale: a grey whale}",
	    undef], ["quality", "draft", "draft", "standard"]);
	my ($key, @values) = @{one_of(@all)};
	return set_line($w, "$l->{dir}/project.yaml", $key, one_of(@values));
}

sub edit_lexicon {
	my ($w, $l) = @_;
	my $path = "$l->{dir}/lexicon.yaml";
	return set_line($w, $path, "nautilus", one_of("naw til us",
	    "nor ti lus", undef));
}

sub add_scene {
	my ($w, $l) = @_;
	return if @{$l->{scene}} >= 12;
	my @at = chance(60) ? ("--at", 1 + rnd(1 + @{$l->{scene}})) : ();
	my $r = run($l->{dir}, $w->{tree}{store}, ["studio", "add", @at,
	    sentence()]);
	return $r->{code} == 0 ? "add @at" : $r->{out} =~ /no key is free/ ?
	    undef : die "studio add: $r->{out}";
}

sub new_folder {
	my ($w, $l) = @_;
	return if @{$l->{scene}} >= 12;
	my $dir = sprintf "%06d-new%d", 1 + rnd(1500), rnd(1000);
	return if -e "$l->{dir}/scenes/$dir";
	make_path("$l->{dir}/scenes/$dir");
	spew("$l->{dir}/scenes/$dir/scene.yaml", "text: " . sentence() .
	    "\n");
	return "new folder $dir";
}

sub move_scene {
	my ($w, $l) = @_;
	my $s = one_of(@{$l->{scene}}) // return;
	my ($name) = $s->{dir} =~ /^\d{6}-(.*)/;
	my $to = sprintf "%06d-%s", 1 + rnd(1500), $name;
	return if -e "$l->{dir}/scenes/$to";
	rename "$l->{dir}/scenes/$s->{dir}", "$l->{dir}/scenes/$to" or die;
	return "mv $s->{dir} $to";
}

sub delete_scene {
	my ($w, $l) = @_;
	return if @{$l->{scene}} < 4;
	my $s = one_of(@{$l->{scene}});
	remove_tree("$w->{home}/attic");
	if (chance(60)) {
		rename "$l->{dir}/scenes/$s->{dir}", "$w->{home}/attic";
		$w->{attic} = [$l->{dir}, $s->{dir}];
	} else {
		remove_tree("$l->{dir}/scenes/$s->{dir}");
	}
	return "rm $s->{dir}";
}

sub restore_scene {
	my ($w, $l) = @_;
	my ($tree, $dir) = @{$w->{attic} // return};
	return if $tree ne $l->{dir} || !-e "$w->{home}/attic" ||
	    -e "$tree/scenes/$dir";
	my $id = yaml(slurp("$w->{home}/attic/scene.yaml"))->{id} // "";
	return if grep { ($_->{doc}{id} // "") eq $id } @{$l->{scene}};
	rename "$w->{home}/attic", "$tree/scenes/$dir" or die;
	return "restore $dir";
}

sub touch_files {
	my ($w, $l) = @_;
	my @files = glob "$l->{dir}/*.* $l->{dir}/scenes/*/* " .
	    "$l->{dir}/video/*";
	utime undef, undef, $_ for grep { chance(50) } @files;
	for (grep { chance(50) } @files) {
		my $t = 1e9 + rnd(8e8);
		utime $t, $t, $_;
	}
	return "times";
}

# What a copy without times leaves: other inodes, other times.
sub copy_tree {
	my ($w, $l) = @_;
	my $to = "$l->{dir}.copy";
	system("cp", "-r", $l->{dir}, $to) == 0 or die;
	remove_tree($l->{dir});
	rename $to, $l->{dir} or die;
	return "copied without times";
}

sub remove_media {
	my ($w, $l) = @_;
	my @files = grep { -f } glob "$l->{dir}/scenes/*/*.{wav,png} " .
	    "$l->{dir}/cover*.png $l->{dir}/video/*";
	my $f = one_of(@files) // return;
	unlink $f;
	return "rm " . $f =~ s|^\Q$l->{dir}\E/||r;
}

sub remove_record {
	my ($w, $l) = @_;
	my $f = one_of(grep { -f } glob "$l->{dir}/scenes/*/{audio,image}*." .
	    "json $l->{dir}/cover.json $l->{dir}/video/*.json") // return;
	unlink $f;
	return "rm " . $f =~ s|^\Q$l->{dir}\E/||r;
}

sub remove_build {
	my ($w, $l) = @_;
	if (chance(50)) {
		remove_tree("$l->{dir}/build");
		return "rm -r build";
	}
	my $f = one_of(grep { -f } glob "$l->{dir}/build/*/* " .
	    "$l->{dir}/build/parts/*/*") // return;
	unlink $f;
	return "rm one of build";
}

# The user's own bytes over what was made.
sub replace_media {
	my ($w, $l) = @_;
	my $s = one_of(@{$l->{scene}}) // return;
	my $what = one_of("audio", "image");
	my $a = used_of($l, $what, $s);
	return if !$a->{media} || !-e $a->{media} || !$a->{rec} ||
	    defined(($s->{doc}{$what} // {})->{file});
	my $seed = "mine " . rnd(1e6);
	my $bytes = $what eq "audio" ? sound_of($seed) : picture_of($seed);
	return if $a->{media} !~ ($what eq "audio" ? qr/wav$/ : qr/png$/);
	spew($a->{media}, $bytes);
	$w->{stores}{$w->{tree}{store}}{theirs}{sha256_hex($bytes)} = 1;
	return "own bytes for $what of $s->{dir}";
}

# weight, step
my @steps = ([30, \&edit_scene], [10, \&undo], [8, \&edit_settings],
    [6, \&edit_project], [2, \&edit_lexicon], [4, \&add_scene],
    [2, \&new_folder], [5, \&move_scene], [3, \&delete_scene],
    [3, \&restore_scene], [4, \&touch_files], [2, \&copy_tree],
    [4, \&remove_media], [2, \&remove_record], [3, \&remove_build],
    [3, \&replace_media]);

# One of them, or of those more that are given in the same form.
sub mutate {
	my ($w, $l, @more) = @_;
	my @all = (@steps, @more);
	my $sum = 0;
	$sum += $_->[0] for @all;
	my $n = rnd($sum);
	for (@all) {
		$n -= $_->[0];
		return $_->[1]->($w, $l) if $n < 0;
	}
}

1;
