# SoakCalls.pm: what soak expects of calls: which digest a request has, how it
# shows where it is received, what comes of it, and what the store has then.
package SoakCalls;
use strict;
use warnings;
use Digest::SHA qw(sha256_hex);
use Exporter qw(import);
use SoakMedia qw(command_key sound_of picture_of @hues);

our @EXPORT_OK = qw(slurp sha_of paid digest call_key media_of is_kept
    expect_of);

sub slurp {
	open my $f, "<:raw", $_[0] or return undef;
	local $/;
	return <$f> // "";
}

sub sha_of { my $b = slurp($_[0]); return defined $b ? sha256_hex($b) : "" }
sub paid { return $_[0] !~ /^(extract|flite|espeak|card|local|file)\b/ }

# SHA-256 over each key and value in the order of keys, each behind its length.
sub digest {
	my ($kind, %in) = @_;
	my $all = "";
	@in{".kind", ".version"} = ($kind, 1);
	for my $key (sort keys %in) {
		$all .= length($_) . "\n$_" for $key, "$in{$key}";
	}
	return sha256_hex($all);
}

# The SHA-256 of what a server or a command gives for it.
sub media_of {
	my ($a) = @_;
	my $voice = $a->{what} eq "audio";
	my $key = call_key($a);
	my $in = $a->{inputs};
	my ($hue) = grep { my $h = $_; grep { index($in->{$_}, $h) >= 0 }
	    grep { /^(text|prompt|character)/ } keys %$in } @hues;
	$key = $hue // "plain" if $a->{provider} !~ /^exec:/;
	return sha256_hex($voice ? sound_of($key) : picture_of($key));
}

# How a call shows where it is received: the digest at a server, a key at a
# command.
sub call_key {
	my ($a) = @_;
	return $a->{digest} if $a->{provider} !~ /^exec:/;
	my $in = $a->{inputs};
	my %var = map { (uc($_) => $in->{$_} // "") } qw(language voice speed
	    style tone look take);
	$var{CHARACTERS} = join "\n", map { s/^character\.//r . ": " .
	    $in->{$_} } sort grep { /^character\./ } keys %$in;
	$var{"OPTION_" . uc s/^option\.//r} = $in->{$_}
	    for grep { /^option\./ } keys %$in;
	my $text = $in->{text};
	for my $name (map { /^lexicon\.(.*)/ ? $1 : () } keys %$in) {
		my $as = $in->{"lexicon.$name"};
		$text =~
		    s/(?<![\w\x80-\xff])\Q$name\E(?![\w\x80-\xff])/$as/gi;
	}
	return command_key("speech", $text, \%var)
	    if $a->{what} eq "audio";
	@var{qw(WIDTH HEIGHT)} = map { int(($_ * 5 + 3) / 4) }
	    @$in{qw(width height)};
	return command_key("image", $in->{prompt}, \%var);
}

# Will its provider refuse it?
sub refused {
	my ($a) = @_;
	return $a->{paid} && ($a->{inputs}{text} // $a->{inputs}{prompt}) =~
	    /forbidden/;
}

# Paid media that is there as its record says goes into the store before it is
# replaced, unless it was adopted: then it is no reply to the request.
sub is_kept {
	my ($a) = @_;
	my $r = $a->{rec};
	return $r && !$r->{adopted} && paid($r->{provider} // "file") &&
	    $r->{sha256} &&
	    $r->{status} eq "ready" &&
	    sha_of("$a->{folder}/" . ($r->{url} // "none")) eq $r->{sha256};
}

# What making those assets for which pick is true does: {make} the assets,
# {calls} by digest the asset that is asked for, {refused} assets, {keep}
# digests that a replaced medium puts into the store, {stored} answered by it.
sub expect_of {
	my ($l, $store, $pick) = @_;
	my $e = { make => [], calls => {}, refused => [], keep => {},
	    stored => 0 };
	for my $a (grep { $_->{what} =~ /audio|image|cover/ && $pick->($_) }
	    @{$l->{asset}}) {
		push @{$e->{make}}, $a;
		$e->{stored}++ if $a->{paid} && $a->{in_store};
		$e->{calls}{$a->{digest}} //= $a if $a->{paid} &&
		    !$store->{has}{$a->{digest}};
		push @{$e->{refused}}, $a if refused($a) &&
		    !$store->{has}{$a->{digest}};
		my $r = $a->{rec};
		$e->{keep}{$r->{request}} = 1 if is_kept($a);
	}
	return $e;
}

1;
