# AI Studio. "make help" lists what can be made.

PREFIX ?= /usr/local
DESTDIR ?=
ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS ?= -O2 -g
Q := $(if $(V),,@)
PKG_CONFIG ?= pkg-config

# Other compilers, SANITIZE=address,undefined and DEVELOPER=1 build beside the
# normal objects; programs other than the normal ones are $(OBJ)/bin/NAME.
comma := ,
space := $(subst ,, )
VARIANT := $(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))$(if $(DEVELOPER),-dev)
OBJ := obj/$(subst /,-,$(subst $(space),-,$(CC)))$(VARIANT)
BIN ?= $(if $(SANITIZE)$(filter-out gcc,$(CC)),$(OBJ)/bin,bin)

LAYERS := render provider text media store record base
PKGS := libavformat libavcodec libswresample libswscale libavutil \
	pangocairo pangoft2 cairo fontconfig harfbuzz freetype2 libebur128 \
	lcms2 espeak-ng \
	libcurl yaml-0.1 libcrypto pocketsphinx
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)
# Goals that compile say what is missing; the others do their own set-up.
SELF := help setup demo check lint clean uninstall fuzz-smoke
ifeq ($(PKG_LIBS),)
ifneq ($(filter-out $(SELF),$(or $(MAKECMDGOALS),all)),)
$(error libraries are missing: "scripts/setup build" installs them)
endif
endif
FLITE_LIBS := -lflite_cmu_us_slt -lflite_cmu_us_rms -lflite_cmu_us_awb \
	-lflite_cmu_us_kal16 -lflite_usenglish -lflite_cmulex -lflite

WARN := -Wall -Wextra -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wformat=2 -Wvla -Wpointer-arith
ifdef DEVELOPER
WARN += -Werror -Wshadow -Wdeclaration-after-statement -Wundef
endif
ifdef SANITIZE
SAN := -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Ilib -Isrc \
	-ffp-contract=off -fstack-protector-strong $(WARN) $(CFLAGS) $(SAN)
# Library headers are system headers: our warnings are about our code.
SYS_CFLAGS := $(patsubst -I%,-isystem%,$(PKG_CFLAGS))
# Each program links only what it needs: archives give single objects, and
# --as-needed drops the libraries that none of them calls.
LINK_FLAGS = -Wl,--as-needed -pthread $(SAN) $(LDFLAGS)

PROGRAMS := $(patsubst src/%.c,%,$(wildcard src/*.c))
ARCHIVES := $(foreach l,$(LAYERS),$(if $(wildcard lib/$l/*.c lib/$l/*/*.c),$(OBJ)/lib/$l.a))

all: $(PROGRAMS:%=$(BIN)/%)

define layer
$(OBJ)/lib/$1.a: $(patsubst %.c,$(OBJ)/%.o,$(wildcard lib/$1/*.c lib/$1/*/*.c))
	@echo "AR $$@"; rm -f $$@
	$$(Q)$(AR) rcs $$@ $$^
endef
$(foreach l,$(LAYERS),$(eval $(call layer,$l)))

# Where the acoustic model is.
MODELS := $(shell $(PKG_CONFIG) --variable=modeldir pocketsphinx 2>/dev/null)
$(OBJ)/lib/provider/sphinx.o: CFLAGS += $(MODELS:%=-DSPHINX_MODELS='"%"')

# Pixel loops: -O3 vectorizes them. Without fast-math results stay the same.
$(OBJ)/lib/media/card/%.o: CFLAGS += -O3

$(OBJ)/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(SYS_CFLAGS) -MMD -MP -c -o $@ $<

# A target of its objects and all archives.
define link
@mkdir -p $(@D)
	@echo "LD $@"
	$(Q)$(CC) -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(ARCHIVES) -Wl,--end-group $(LINK_FLAGS) \
		$(PKG_LIBS) $(FLITE_LIBS) -lm
endef

# A program is src/NAME.c and, where it has many commands, src/NAME/*.c.
.SECONDEXPANSION:
$(BIN)/%: $(OBJ)/src/%.o \
		$$(addprefix $(OBJ)/,$$(addsuffix .o,$$(basename \
		$$(wildcard src/$$*/*.c)))) $(ARCHIVES)
	$(link)

# Programs of which an allocation can fail, for scripts/fail-allocations: clang,
# and SANITIZE=address first.
FAILING := $(PROGRAMS:%=$(OBJ)/alloc/%)
failing: $(FAILING)
$(FAILING): $(OBJ)/alloc/%: $(OBJ)/src/%.o \
		$$(addprefix $(OBJ)/,$$(addsuffix .o,$$(basename \
		$$(wildcard src/$$*/*.c)))) $(OBJ)/tests/alloc/alloc.o \
		$(ARCHIVES)
	$(link)

