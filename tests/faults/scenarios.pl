# scenarios.pl: what inject-faults runs. A base is a world (a folder "film" and
# a user's folders) that commands make of another one; each command runs in the
# film's folder, or beside it where there is none yet. A scenario:
#
#	name    begins with the program's
#	of      the programs and commands of studio that it is for
#	base    the world it starts in
#	run     the command, by sh, in the film's folder
#	heal    how what was interrupted is finished; else as run
#	once    running it again does more, so only where it is not done
#	changes it is nothing without a change of the project
#	beside  it runs beside the film's folder
#	exit    its status, else 0
#	loose   what need not be as without the fault, once it is healed
#	part    of its faults, how many are taken into a sample; else 1
#	random  files that hold an id that is new each time, a pattern
#	says    what it may print instead with exit 0, a pattern
#	pipe    it is in no project, so that there is no ledger
use strict;
use warnings;

my $paid = 'studio config ttsProvider exec:paid-voice 2>/dev/null && ' .
    'studio config imageModel exec:paid-picture';
my %bases = (
	empty => [undef, ":"],
	new => ["empty", 'studio new film --title Film && cd film && ' .
	    'rm brief.md && printf "size: 64x64\nquality: draft\n" ' .
	    '>>project.yaml'],
	source => ["new", 'printf "The sea is salt. Rain is not.\n" ' .
	    '>source.md'],
	paidsource => ["source", 'studio config scriptModel exec:paid-script'],
	script => ["new", 'cp "$FAULT_MEDIA/script.md" . && mkdir media && ' .
	    "cp \"\$FAULT_MEDIA\"/own.* media/ && $paid"],
	split => ["script", 'studio split-scenes'],
	edited => ["split", 'printf "# Two\n\n## Zero\n\nAir is thin.\n\n' .
	    '## One\n\nThe sea is green.\n" >script.md'],
	free => ["split", 'studio config ttsProvider flite && ' .
	    'studio config imageModel card'],
	voiced => ["split", 'studio tts'],
	pictures => ["voiced", 'studio image'],
	drawn => ["pictures", 'studio image --cover'],
	changed => ["drawn", 'git add -A && git commit -qm one && ' .
	    'sed -i "s/^text: .*/text: Something else./" ' .
	    'scenes/000100-*/scene.yaml && studio tts 1 && ' .
	    'studio image 1'],
	littered => ["drawn", 'rm scenes/*/audio.wav cover.png && ' .
	    'touch .project.yaml.4000000.0.tmp'],
	dropped => ["filmed", 'sed -i "s/quality: draft/quality: standard/" ' .
	    'project.yaml && studio make -s && ' .
	    'touch .project.yaml.4000000.0.tmp'],
	lost => ["drawn", 'studio store export copy.tar && ' .
	    'rm -r "$XDG_DATA_HOME/studio/store"'],
	own => ["drawn", 'cp media/own.wav scenes/000100-*/audio.wav'],
	parts => ["drawn", 'studio make -s parts sound'],
	filmed => ["parts", 'studio make -s'],
	talk => ["drawn",
	    'printf "videos:\n  - {name: talk, format: audio}\n" ' .
	    '>>project.yaml && studio make -s sound'],
);

