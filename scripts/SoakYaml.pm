# SoakYaml.pm: the YAML of a project's small files, read and written for soak:
# maps, lists on one line, texts in quotes or without, literal blocks.
package SoakYaml;
use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(yaml quoted scene_text);

my %escape = (n => "\n", t => "\t", '"' => '"', "\\" => "\\", "/" => "/");

sub scalar_of {
	my ($s) = @_;
	if ($s =~ /^"((?:[^"\\]|\\.)*)"/) {
		return $1 =~ s/\\(.)/$escape{$1} \/\/ die "escape \\$1"/ger;
	}
	return $1 =~ s/''/'/gr if $s =~ /^'((?:[^']|'')*)'/;
	$s =~ s/\s+#.*//;
	return [map { scalar_of($_) } split /\s*,\s*/, $1]
	    if $s =~ /^\[(.*)\]$/;
	return { map { /^(.*?):\s*(.*)$/ ? ($1 => scalar_of($2)) : () }
	    split /\s*,\s*/, $1 } if $s =~ /^\{(.*)\}$/;
	return $s;
}

# The map whose lines begin at *i with this indentation.
sub map_of {
	my ($line, $i, $indent) = @_;
	my %map;
	while ($$i < @$line) {
		my $l = $line->[$$i];
		if ($l =~ /^\s*(#.*)?$/) {
			$$i++;
			next;
		}
		$l =~ /^( *)([^\s:"'-][^:]*|"[^"]*"):(?: +(.*?))?\s*$/ or
		    die "YAML: $l";
		last if length $1 < $indent;
		my ($key, $value) = (scalar_of($2), $3 // "");
		$$i++;
		if ($value =~ /^\|(-?)/) {
			my ($chomp, $text) = ($1, "");
			my $deep = $line->[$$i] =~ /^( +)/ ? length $1 : 0;
			while ($$i < @$line && ($line->[$$i] eq "" ||
			    $line->[$$i] =~ /^ {$deep}/)) {
				my $l = $line->[$$i++];
				$text .= ($l eq "" ? "" : substr $l, $deep) .
				    "\n";
			}
			$text =~ s/\n+$/$chomp ? "" : "\n"/e;
			$map{$key} = $text;
		} elsif ($value eq "" || $value =~ /^#/) {
			my $deep = $$i < @$line &&
			    $line->[$$i] =~ /^( +)/ ? length $1 : 0;
			$map{$key} = $deep > $indent ?
			    map_of($line, $i, $deep) : undef;
		} else {
			$map{$key} = scalar_of($value);
		}
	}
	return \%map;
}

sub yaml {
	my $i = 0;
	return map_of([split /\n/, $_[0]], \$i, 0);
}

sub quoted { return '"' . $_[0] =~ s/(["\\])/\\$1/gr . '"' }

my @order = qw(id heading text say notes speaker audio image motion easing
    transition transitionSeconds duration sound createdAt updatedAt);

sub value_of {
	my ($v) = @_;
	return "[" . join(", ", @$v) . "]" if ref $v eq "ARRAY";
	return $v =~ /^-?\d+(\.\d+)?$/ ? $v : quoted($v);
}

# scene.yaml of a map; a comment where one is given.
sub scene_text {
	my ($doc, $comment) = @_;
	my $out = defined $comment ? "# $comment\n" : "";
	my %known = map { $_ => 1 } @order;
	for my $key (@order, sort grep { !$known{$_} } keys %$doc) {
		my $v = $doc->{$key} // next;
		if (ref $v eq "HASH") {
			next if !%$v;
			$out .= "$key:\n" . join "", map { defined $v->{$_} ?
			    "  $_: " . value_of($v->{$_}) . "\n" : "" }
			    sort keys %$v;
		} else {
			$out .= "$key: " . value_of($v) . "\n";
		}
	}
	return $out;
}

1;
