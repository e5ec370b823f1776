# AI Studio. "make help" lists what can be made.

PREFIX ?= /usr/local
DESTDIR ?=
ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS ?= -O2 -g
Q := $(if $(V),,@)
PKG_CONFIG ?= pkg-config

# SANITIZE=address,undefined and DEVELOPER=1 build beside the normal objects.
comma := ,
VARIANT := $(if $(SANITIZE),-$(subst $(comma),-,$(SANITIZE)))$(if $(DEVELOPER),-dev)
OBJ := obj/$(CC)$(VARIANT)
BIN ?= bin

LAYERS := render provider text media store record base
PKGS := libavformat libavcodec libswresample libswscale libavutil \
	pangocairo pangoft2 cairo fontconfig libebur128 lcms2 espeak-ng \
	libcurl yaml-0.1 libcrypto
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PKGS) 2>/dev/null)
PKG_LIBS := $(shell $(PKG_CONFIG) --libs $(PKGS) 2>/dev/null)
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
ALL_CFLAGS = -std=gnu11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Ilib \
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

# Pixel loops: -O3 vectorizes them. Without fast-math results stay the same.
$(OBJ)/lib/media/card/%.o: CFLAGS += -O3

$(OBJ)/%.o: %.c
	@mkdir -p $(@D)
	@echo "CC $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(SYS_CFLAGS) -MMD -MP -c -o $@ $<

$(BIN)/%: $(OBJ)/src/%.o $(ARCHIVES)
	@mkdir -p $(@D)
	@echo "LD $@"
	$(Q)$(CC) -o $@ $< -Wl,--start-group $(ARCHIVES) -Wl,--end-group \
		$(LINK_FLAGS) $(PKG_LIBS) $(FLITE_LIBS) -lm

# Unit tests: tests/unit/NAME.c to obj/.../tests/unit/NAME, TAP on stdout.
UNITS := $(patsubst %.c,$(OBJ)/%,$(wildcard tests/unit/*.c))
units: $(UNITS)
$(UNITS): %: %.o $(ARCHIVES)
	@echo "LD $@"
	$(Q)$(CC) -o $@ $< -Wl,--start-group $(ARCHIVES) -Wl,--end-group \
		$(LINK_FLAGS) $(PKG_LIBS) $(FLITE_LIBS) -lm

clean:
	rm -rf obj $(BIN)

.PHONY: all units clean
.SECONDARY:
-include $(shell [ -d $(OBJ) ] && find $(OBJ) -name '*.d')
