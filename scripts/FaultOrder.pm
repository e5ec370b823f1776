# FaultOrder.pm: what a failing power supply may not undo, as the order of the
# calls that inject noted. Until a file is synced and then its folder, both may
# be as they were, whatever was written after them.
package FaultOrder;
use strict;
use warnings;
use Exporter qw(import);
use File::Basename qw(dirname);
use Faults qw(slurp);

our @EXPORT = qw(order_faults);

# Files that are written where they lie: lists that only grow and caches, of
# which nothing is lost with the last lines; and locks.
my $in_place = qr{/(?:stat-cache|lock|made/[0-9a-f-]+|turn|slot\.\d+)$};

sub order_faults {
	my ($w, $calls, $pipe) = @_;
	my (%dirty, %loose, %put, @bad, $intent, $i);
	my $mine = qr{^\Q$w\E/(?:film|data|config)(?:/|$)};
	my $short = sub { $_[0] =~ s{^\Q$w\E/}{}r };
	$i = 0;
	for my $c (@$calls) {
		my ($call, $path, $to) = @$c{qw(call path to)};
		$i++;
		if (!$c->{own}) { # a call that is paid for
			next if $pipe || $path !~ m{/calls$};
			push @bad, "a call is made before its intent is safe"
			    if !defined $intent || $loose{$intent};
			$intent = undef;
			next;
		}
		next if $path !~ $mine && $to !~ $mine && $call ne "fsync";
		if ($call =~ /^(?:write|pwrite|writev|ftruncate|fallocate|copy_file_range|sendfile)/) {
			$dirty{$path} = $i;
			push @bad, $short->($path) . " is written in its place"
			    if !Faults::is_temp($path) && $path !~ $in_place &&
			    $path !~ m{/build/} && !$pipe;
		} elsif ($call eq "fsync" || $call eq "fdatasync") {
			delete $dirty{$path};
			for (keys %loose) {
				delete $loose{$_} if $loose{$_} eq $path;
			}
		} elsif ($call eq "rename") {
			push @bad, $short->($to) .
			    " is put in place before it is synced"
			    if $dirty{$path} && $to !~ m{/build/tree-index$};
			$loose{$to} = dirname($to);
			$put{$to} //= $i;
			$intent = $to if $to =~ m{/intents/};
			record_faults($w, $c, \%put, \%loose, \@bad, $short);
		} elsif ($call eq "mkdir") {
			$loose{$path} //= dirname($path);
		} elsif ($call eq "unlink" || $call eq "rmdir") {
			delete $loose{$path};
		}
	}
	for (sort keys %loose) {
		push @bad, $short->($_) . ": its folder is not synced after it"
		    if !m{/build(?:/|$)} && !m{/studio/store/rejected/};
	}
	return @bad;
}

# A record comes after its media, and what was paid for is in the journal
# before it is anywhere else.
sub record_faults {
	my ($w, $c, $put, $loose, $bad, $short) = @_;
	my $to = $c->{to};
	return if $to !~ m{/film/} || $to !~ /\.json$/;
	my $text = slurp($to) // return;
	my ($url) = $text =~ /"url": "([^"]*)"/;
	my ($request) = $text =~ /"request": "([0-9a-f]{64})"/;
	if (defined $url && $url !~ /^https:/) {
		my $media = dirname($to) . "/$url";
		push @$bad, $short->($to) . " is written before its media"
		    if !-e $media || $loose->{$media};
	}
	return if !defined $request || $text !~ /"provider": "exec:/;
	my @journal = grep { m{/(?:journal|objects/..)/$request$} } keys %$put;
	my @there = grep { -e $_ } map {
	    "$w/data/studio/store/$_/$request" }
	    "journal", "objects/" . substr($request, 0, 2);
	push @$bad, $short->($to) . " is written before the reply is safe"
	    if !@journal && !@there || grep { $loose->{$_} } @journal;
}

1;