# NAME, PROGRAMS (a word or a list), BASE, COMMAND, MORE
my @rows = (
	["gen-script", "gen-script", "paidsource", "gen-script -C .",
	    changes => 1],
	["gen-script-extract", "gen-script", "source", "gen-script -C .",
	    changes => 1],
	["gen-script-again", "gen-script", "paidsource",
	    "gen-script -C . --again", changes => 1,
	    heal => "gen-script -C .", once => 1, loose => qr{^film/script}],
	["gen-script-pipe", "gen-script", "source",
	    "gen-script --provider exec:paid-script <source.md >out.md",
	    pipe => 1],
	["split-scenes", "split-scenes", "script", "split-scenes -C .",
	    changes => 1],
	["split-scenes-edited", "split-scenes", "edited", "split-scenes -C .",
	    changes => 1],
	["split-scenes-write", "split-scenes", "split",
	    "split-scenes -C . --write-script"],
	["tts", "tts", "split", "tts -C .", changes => 1],
	["tts-flite", "tts", "free", "tts -C .", changes => 1],
	["tts-voice", "tts", "voiced", "tts -C . --voice other 1",
	    changes => 1],
	["tts-again", "tts", "voiced", "tts -C . --again 1", changes => 1,
	    heal => "tts -C .", once => 1],
	["tts-file", "tts", "voiced", "tts -C . --file media/own.wav 1",
	    changes => 1],
	["tts-pipe", "tts", "source", "tts --provider exec:paid-voice " .
	    "--words words.json <source.md >out.wav", pipe => 1],
	["image", "image", "split", "image -C .", changes => 1],
	["image-card", "image", "free", "image -C . 1", changes => 1],
	["image-cover", "image", "pictures", "image -C . --cover",
	    changes => 1],
	["image-file", "image", "drawn", "image -C . --file media/own.png 1",
	    changes => 1],
	["image-pipe", "image", "source", "image --provider " .
	    "exec:paid-picture <source.md >out.png", pipe => 1],
	["render-clip", "render-clip", "drawn", "render-clip -C . youtube 1",
	    changes => 1],
	["render-clip-sound", "render-clip", "drawn",
	    "render-clip -C . --sound youtube", changes => 1],
	["render-video", "render-video", "parts", "render-video -C .",
	    changes => 1],
	["render-video-sound", "render-video", "talk",
	    "render-video -C .", changes => 1],
	["render-video-to", "render-video", "parts",
	    "render-video -C . -o out.mp4", changes => 1],
	["render-video-preview", "render-video", "voiced",
	    "render-video -C . --preview", changes => 1, part => 0.3],
	["storyboard", "storyboard", "drawn", "storyboard -C .",
	    changes => 1],
	["providers", "providers", "drawn", "providers -C . --offline"],
	["new", ["studio", "studio new"], "empty",
	    "studio new film --title Film", changes => 1, once => 1, beside => 1,
	    random => qr{^film/project\.yaml$}],
	["add", "studio add", "split", "studio add Snow is white.",
	    changes => 1, once => 1],
	["make", "studio make", "split", "studio make -s", changes => 1,
	    part => 0.1],
	["plan", "studio plan", "drawn", "studio plan"],
	["status", "studio status", "drawn", "studio status"],
	["cost", "studio cost", "drawn", "studio cost"],
	["show", "studio show", "drawn", "studio show --json"],
	["check", "studio check", "drawn", "studio check"],
	["adopt", "studio adopt", "own", "studio adopt 1", changes => 1],
	["log", "studio log", "changed", "studio log 1"],
	["diff", "studio diff", "changed", "studio diff"],
	["restore", "studio restore", "changed", "studio restore 1",
	    changes => 1, once => 1],
	["store", "studio store", "drawn", "studio store"],
	["store-export", "studio store", "drawn",
	    "studio store export copy.tar", changes => 1,
	    heal => 'rm -f copy.tar && studio store export copy.tar'],
	["store-import", "studio store", "lost",
	    "studio store import copy.tar", changes => 1],
	["doctor", "studio doctor", "drawn", "studio doctor"],
	["doctor-fix", "studio doctor", "littered", "studio doctor --fix",
	    changes => 1],
	["gc", "studio gc", "drawn", "studio gc"],
	["gc-force", "studio gc", "dropped", "studio gc --force",
	    changes => 1],
	["trust", "studio trust", "new", "studio trust --add cat",
	    changes => 1],
	["config", "studio config", "new",
	    "studio config defaultImageStyle ink", changes => 1],
	["config-user", "studio config", "new",
	    "studio config --user maxCost 2", changes => 1],
	["refresh", "studio refresh", "drawn", "studio refresh"],
);

my @scenarios;
for (@rows) {
	my ($name, $of, $base, $run, %more) = @$_;
	push @scenarios, { name => $name, of => ref $of ? $of : [$of],
	    base => $base, run => "exec $run", %more };
}
return { bases => \%bases, scenarios => \@scenarios };
