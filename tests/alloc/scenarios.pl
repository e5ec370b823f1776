# scenarios.pl: what fail-allocations runs more than inject-faults: the programs
# as filters, and what asks a server by libcurl. The same form as
# tests/faults/scenarios.pl, whose bases these stand on.
use strict;
use warnings;

my %bases = (
	asksource => ["source", 'studio config scriptModel openai:chat'],
	asksplit => ["split", 'studio config ttsProvider openai:tts && ' .
	    'studio config imageModel openai:pic'],
);

# NAME, PROGRAM, BASE, COMMAND, MORE
my @rows = (
	["gen-script-filter", "gen-script", "source",
	    "gen-script <source.md >out.md", pipe => 1],
	["gen-script-asks", "gen-script", "source",
	    "gen-script --provider openai:chat <source.md >out.md",
	    pipe => 1],
	["gen-script-asks-film", "gen-script", "asksource",
	    "gen-script -C .", changes => 1],
	["split-scenes-filter", "split-scenes", "script",
	    "split-scenes <script.md >out.json", pipe => 1],
	["tts-filter", "tts", "source", "tts <source.md >out.wav",
	    pipe => 1],
	["tts-espeak", "tts", "source",
	    "tts --provider espeak <source.md >out.wav", pipe => 1],
	["tts-asks", "tts", "source",
	    "tts --provider openai:tts <source.md >out.wav", pipe => 1],
	["tts-asks-film", "tts", "asksplit", "tts -C . 1", changes => 1],
	["tts-fresh", "tts", "voiced", "tts -C ."],
	["image-filter", "image", "source",
	    "image --size 64x36 <source.md >out.png", pipe => 1],
	["image-asks", "image", "source",
	    "image --provider openai:pic --size 64x36 <source.md >out.png",
	    pipe => 1],
	["image-asks-film", "image", "asksplit", "image -C . 1",
	    changes => 1],
	["render-video-fresh", "render-video", "filmed",
	    "render-video -C ."],
	["storyboard-split", "storyboard", "split", "storyboard -C .",
	    changes => 1],
	["providers-asks", "providers", "source", "providers openai",
	    says => qr/^openai .* no answer at /],
	["plan-asks", "plan", "asksplit", "studio plan"],
	["status-filmed", "status", "filmed", "studio status"],
	["check-data", "check", "filmed", "studio check --read-data"],
	["refresh-make", "refresh", "filmed", "studio refresh --make"],
);

# What the server says; files beside it are the media of scripts/Faults.pm.
my $rules = <<'EOR';
on POST */audio/speech
  header Content-Type: audio/wav
  file voice.wav
on POST */images/generations
  header Content-Type: application/json
  text {"data":[{"b64_json":"
  base64 picture.png
  text "}]}
on POST */chat/completions
  header Content-Type: application/json
  text {"model":"chat","choices":[{"finish_reason":"stop","message":
  text {"content":"# Two\\n\\nThe sea is salt.\\n\\nRain is not."}}],
  text "usage":{"prompt_tokens":9,"completion_tokens":9}}
on GET */models
  json {"data":[{"id":"chat"},{"id":"tts"},{"id":"pic"}]}
EOR

return { bases => \%bases, rules => $rules, scenarios => [map {
	my ($name, $of, $base, $run, %more) = @$_;
	{ name => $name, of => [$of], base => $base, run => "exec $run",
	    %more };
} @rows] };
