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
# No user text gets into a recipe: names are [0-9a-z-] only.

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
	$(if $(filter-out $(_steps),$(_asked)),all))
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
	$(STUDIO) gen-script
	$(STUDIO) split-scenes
script:
	$(STUDIO) gen-script
scenes: _settle
$(filter-out script scenes,$(_steps)): _settle
	+@$(MAKE) --no-print-directory STUDIO_PHASE=2 $@
else ifneq ($(findstring n,$(firstword -$(MAKEFLAGS))),)
$(info # then the voices, pictures and parts of the scenes that come of it)
$(_steps):
else
$(error the script and its scenes are not settled; see above)
endif
else

# What is made here is a job each. What servers make is one job for all: it has
# as many calls under way as each server takes, whatever -j is.
_audio_call := $(patsubst %,scenes/%/audio.json,$(call _pick,audio-call))
_image_call := $(patsubst %,scenes/%/image.json,$(call _pick,image-call))
ifneq ($(filter scenes/%,$(_asked)),)
_audio_one := $(_audio_call)
_image_one := $(_image_call)
else
_audio_all := $(_audio_call)
_image_all := $(_image_call)
endif
_audio_one += $(patsubst %,scenes/%/audio.json,$(call _pick,audio))
_image_one += $(patsubst %,scenes/%/image.json,$(call _pick,image))
_audio := $(_audio_one) $(_audio_all)
_image := $(_image_one) $(_image_all)
_cover := $(filter cover.json,$(_todo))
_part := $(patsubst %,build/parts/%.json,$(call _pick,part))
_sound := $(patsubst %,build/sound/%.json,$(call _pick,sound))
_film := $(patsubst %,video/%.json,$(call _pick,film))
_audio_film := $(patsubst %,video/%.json,$(call _pick,audio-film))

all: video cover
script scenes:
audio: $(_audio)
images: $(_image) $(_cover)
cover: $(_cover)
parts: $(_part)
sound: $(_sound)
video: $(_film) $(_audio_film)

# With one pattern each: the stem is the scene's folder, or the film's name.
$(_audio_one): scenes/%/audio.json: FORCE
	$(STUDIO) tts $*
$(_image_one): scenes/%/image.json: FORCE
	$(STUDIO) image $*
$(_audio_all): _audio_calls ;
_audio_calls:
	$(STUDIO) tts --network
$(_image_all): _image_calls ;
_image_calls:
	$(STUDIO) image --network
$(_cover): FORCE
	$(STUDIO) image --cover
$(_part): build/parts/%.json: $(_audio) $(_image) FORCE
	$(LAUNCH) $(STUDIO) render-clip $(subst /, ,$*)
$(_sound): build/sound/%.json: $(_audio) FORCE
	$(LAUNCH) $(STUDIO) render-clip --sound $*
$(_film): video/%.json: $(_audio) $(_image) $(_part) $(_sound) FORCE
	$(STUDIO) render-video $*
$(_audio_film): video/%.json: $(_audio) $(_sound) FORCE
	$(STUDIO) render-video $*
$(patsubst %,video/%.json,$(call _pick,with-cover)): $(_cover)

storyboard: $(_audio) $(_image) $(_film) $(_audio_film)
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
	rm -rf build
FORCE:

.PHONY: $(_steps) _settle _audio_calls _image_calls preview plan status help clean FORCE
