# SPDX-License-Identifier: GPL-2.0-or-later
#
# `make help` lists the targets.  Variables that can be set:
#
#   CC, CFLAGS, LDFLAGS    the compiler, and options added to ours
#   BUILD                  where userspace is built (build)
#   PREFIX, DESTDIR        where `make install` puts it (/usr/local)
#   MANDATE_CACHE          where kernels and packages are kept between runs
#                          (${XDG_CACHE_HOME:-$HOME/.cache}/mandate)
#   V=1                    show commands

VERSION := 0.1
BUILD ?= build
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
MANDIR ?= $(PREFIX)/share/man
COMPLETIONDIR ?= $(PREFIX)/share/bash-completion/completions
INSTALL ?= install

.DEFAULT_GOAL := userspace
.DELETE_ON_ERROR:
.SECONDARY:

ifneq ($(V),1)
Q := @
QUIET_CC = @printf '  CC      %s\n' $@;
QUIET_AR = @printf '  AR      %s\n' $@;
QUIET_LINK = @printf '  LINK    %s\n' $@;
QUIET_GEN = @printf '  GEN     %s\n' $@;
endif

WARNINGS := -Wall -Wextra -Wshadow -Wmissing-prototypes -Wstrict-prototypes \
	-Wvla -Wno-missing-field-initializers -Werror
BASE_CFLAGS := -std=gnu11 -O2 -g $(WARNINGS) -D_GNU_SOURCE \
	-fstack-protector-strong
# What is compiled into the kernel as well has to keep to less.
CORE_CFLAGS := $(BASE_CFLAGS) -Wconversion -Wno-sign-conversion -ffreestanding
LIBRARIES := jansson libcrypto libmnl zlib

#
# Userspace: libmandate.a and the command
#

CORE_SOURCES := $(wildcard lsm/core/*.c)
COMMAND_SOURCES := $(wildcard userspace/command/*.c)
LIBRARY_SOURCES := $(filter-out $(COMMAND_SOURCES), \
	$(wildcard userspace/*.c userspace/*/*.c))

object = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
CORE_OBJECTS := $(call object,$(CORE_SOURCES))
LIBRARY_OBJECTS := $(call object,$(LIBRARY_SOURCES))
COMMAND_OBJECTS := $(call object,$(COMMAND_SOURCES))

# Evaluated when something is compiled, after the packages are there.
LIBRARY_CFLAGS = $(shell pkg-config --cflags $(LIBRARIES))
LIBRARY_LIBS = $(shell pkg-config --libs $(LIBRARIES))

.PHONY: userspace
userspace: $(BUILD)/mandate

