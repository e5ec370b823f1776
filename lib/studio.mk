# AI Studio's rules, included by a project's Makefile. GNU make is the
# executor, not the judge: "studio refresh" compares every asset's digest and
# names what has to be made; only that is in the graph, and each program checks
# its own digest once more. Times of files decide nothing.
#
#	make            the film            make -n        what would run
#	make -j8 -k     in parallel         make plan      what, and why
#	make preview    at once, small, with stand-ins
#	make LAUNCH='srun -n1'              parts of the film on a cluster
#	make MAX_COST=5                     let this run spend more
#
# No user text gets into a recipe: refresh gives names of [0-9A-Za-z_-], or ids.

STUDIO ?= studio
LAUNCH ?=

.SUFFIXES:
.DEFAULT_GOAL := all
# An interrupted make must not delete what was just put in place whole.
.PRECIOUS: scenes/%/audio.json scenes/%/image.json video/%.json

_steps := all script scenes audio images cover parts sound video storyboard
_asked := $(or $(MAKECMDGOALS),all)

ifneq ($(filter $(_steps) scenes/% video/% build/% cover.json,$(_asked)),)
_todo := $(shell $(addprefix MAX_COST=,$(firstword $(MAX_COST))) \
	$(STUDIO) refresh --make $(filter $(_steps),$(_asked)) \
	$(if $(filter-out $(_steps),$(_asked)),all) \
	$(if $(filter scenes/% build/parts/%,$(_asked)),--each))
ifneq ($(.SHELLSTATUS),0)
$(error stopped before anything $(if $(STUDIO_PHASE),of the scenes )was made)
endif
endif

# One make is one run: what it may spend, and what stops it, is counted by it.
ifndef STUDIO_RUN
STUDIO_RUN := $(patsubst run:%,%,$(filter run:%,$(_todo)))
endif
ifneq ($(STUDIO_RUN),)
export STUDIO_RUN
endif
ifdef MAX_COST
export MAX_COST
endif

_pick = $(patsubst $1:%,%,$(filter $1:%,$(_todo)))

ifneq ($(filter phase:1,$(_todo)),)
# The scenes come from the script, so they are known only after this.
ifndef STUDIO_PHASE
_settle:
	$(STUDIO) gen-script -q
	$(STUDIO) split-scenes -q
script:
	$(STUDIO) gen-script -q
scenes: _settle
# By the same rules: "studio make" reads none of the project's.
_rules := $(firstword $(MAKEFILE_LIST))
$(filter-out script scenes,$(_steps)): _settle
	+@$(MAKE) -f $(_rules) --no-print-directory STUDIO_PHASE=2 $@
else ifneq ($(findstring n,$(firstword -$(MAKEFLAGS))),)
$(info # then the voices, pictures and parts of the scenes that come of it)
$(_steps):
else
$(error the script and its scenes are not settled; see above)
endif
else

# What is made here is a job each, or one a run of scenes ("3-52") where they
# are many; what servers make is one job for all: it has as many calls under
# way as each server takes, whatever -j is. Where a goal names a file, each
# scene has a job.
_audio := $(patsubst %,scenes/%/audio.json,$(call _pick,audio) \
	$(call _pick,audio-call))
_image := $(patsubst %,scenes/%/image.json,$(call _pick,image) \
	$(call _pick,image-call))
_audio_run := $(patsubst %,_audio_%,$(call _pick,audio-run))
_image_run := $(patsubst %,_image_%,$(call _pick,image-run))
_audio_calls := $(patsubst %-calls,_%_calls,$(filter audio-calls,$(_todo)))
_image_calls := $(patsubst %-calls,_%_calls,$(filter image-calls,$(_todo)))
_cover := $(filter cover.json,$(_todo))
_part := $(patsubst %,build/parts/%.json,$(call _pick,part))
_part_run := $(patsubst %,_part/%,$(call _pick,part-run))
_sound := $(patsubst %,build/sound/%.json,$(call _pick,sound))
_film := $(patsubst %,video/%.json,$(call _pick,film))
_audio_film := $(patsubst %,video/%.json,$(call _pick,audio-film))

# Takes that no film uses are wanted too.
all: video cover _voices _pictures
script scenes:
audio: $(_audio) $(_audio_run) $(_audio_calls)
images: $(_image) $(_image_run) $(_image_calls) $(_cover)
cover: $(_cover)
parts: $(_part) $(_part_run)
sound: $(_sound)
video: $(_film) $(_audio_film)
# Names for many: a list of thousands behind each of thousands is too long.
_voices: $(_audio) $(_audio_run) $(_audio_calls)
_pictures: $(_image) $(_image_run) $(_image_calls)
_parts: $(_part) $(_part_run)

# With one pattern each: the stem is the scene's folder, the run, or the film's
# name.
$(_audio): scenes/%/audio.json: FORCE
	$(STUDIO) tts -q $*
$(_image): scenes/%/image.json: FORCE
	$(STUDIO) image -q $*
$(_audio_run): _audio_%:
	$(STUDIO) tts -q $*
$(_image_run): _image_%:
	$(STUDIO) image -q $*
_audio_calls:
	$(STUDIO) tts -q --network
_image_calls:
	$(STUDIO) image -q --network
$(_cover): FORCE
	$(STUDIO) image -q --cover
$(_part): build/parts/%.json: _voices _pictures FORCE
	$(LAUNCH) $(STUDIO) render-clip $(subst /, ,$*)
$(_part_run): _part/%: _voices _pictures
	$(LAUNCH) $(STUDIO) render-clip $(subst /, ,$*)
$(_sound): build/sound/%.json: _voices FORCE
	$(LAUNCH) $(STUDIO) render-clip --sound $*
$(_film): video/%.json: _voices _pictures _parts $(_sound) FORCE
	$(STUDIO) render-video -q $*
$(_audio_film): video/%.json: _voices $(_sound) FORCE
	$(STUDIO) render-video -q $*
$(patsubst %,video/%.json,$(call _pick,with-cover)): $(_cover)

storyboard: _voices _pictures $(_film) $(_audio_film)
	$(STUDIO) storyboard
endif

# The film at once, from what is there and stand-ins; asks and spends nothing.
preview:
	@$(STUDIO) render-video --preview
plan:
	@$(STUDIO) plan
status:
	@$(STUDIO) status
help:
	@$(STUDIO) help make
clean:
	rm -rf $(filter-out build/removed,$(wildcard build/*))
FORCE:

.PHONY: $(_steps) _settle _voices _pictures _parts $(_audio_run) $(_image_run) \
	_audio_calls _image_calls $(_part_run) preview plan status help clean \
	FORCE