# Unit tests: tests/unit/NAME.c to obj/.../tests/unit/NAME, TAP on stdout.
UNITS := $(patsubst %.c,$(OBJ)/%,$(wildcard tests/unit/*.c))
units: $(UNITS) server injector
# Measuring, for scripts/bench-*.
BENCHES := $(patsubst tests/bench/%.c,$(OBJ)/tests/bench/%,\
	$(wildcard tests/bench/*.c))
bench: $(BENCHES)
$(UNITS) $(BENCHES): %: %.o $(ARCHIVES)
	$(link)

# The scripted faulty HTTP server, for tests: tests/server/script.h.
server: $(OBJ)/tests/server/server
$(OBJ)/tests/server/server: $(patsubst %.c,$(OBJ)/%.o,\
		$(wildcard tests/server/*.c)) $(OBJ)/lib/base.a
	@echo "LD $@"
	$(Q)$(CC) -o $@ $^ $(LINK_FLAGS) -lssl -lcrypto

# Lets single calls of a program fail: tests/faults/inject.c.
injector: $(OBJ)/tests/faults/inject
$(OBJ)/tests/faults/inject: $(patsubst %.c,$(OBJ)/%.o,\
		$(wildcard tests/faults/*.c)) $(OBJ)/lib/base.a
	@echo "LD $@"
	$(Q)$(CC) -o $@ $^ $(LINK_FLAGS) -lcrypto

# Fuzz targets, by scripts/check fuzz: clang, SANITIZE=...,fuzzer-no-link.
FUZZERS := $(patsubst tests/fuzz/%.c,obj/fuzz/%,$(wildcard tests/fuzz/*.c))
fuzzers: $(FUZZERS)
$(FUZZERS): obj/fuzz/%: $(OBJ)/tests/fuzz/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "LD $@"
	$(Q)$(CC) -o $@ $< -Wl,--start-group $(ARCHIVES) -Wl,--end-group \
		$(LINK_FLAGS) -fsanitize=fuzzer $(PKG_LIBS) $(FLITE_LIBS) -lm

# The same targets without libFuzzer, on any objects: each input again.
REPLAYS := $(patsubst tests/fuzz/%.c,$(OBJ)/tests/replay/%,\
	$(wildcard tests/fuzz/*.c))
replays: $(REPLAYS)
$(REPLAYS): $(OBJ)/tests/replay/%: $(OBJ)/tests/fuzz/%.o \
		$(OBJ)/tests/fuzz/main/replay.o $(ARCHIVES)
	$(link)

# The one-command forms: each does its own set-up first.
setup:
	scripts/setup build
demo:
	@scripts/setup build
	@$(MAKE) --no-print-directory all
	@scripts/demo $(BIN)
check:
	@scripts/setup check
	@scripts/check
lint:
	@scripts/setup check
	@scripts/check lint
fuzz-smoke:
	@scripts/setup check
	@scripts/check fuzz

# studio is the command; the filters are its, out of everyone's PATH.
bindir = $(DESTDIR)$(PREFIX)/bin
libexecdir = $(DESTDIR)$(PREFIX)/libexec/studio
sharedir = $(DESTDIR)$(PREFIX)/share/studio
mandir = $(DESTDIR)$(PREFIX)/share/man
compdir = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
FILTERS := $(filter-out studio,$(PROGRAMS))
SHARED := lib/studio.mk lib/prices.yaml
PAGES := $(wildcard src/*.[157])
page = $(mandir)/man$(subst .,,$(suffix $1))/$(notdir $1)

install: all
	install -d $(bindir) $(libexecdir) $(sharedir) $(compdir) \
		$(sort $(dir $(foreach p,$(PAGES),$(call page,$p))))
	install -m 755 $(BIN)/studio $(bindir)
	install -m 755 $(FILTERS:%=$(BIN)/%) $(libexecdir)
	install -m 644 $(SHARED) $(sharedir)
	install -m 644 scripts/completion.bash $(compdir)/studio
	$(foreach p,$(PAGES),install -m 644 $p $(call page,$p) &&) :

uninstall:
	rm -f $(bindir)/studio $(compdir)/studio \
		$(foreach p,$(PAGES),$(call page,$p))
	rm -rf $(libexecdir) $(sharedir)

# What the checkers compile with.
flags:
	@echo $(ALL_CFLAGS) $(SYS_CFLAGS)

clean:
	rm -rf obj bin

help:
	@echo "make             build the programs into bin/"
	@echo "make demo        set up, build, and make the example film"
	@echo "make check       set up, build, and run every test"
	@echo "make lint        the part of check that only reads or compiles"
	@echo "make fuzz-smoke  a minute of fuzzing"
	@echo "make install     PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)"
	@echo "make uninstall   take that away again"
	@echo "make clean       remove bin/ and obj/; projects/ stays"
	@echo
	@echo "DEVELOPER=1      more warnings, and each is an error"
	@echo "CC=clang  SANITIZE=address,undefined  V=1 (show the commands)"

.PHONY: all units failing server injector bench fuzzers replays setup demo \
	check lint fuzz-smoke install uninstall clean help flags
.SECONDARY:
-include $(shell [ -d $(OBJ) ] && find $(OBJ) -name '*.d')