$(BUILD)/mandate: $(COMMAND_OBJECTS) $(BUILD)/libmandate.a
	$(QUIET_LINK) $(CC) $(BASE_CFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ \
		$(LIBRARY_LIBS)

$(BUILD)/libmandate.a: $(CORE_OBJECTS) $(LIBRARY_OBJECTS)
	$(Q)rm -f $@
	$(QUIET_AR) $(AR) qcs $@ $^

$(BUILD)/obj/lsm/core/%.o: lsm/core/%.c $(BUILD)/flags
	$(Q)mkdir -p $(@D)
	$(QUIET_CC) $(CC) $(CORE_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/userspace/regex/%.o: EXTRA_CFLAGS = $(REGEX_CFLAGS)
$(BUILD)/obj/userspace/%.o: userspace/%.c $(BUILD)/flags
	$(Q)mkdir -p $(@D)
	$(QUIET_CC) $(CC) $(BASE_CFLAGS) $(LIBRARY_CFLAGS) $(CFLAGS) \
		$(EXTRA_CFLAGS) -DMND_VERSION='"$(VERSION)"' -MMD -MP -c -o $@ $<

# Everything is built again when a flag or the version changes.
FLAGS := $(CC) $(BASE_CFLAGS) $(CORE_CFLAGS) $(CFLAGS) $(REGEX_CFLAGS) \
	$(LDFLAGS) $(VERSION)
$(BUILD)/flags: FORCE | $(BUILD)/packages-userspace
	$(Q)printf '%s\n' '$(FLAGS)' | cmp -s - $@ || \
		printf '%s\n' '$(FLAGS)' > $@

# What a group of targets needs, asked for again when the list changes.
$(BUILD)/packages-%: scripts/packages
	$(Q)mkdir -p $(BUILD)
	$(Q)scripts/packages $*
	$(Q)touch $@

.PHONY: FORCE
FORCE:

#
# Manual pages
#

MANUALS := $(patsubst Documentation/man/%.scd,$(BUILD)/man/%, \
	$(wildcard Documentation/man/*.scd))

$(BUILD)/man/%: Documentation/man/%.scd | $(BUILD)/packages-docs
	$(Q)mkdir -p $(@D)
	$(QUIET_GEN) scdoc < $< > $@

#
# Tests in user space
#

UNIT_TESTS := $(patsubst selftests/unit/%.c,$(BUILD)/unit/%, \
	$(wildcard selftests/unit/*_test.c))
UNIT_DRIVERS := $(patsubst selftests/unit/%.c,$(BUILD)/unit/%, \
	$(wildcard selftests/unit/*_dump.c))

$(BUILD)/unit/%: selftests/unit/%.c $(BUILD)/libmandate.a $(BUILD)/flags \
		| $(BUILD)/packages-test
	$(Q)mkdir -p $(@D)
	$(QUIET_LINK) $(CC) $(BASE_CFLAGS) $(CFLAGS) $(LDFLAGS) -Iuserspace \
		-DMND_SOURCE='"$(CURDIR)"' -MMD -MP -MF $@.d -o $@ $< \
		$(BUILD)/libmandate.a $(LIBRARY_LIBS) -lcmocka

.PHONY: unit
unit: $(UNIT_TESTS) $(UNIT_DRIVERS)

# Of the engine alone, which is compiled for other machines as well.
$(BUILD)/unit/core_digest: selftests/unit/core_digest.c $(CORE_OBJECTS) \
		$(BUILD)/flags
	$(Q)mkdir -p $(@D)
	$(QUIET_LINK) $(CC) $(BASE_CFLAGS) $(CFLAGS) $(LDFLAGS) -MMD -MP \
		-MF $@.d -o $@ $< $(CORE_OBJECTS)

# Not among these: RE2 is a library that nothing else needs.
$(BUILD)/unit/regex_re2: selftests/unit/regex_re2.cc $(BUILD)/libmandate.a \
		$(BUILD)/flags | $(BUILD)/packages-oracle
	$(Q)mkdir -p $(@D)
	$(QUIET_LINK) $(CXX) -std=c++17 -O2 -g -Wall -Wextra -Wshadow -Werror \
		$(CFLAGS) $(LDFLAGS) -MMD -MP -MF $@.d -o $@ $< \
		$(BUILD)/libmandate.a $$(pkg-config --cflags --libs re2)

#
# Fuzzers: everything once more, as clang instruments it
#

FUZZ_CFLAGS := -O1 -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
# What is compared while automata are made would only slow the fuzzers down.
FUZZ_REGEX_CFLAGS := -fno-sanitize-coverage=trace-cmp

.PHONY: fuzzers
fuzzers: | $(BUILD)/packages-lint
	$(Q)$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang \
		CFLAGS='$(FUZZ_CFLAGS)' REGEX_CFLAGS='$(FUZZ_REGEX_CFLAGS)' \
		$(patsubst selftests/fuzz/%.c, \
		$(BUILD)/fuzz/%,$(wildcard selftests/fuzz/*_fuzz.c))

$(BUILD)/%_fuzz: selftests/fuzz/%_fuzz.c selftests/fuzz/fuzz.h \
		$(BUILD)/libmandate.a $(BUILD)/flags
	$(QUIET_LINK) $(CC) $(BASE_CFLAGS) $(CFLAGS) -fsanitize=fuzzer -o $@ \
		$< $(BUILD)/libmandate.a $(LIBRARY_LIBS)

#
# Programs that are run in the guest
#

GUEST_TESTS := $(patsubst selftests/guest/%.c,$(BUILD)/selftests/%, \
	$(wildcard selftests/guest/*.c))
# One probe for the tests to move around, and copies for them to spoil.
PROBES := $(addprefix $(BUILD)/selftests/,probe spare used)

.PHONY: guest-tests
guest-tests: $(GUEST_TESTS) $(PROBES)

$(PROBES): selftests/probe/probe.c selftests/guest/remote.h $(BUILD)/flags
	$(Q)mkdir -p $(@D)
	$(QUIET_LINK) $(CC) $(BASE_CFLAGS) $(CFLAGS) -static -o $@ $<

# The harness is the kernel's own, from its source in the cache.
$(BUILD)/selftests/%: selftests/guest/%.c $(wildcard selftests/guest/*.h) \
		lsm/uapi/mandate.h $(BUILD)/libmandate.a $(BUILD)/harness \
		$(BUILD)/flags
	$(Q)mkdir -p $(@D)
	$(QUIET_LINK) $(CC) $(BASE_CFLAGS) -Wno-unused-parameter \
		-Wno-sign-compare -Wno-missing-prototypes $(CFLAGS) -static \
		-isystem "$$(cat $(BUILD)/harness)/tools/testing/selftests" \
		-o $@ $< $(BUILD)/libmandate.a

# The folder may be in another place each time, or gone.
$(BUILD)/harness: FORCE
	$(Q)mkdir -p $(BUILD)
	$(Q)path=$$(scripts/kernel source baseline) || exit 1; \
		printf '%s\n' "$$path" | cmp -s - $@ || \
		printf '%s\n' "$$path" > $@

BENCH_PROGRAMS := $(addprefix $(BUILD)/bench/,start bench child)
BENCH_SHARED := selftests/bench/layout.c selftests/bench/measure.c

$(BUILD)/bench/child: BENCH_SHARED :=
$(BENCH_PROGRAMS): $(BUILD)/bench/%: selftests/bench/%.c $(BENCH_SHARED) \
		$(wildcard selftests/bench/*.h) lsm/core/deps.h \
		lsm/uapi/mandate.h $(BUILD)/flags
	$(Q)mkdir -p $(@D)
	$(QUIET_LINK) $(CC) $(BASE_CFLAGS) $(CFLAGS) -static -o $@ $< \
		$(BENCH_SHARED)

#
# Kernels, the guest, and what runs in it
#

.PHONY: kernel
kernel:
	$(Q)scripts/kernel build release

.PHONY: run
run: userspace
	$(Q)scripts/run-example

.PHONY: check
check: userspace
	$(Q)scripts/check

.PHONY: check-debug
check-debug: userspace guest-tests
	$(Q)scripts/check --kernel debug

.PHONY: check-uml
check-uml: userspace guest-tests
	$(Q)scripts/check --kernel uml

.PHONY: lint
lint: userspace
	$(Q)scripts/lint

.PHONY: prove
prove:
	$(Q)scripts/prove

.PHONY: bench
bench: userspace $(BENCH_PROGRAMS)
	$(Q)scripts/bench

.PHONY: coverage
coverage:
	$(Q)scripts/coverage

.PHONY: fuzz
fuzz: userspace
	$(Q)scripts/fuzz

#
# The rest
#

.PHONY: vectors
vectors: $(BUILD)/mandate
	$(Q)scripts/vector-table $(BUILD)/mandate selftests/vectors/core.toml \
		> lsm/tests/vector_table.h

.PHONY: install
install: userspace $(MANUALS)
	$(INSTALL) -d '$(DESTDIR)$(BINDIR)' '$(DESTDIR)$(MANDIR)/man5' \
		'$(DESTDIR)$(MANDIR)/man8' '$(DESTDIR)$(COMPLETIONDIR)'
	$(INSTALL) -m 755 $(BUILD)/mandate '$(DESTDIR)$(BINDIR)'
	$(INSTALL) -m 644 $(filter %.5,$(MANUALS)) '$(DESTDIR)$(MANDIR)/man5'
	$(INSTALL) -m 644 $(filter %.8,$(MANUALS)) '$(DESTDIR)$(MANDIR)/man8'
	$(INSTALL) -m 644 userspace/mandate.bash-completion \
		'$(DESTDIR)$(COMPLETIONDIR)/mandate'

.PHONY: clean
clean:
	rm -rf $(BUILD)

.PHONY: help
help:
	@echo 'Targets:'
	@echo '  run          boot the guest, run a container under the example policy'
	@echo '  check        every test'
	@echo '  check-debug  the guest tests on a kernel that watches itself'
	@echo '  check-uml    the guest tests in user-mode Linux, which boots at once'
	@echo '  bench        the cost in instructions, as a table and as JSON'
	@echo '  coverage     how much of the engine the unit tests go through'
	@echo '  fuzz         a minute of each fuzzer; scripts/fuzz has more'
	@echo '  prove        that the engine has no run-time error, with Frama-C'
	@echo '  kernel       build the kernel and print where it is'
	@echo '  userspace    build $(BUILD)/mandate (default)'
	@echo '  install      install it (DESTDIR, PREFIX)'
	@echo '  lint         style of code, patches and scripts'
	@echo '  vectors      make lsm/tests/vector_table.h again'
	@echo '  clean        remove $(BUILD); kernels stay in the cache'

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
