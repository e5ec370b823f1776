# SoakModel.pm: what soak expects of a project. It is written from the manuals
# alone and shares nothing with the programs: what each asset's digest is made
# of, which state it is in, what a build asks for, and what is left then.
#
# A look is what there is: { error, scene => [...], asset => [...], film,
# phase1 }. Bytes are bytes here; nothing is decoded.
package SoakModel;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Exporter qw(import);
use JSON::PP;
use SoakCalls qw(slurp sha_of paid digest media_of);
use SoakYaml qw(yaml);

our @EXPORT_OK = qw(look film_key part_key used_of usable needs);

my $json = JSON::PP->new->latin1->canonical;

sub number { return 0 + sprintf "%.10g", $_[0] // 0 }
# The entries of a map whose names stand in a text as whole words.
sub named {
	my ($map, @texts) = @_;
	my %found;
	for my $name (keys %{$map // {}}) {
		for (grep { defined } @texts) {
			$found{$name} = $map->{$name} if
			    /(?<![\w\x80-\xff])\Q$name\E(?![\w\x80-\xff])/i;
		}
	}
	return \%found;
}

sub options {
	my ($l, $key, $provider) = @_;
	my $map = paid($provider) ? $l->{settings}{$key} // {} : {};
	return map { ("option.$_" => $map->{$_}) } keys %$map;
}

sub spoken { return $_[0]{doc}{say} // $_[0]{doc}{text} }

sub voice_inputs {
	my ($l, $s, $take) = @_;
	my ($set, $a) = ($l->{settings}, $s->{doc}{audio} // {});
	return (provider => "file", text => spoken($s),
	    file => sha_of("$l->{dir}/$a->{file}")) if defined $a->{file};
	my $provider = $set->{ttsProvider} // "flite";
	my $lexicon = named($l->{lexicon}, spoken($s));
	return (provider => $provider, text => spoken($s), take => $take,
	    voice => $a->{voice} // $set->{defaultTtsVoice} // "",
	    speed => number($a->{speed} // $set->{defaultSpeed} // 1),
	    language => $l->{project}{language}, options($l, "ttsOptions",
	    $provider), map { ("lexicon.$_" => $lexicon->{$_}) }
	    keys %$lexicon);
}

sub picture_inputs {
	my ($l, $s, $take) = @_;
	my ($set, $i) = ($l->{settings}, $s ? $s->{doc}{image} // {} : {});
	return (provider => "file", file => sha_of("$l->{dir}/$i->{file}"))
	    if defined $i->{file};
	my $provider = $set->{imageModel} // "card";
	my $text = $s ? $s->{doc}{text} : $l->{project}{title};
	my $who = paid($provider) ? named($l->{project}{characters}, $text,
	    $i->{prompt}) : {};
	my ($w, $h) = split /x/, $l->{project}{size};
	return (provider => $provider, take => $take,
	    prompt => $i->{prompt} // $text,
	    style => $i->{style} // $set->{defaultImageStyle} // "",
	    tone => $l->{project}{tone}, look => $set->{look} // "",
	    language => $l->{project}{language}, width => $w, height => $h,
	    options($l, "imageOptions", $provider),
	    map { ("character.$_" => $who->{$_}) } keys %$who);
}

sub needs {
	my ($a) = @_;
	return $a->{state} =~ /^(never made|stale)$/ ||
	    ($a->{state} eq "missing" && (!$a->{paid} || $a->{in_store}));
}

sub usable { return $_[0]{state} =~ /^(fresh|modified)$/ }

# The media of a record that is there, and what it says of the record.
sub judge_media {
	my ($l, $a, $own, $store) = @_;
	my $r = $a->{rec};
	my $path = $own ? "$l->{dir}/$own" :
	    !$r->{url} || ($r->{provider} // "") eq "file" ? undef :
	    "$a->{folder}/$r->{url}";
	my $local = $path && ($r->{url} // "") =~ /\.local\./;
	$a->{media} = $path;
	if (!$path || !-e $path) {
		$a->{sha} = $r->{sha256} if $local && !$own;
		return "missing";
	}
	$a->{sha} = sha_of($path);
	return "fresh" if $own || !$r->{sha256} || $a->{sha} eq $r->{sha256};
	# what the user did not write is ours, of another branch or of a
	# build that was killed
	my $ours = !$store->{theirs}{$a->{sha}};
	if ($local && $ours) {
		$a->{sha} = $r->{sha256};
		return "missing";
	}
	# a build that died between a medium and its record
	return "fresh" if $ours && $a->{paid} && $a->{sha} eq media_of($a) &&
	    ($r->{request} // "") ne $a->{digest};
	return "modified";
}

sub judge {
	my ($l, $a, $own, $store) = @_;
	my $r = $a->{rec};
	my $state = "never made";
	$a->{sha} = "";
	if ($r) {
		$state = judge_media($l, $a, $own, $store);
		my $same = ($r->{request} // "") eq $a->{digest};
		my $failed = $r->{status} eq "failed";
		if ($failed && $same) {
			$state = "failed";
		} elsif (!$same && $state !~ /^(modified|pointer)$/ ||
		    $failed && $state eq "missing") {
			$state = "stale";
		}
	}
	$a->{state} = $state;
	$a->{in_store} = $a->{paid} && !usable($a) &&
	    $store->{has}{$a->{digest}} ? 1 : 0;
	# a take beside the used one stays what it was when it was paid for
	if ($state eq "stale" && !$a->{used} && $a->{paid}) {
		my $there = $a->{media} && $a->{sha};
		my $whole = $there && ($r->{sha256} // $a->{sha}) eq $a->{sha};
		$a->{state} = $whole ? "fresh" : $a->{in_store} ? "stale" :
		    $there ? "modified" : $r->{sha256} ? "missing" : "stale";
	}
	return $a;
}

sub record {
	my ($path) = @_;
	my $text = slurp($path) // return undef;
	return eval { $json->decode($text) } // die "$path: $@";
}

sub asset {
	my ($l, $what, $s, $take, $inputs, $store) = @_;
	my $folder = $s ? "$l->{dir}/scenes/$s->{dir}" : $l->{dir};
	my $name = $take > 1 ? "$what.$take" : $what;
	my $part = $s ? $s->{doc}{$what} // {} : {};
	my $a = { what => $what, scene => $s, take => $take,
	    folder => $folder, inputs => $inputs,
	    provider => $inputs->{provider}, paid => paid($inputs->{provider}),
	    digest => digest($what, %$inputs),
	    rec => record("$folder/$name.json"),
	    used => defined $part->{file} || $take == ($part->{use} // 1) };
	$a->{path} = "$folder/$name.json";
	if (defined $part->{file} && !-e "$l->{dir}/$part->{file}") {
		@$a{qw(state sha in_store paid rec)} =
		    ("failed", "", 0, 0, undef);
		return $a;
	}
	return judge($l, $a, $part->{file}, $store);
}

sub takes {
	my ($part) = @_;
	return defined $part->{file} ? 1 : $part->{takes} // 1;
}

sub scene_assets {
	my ($l, $s, $store) = @_;
	my $silent = !defined(($s->{doc}{audio} // {})->{file}) &&
	    spoken($s) !~ /\S/;
	for my $t (1 .. takes($s->{doc}{audio} // {})) {
		my $a = asset($l, "audio", $s, $t,
		    { voice_inputs($l, $s, $t) }, $store);
		@$a{qw(state rec sha in_store silent)} =
		    ("fresh", undef, "", 0, 1) if $silent;
		push @{$l->{asset}}, $a;
	}
	for my $t (1 .. takes($s->{doc}{image} // {})) {
		push @{$l->{asset}}, asset($l, "image", $s, $t,
		    { picture_inputs($l, $s, $t) }, $store);
	}
}

sub used_of {
	my ($l, $what, $s) = @_;
	my ($a) = grep { $_->{what} eq $what && $_->{scene} &&
	    $_->{scene} == $s && $_->{used} } @{$l->{asset}};
	return $a;
}

sub look_of {
	my ($l, $s) = @_;
	my ($d, $i) = ($s->{doc}, $s->{doc}{image} // {});
	return join "|", (map { ref $_ ? "@$_" : $_ // "" } @$d{qw(motion
	    duration transitionSeconds)}, $i->{focus}), $d->{transition} //
	    $l->{project}{transition} // $l->{settings}{transition} // "fade";
}

sub choices {
	my ($l) = @_;
	my ($p, $set) = @$l{qw(project settings)};
	return map { $p->{$_} // $set->{$_} // "" } qw(platform size quality
	    captions captionStyle transitionSeconds tone language);
}

sub words_of { return $_[0]{rec} ? $json->encode($_[0]{rec}{words} // []) : "" }

# Everything that a film is made from, and that a scene's parts are.
sub film_key {
	my ($l) = @_;
	my @in = (choices($l), $l->{project}{title},
	    $l->{project}{description} // "");
	for my $s (@{$l->{scene}}) {
		my ($v, $i) = map { used_of($l, $_, $s) } qw(audio image);
		push @in, $v->{sha}, words_of($v), $i->{sha}, $s->{doc}{text},
		    $s->{doc}{heading} // "-", look_of($l, $s);
	}
	return sha256_hex(join "\0", @in);
}

sub said { my ($s) = @_; return defined $s->{doc}{motion} }

sub part_key {
	my ($l, $n) = @_;
	my $s = $l->{scene}[$n];
	my $before = $n ? $l->{scene}[$n - 1] : undef;
	my ($v, $i) = map { used_of($l, $_, $s) } qw(audio image);
	my $burned = ($l->{project}{captions} // "") =~ /^(burned|both)$/;
	my $seconds = ($v->{rec} // {})->{durationSec} // 0;
	my @in = (choices($l), $seconds, $v->{media} &&
	    ($v->{state} eq "modified" || !$seconds) ? $v->{sha} : "",
	    $i->{sha}, look_of($l, $s),
	    said($s) && !$burned ? "" : $s->{doc}{text},
	    $burned ? words_of($v) : "", $n + 1 == @{$l->{scene}},
	    $n == 0 && $i->{state} eq "modified");
	if ($before) {
		my ($bv, $bi) = map { used_of($l, $_, $before) }
		    qw(audio image);
		push @in, $bi->{sha}, look_of($l, $before),
		    said($before) ? "" : $before->{doc}{text},
		    ($bv->{rec} // {})->{durationSec} // 0,
		    $n == 1 && $bi->{state} eq "modified";
	} else {
		push @in, "first";
	}
	return sha256_hex(join "\0", @in);
}

sub scenes {
	my ($l) = @_;
	my %id;
	for my $dir (sort map { -d ? s|.*/||r : () } glob "$l->{dir}/scenes/*") {
		my $folder = "$l->{dir}/scenes/$dir";
		my $text = slurp("$folder/scene.yaml");
		if (!defined $text) {
			opendir my $h, $folder or next;
			$l->{error} = "$dir: lost its text" if
			    grep { !/^\./ && !/\.local\./ } readdir $h;
			next;
		}
		my $s = { dir => $dir, doc => yaml($text) };
		if (my $id = $s->{doc}{id}) {
			$l->{error} = "$dir: same id" if $id{$id}++;
		}
		push @{$l->{scene}}, $s;
		$s->{index} = @{$l->{scene}};
	}
}

sub split_state {
	my ($l) = @_;
	my $r = record("$l->{dir}/scenes/split.json");
	my $script = slurp("$l->{dir}/script.md");
	my $d = digest("split", platform => $l->{project}{platform},
	    language => $l->{project}{language}, script => $script // "");
	my $state = !defined $script ? "fresh" : !$r ? "never made" :
	    ($r->{request} // "") ne $d ? "stale" : "fresh";
	$state = "stale" if $state eq "fresh" &&
	    grep { !defined $_->{doc}{id} } @{$l->{scene}};
	return { what => "split", take => 1, state => $state, used => 1,
	    paid => 0, in_store => 0, provider => "local", digest => $d };
}

# known: what builds showed before: {film}{KEY} is a film's digest, {part}{KEY}
# that of a part.
sub film {
	my ($l, $known) = @_;
	my $name = $l->{project}{platform};
	my $r = record("$l->{dir}/video/$name.json");
	my $key = film_key($l);
	my $mp4 = "$l->{dir}/video/$name.mp4";
	my @beside = $r ? (@{$r->{captions} // []}, $r->{thumbnail} // ()) :
	    ();
	my $state = !$r ? "never made" :
	    ($known->{film}{$key} // "") ne ($r->{request} // "") ? "stale" :
	    !-e $mp4 || grep({ !-e "$l->{dir}/video/$_" } @beside) ?
	    "missing" : sha_of($mp4) ne $r->{sha256} ? "stale" : "fresh";
	my $f = { name => $name, rec => $r, state => $state, key => $key };
	my @used = map { my $s = $_; map { used_of($l, $_, $s) }
	    qw(audio image) } @{$l->{scene}};
	my $waits = grep { needs($_) } @used;
	($f->{obstacle}) = grep { !usable($_) && !needs($_) } @used;
	$f->{needed} = @{$l->{scene}} &&
	    ($waits || $f->{obstacle} || $state ne "fresh") ? 1 : 0;
	return $f if !$f->{needed} || $f->{obstacle};
	for my $n (0 .. $#{$l->{scene}}) {
		my $stamp = record("$l->{dir}/build/parts/$name/" .
		    "$l->{scene}[$n]{dir}.json");
		my $fresh = $stamp && $stamp->{request} eq
		    ($known->{part}{part_key($l, $n)} // "");
		push @{$f->{parts}}, $n + 1 if !$fresh || grep { needs($_) }
		    map { my $s = $l->{scene}[$_]; map { used_of($l, $_, $s) }
		    qw(audio image) } ($n ? $n - 1 : $n) .. $n;
	}
	return $f;
}

# store: {has}{DIGEST} what replies are kept, {theirs}{SHA} media that the user
# wrote.
sub look {
	my ($dir, $store, $known) = @_;
	my $l = { dir => $dir, scene => [], asset => [] };
	$l->{project} = yaml(slurp("$dir/project.yaml") // "");
	$l->{settings} = yaml(slurp("$dir/settings.yaml") // "");
	$l->{lexicon} = yaml(slurp("$dir/lexicon.yaml") // "");
	scenes($l);
	return $l if $l->{error};
	push @{$l->{asset}}, { what => "script", take => 1, state => "fresh",
	    used => 1, paid => 0, in_store => 0 }, split_state($l),
	    asset($l, "cover", undef, 1, { picture_inputs($l, undef, 1) },
	    $store);
	scene_assets($l, $_, $store) for @{$l->{scene}};
	$l->{phase1} = needs($l->{asset}[1]) ? 1 : 0;
	$l->{film} = film($l, $known) if !$l->{phase1};
	return $l;
}

1;
