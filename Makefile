# dbdoc: GNU make. "make demo" and "make test" do everything on a fresh Debian 12.

VERSION := 0.1.0
PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
MODE    ?= release

# ---- Libraries. What is not installed yet is empty here: "deps" first, then a second make. ----

LIBRARIES := glib-2.0 libxml-2.0 libxslt jansson yaml-0.1 libpq libcmark libgvc libcgraph tree-sitter zlib \
             libmicrohttpd
GRAMMAR   := node_modules/tree-sitter-elixir/src
FOUND     := $(shell pkg-config --exists $(LIBRARIES) 2>/dev/null && \
                     test -f "$$(pg_config --includedir-server)/postgres_fe.h" && \
                     test -f "$$(pg_config --includedir)/../pg_query.h" && \
                     test -f $(GRAMMAR)/parser.c && echo yes)
INCLUDES  := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null))
LDLIBS    := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null)
# libpg_query has a palloc of its own: psql's must stay hidden from it.
LDLIBS    += -L$(shell pg_config --pkglibdir 2>/dev/null) -Wl,--exclude-libs,ALL -lpgfeutils -lpgcommon \
             -lpgport -lpg_query -lm
# Graphviz finds its plugins at run time unless they are linked; dot's layouts are all that is needed.
GRAPHVIZ  := $(shell pkg-config --variable=libdir libgvc 2>/dev/null)/graphviz
LDLIBS    += -L$(GRAPHVIZ) -Wl,-rpath,$(GRAPHVIZ) -lgvplugin_dot_layout
PG_SERVER_INCLUDES := -isystem $(shell pg_config --includedir-server 2>/dev/null) \
                      -isystem $(shell pg_config --includedir 2>/dev/null)/internal

# Debian packages: to build and use dbdoc, and to work on it.
PACKAGES     := pkg-config libglib2.0-dev libxml2-dev libxslt1-dev libjansson-dev libyaml-dev \
                libpq-dev libcmark-dev libgraphviz-dev libtree-sitter-dev zlib1g-dev \
                libmicrohttpd-dev libpg-query-dev postgresql-server-dev-15 postgresql-15 libnss-wrapper
DEV_PACKAGES := perl chromium clang libclang-rt-14-dev clang-format clang-tidy cppcheck mandoc zsh fish \
                libyaml-libyaml-perl jq dpkg-dev

# ---- Flags. The user's CFLAGS, CPPFLAGS and LDFLAGS come last and win. ----

WARNINGS  := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes \
             -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wvla -Wformat=2 -Wimplicit-fallthrough
HARDENING := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection
SANITIZE  := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
release_FLAGS := -O2 -g $(HARDENING)
san_FLAGS     := -O1 -g $(SANITIZE)
fuzz_FLAGS    := $(san_FLAGS) -fsanitize=fuzzer-no-link -w # gcc has warned already
override CPPFLAGS := -Isrc $(INCLUDES) -DDBDOC_VERSION='"$(VERSION)"' -D_GNU_SOURCE $(CPPFLAGS)
override CFLAGS   := -std=c11 $(WARNINGS) $(if $(WERROR),-Werror) $($(MODE)_FLAGS) $(CFLAGS)
override LDFLAGS  := -Wl,-z,relro,-z,now,--build-id $(LDFLAGS)

# As many compilers as processors, unless make was told how many.
JOBS_FLAG = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))

# "make V=1" shows whole commands.
quiet = $(if $(V),,@printf '  %-6s %s\n' $(1) $(2);)

# ---- Files ----

SOURCES  := $(filter-out src/main.c,$(sort $(wildcard src/*/*.c)))
GRAMMAR_OBJECTS := $(BUILD)/grammar/parser.o $(BUILD)/grammar/scanner.o
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded_files.o $(GRAMMAR_OBJECTS)
EMBEDDED := $(sort $(wildcard src/introspect/sql/*.sql src/cluster/sql/*.sql \
                              src/rehearsal/sql/*.sql src/migrations/sql/*.sql src/planner/sql/*.sql src/runbook/sql/*.sql src/statistics/sql/*.sql \
                              src/workload/sql/*.sql \
                              src/checks/help/*.md src/commands/init/* share/ci/*.yml share/ci/*.sh src/serve/page/* \
                              templates/*.xsl themes/*/*))
SCHEMAS  := snapshot observations
UNIT     := $(sort $(wildcard tests/unit/test_*.c))
SUPPORT  := $(filter-out $(UNIT),$(sort $(wildcard tests/unit/*.c)))
UNIT_PROGRAMS := $(UNIT:%.c=$(BUILD)/%)
FUZZ     := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_PROGRAMS := $(FUZZ:%.c=$(BUILD)/%)
CASES    := $(sort $(wildcard tests/cases/*/command))
BROWSER  := $(sort $(wildcard tests/browser/test_*.mjs))
C_FILES  := $(sort $(wildcard src/*.c src/*/*.c src/*/*.h tests/unit/*.[ch] tests/fuzz/*.[ch]))

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all demo test check-san fuzz bench lint format install uninstall dist deps deps-build clean \
        run-demo run-tests run-suite run-fuzz require FORCE

all: $(BUILD)/dbdoc

# ---- Building ----

$(BUILD)/dbdoc: $(BUILD)/src/main.o $(OBJECTS) $(BUILD)/inputs
	$(call quiet,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LDLIBS)

# psql's lexer and quoting need PostgreSQL's server headers, in these files alone.
$(BUILD)/src/postgres/script.o $(BUILD)/src/postgres/quote.o: \
  override CPPFLAGS += $(PG_SERVER_INCLUDES)

$(BUILD)/%.o: %.c $(BUILD)/flags | require
	@mkdir -p $(@D)
	$(call quiet,CC,$<)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# tree-sitter's grammar of Elixir, as npm brings it: machine-made tables and a scanner.
$(GRAMMAR_OBJECTS): $(BUILD)/grammar/%.o: package-lock.json $(BUILD)/flags | require
	@mkdir -p $(@D)
	$(call quiet,CC,$(GRAMMAR)/$*.c)$(CC) -std=c11 -w $(release_FLAGS) -I$(GRAMMAR) -c -o $@ $(GRAMMAR)/$*.c

# SQL, templates, themes and help texts travel inside the binary.
$(BUILD)/embedded_files.S: $(EMBEDDED) $(BUILD)/inputs src/base/embed.awk
	$(call quiet,EMBED,$@)printf '%s\n' $(EMBEDDED) | awk -f src/base/embed.awk > $@

$(BUILD)/embedded_files.o: $(BUILD)/embedded_files.S $(EMBEDDED)
	$(call quiet,AS,$@)$(CC) -c -o $@ $<

$(UNIT_PROGRAMS): $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(SUPPORT:%.c=$(BUILD)/%.o) $(OBJECTS)
	$(call quiet,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LDLIBS)

$(FUZZ_PROGRAMS): $(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/input.o $(OBJECTS)
	$(call quiet,LINK,$@)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $(filter %.o,$^) $(LDLIBS)

# Files that change when the flags or the list of files do, so that old objects are not kept.
$(BUILD)/flags: STATE = $(CC) $(CPPFLAGS) $(filter-out -Werror,$(CFLAGS))
$(BUILD)/inputs: STATE = $(CC) $(filter-out -Werror,$(CFLAGS)) $(LDFLAGS) $(LDLIBS) $(OBJECTS) $(EMBEDDED)
$(BUILD)/flags $(BUILD)/inputs: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(STATE))' | cmp -s - $@ || \
	  printf '%s\n' '$(subst ','\'',$(STATE))' > $@

$(BUILD)/schema/%.schema.json: $(BUILD)/dbdoc
	@mkdir -p $(@D)
	$(call quiet,SCHEMA,$@)$(BUILD)/dbdoc snapshot --schema $* > $@

$(BUILD)/completions/dbdoc: SHELL_NAME := bash
$(BUILD)/completions/_dbdoc: SHELL_NAME := zsh
$(BUILD)/completions/dbdoc.fish: SHELL_NAME := fish
$(BUILD)/completions/%: $(BUILD)/dbdoc
	@mkdir -p $(@D)
	$(call quiet,SHELL,$@)$(BUILD)/dbdoc completions $(SHELL_NAME) > $@

require:
	@$(if $(FOUND),:,echo 'Libraries or npm packages are missing. Install them with: make deps' >&2; exit 1)

-include $(OBJECTS:.o=.d) $(BUILD)/src/main.d $(UNIT_PROGRAMS:=.d) $(SUPPORT:%.c=$(BUILD)/%.d) \
         $(FUZZ_PROGRAMS:=.d)

# ---- Using ----

# A second make: this one looked for the libraries before they were installed.
demo: deps-build
	@$(MAKE) --no-print-directory $(JOBS_FLAG) run-demo

run-demo: $(BUILD)/dbdoc
	cd example-site && $(abspath $(BUILD))/dbdoc build --rehearse -o $(abspath $(BUILD))/demo
	@echo 'Open file://$(abspath $(BUILD))/demo/index.html in a browser.'

# Folder, mode and file of everything that is installed.
SCHEMA_FILES := $(SCHEMAS:%=$(BUILD)/schema/%.schema.json) $(sort $(wildcard share/schema/*.json))
ZSH_FUNCTIONS ?= share/zsh/site-functions
CI_FILES  := $(sort $(wildcard share/ci/*))
INSTALLED = bin:755:$(BUILD)/dbdoc \
             share/man/man1:644:share/man/dbdoc.1 \
             share/man/man5:644:share/man/dbdoc.yml.5 \
             share/bash-completion/completions:644:$(BUILD)/completions/dbdoc \
             $(ZSH_FUNCTIONS):644:$(BUILD)/completions/_dbdoc \
             share/fish/vendor_completions.d:644:$(BUILD)/completions/dbdoc.fish \
             $(SCHEMA_FILES:%=share/dbdoc/schema:644:%) \
             $(CI_FILES:%=share/dbdoc/ci:644:%)
field = $(word $(1),$(subst :, ,$(2)))
installed_path = '$(DESTDIR)$(PREFIX)/$(call field,1,$(1))/$(notdir $(call field,3,$(1)))'

install_all = $(foreach entry,$(INSTALLED),install -D -m $(call field,2,$(entry)) \
                $(call field,3,$(entry)) $(call installed_path,$(entry)) &&) :

install: $(foreach entry,$(INSTALLED),$(call field,3,$(entry)))
	$(install_all)

uninstall:
	rm -f $(foreach entry,$(INSTALLED),$(call installed_path,$(entry)))

# A Debian package and what makes an image of it.
DIST = $(BUILD)/dist
DEB  = $(DIST)/dbdoc_$(VERSION)_$(shell dpkg --print-architecture).deb

dist: override DESTDIR = $(DIST)/stage/root
dist: override PREFIX = /usr
dist: ZSH_FUNCTIONS = share/zsh/vendor-completions
dist: $(foreach entry,$(INSTALLED),$(call field,3,$(entry)))
	rm -rf $(DIST)
	@$(install_all)
	share/packaging/deb $(DIST)/stage $(VERSION) $(DEB)
	rm -r $(DIST)/stage
	install -m 644 share/packaging/Containerfile $(DIST)
	@echo 'Wrote $(DEB) and $(DIST)/Containerfile.'

# $(call install_packages,NAMES): what is missing, by apt-get; says the command where it may not run.
define install_packages
@command -v apt-get > /dev/null || { \
  echo 'deps: no apt-get here. Install what these Debian packages hold: $(1)' >&2; exit 1; }; \
missing=$$(for package in $(1); do \
  dpkg-query -W -f='$${db:Status-Status}' $$package 2> /dev/null | grep -q '^installed' || \
  echo $$package; done); \
[ -n "$$missing" ] || exit 0; \
command="apt-get install -y --no-install-recommends $$(echo $$missing)"; \
if [ "$$(id -u)" = 0 ]; then as_root=; \
elif command -v sudo > /dev/null; then as_root=sudo; \
else echo "deps: packages are missing, and there is no sudo. As root, run: $$command" >&2; exit 1; fi; \
echo "  DEPS   $$command"; \
export DEBIAN_FRONTEND=noninteractive; \
$$as_root apt-get update -q && $$as_root $$command || { \
  echo "deps: installing failed. As root, run: apt-get update && $$command" >&2; exit 1; }
endef

deps-build: node_modules/.package-lock.json
	$(call install_packages,$(PACKAGES))

deps: node_modules/.tests
	$(call install_packages,$(PACKAGES) $(DEV_PACKAGES))

npm_ci = @command -v npm > /dev/null || { \
  echo 'deps: there is no npm. Install Node.js 18 or newer (Debian: nodejs npm).' >&2; exit 1; }; \
  echo '  NPM    ci $(1)'; npm ci --ignore-scripts --no-audit --no-fund $(1)

node_modules/.package-lock.json: package.json package-lock.json .npmrc
	$(call npm_ci,--omit=dev --omit=optional)
	@touch $@

# What the tests need too: the browser's tools, readers of exports, and PostgreSQL 13 to 18 where there are builds of it,
# with the links that npm does not keep.
node_modules/.tests: package.json package-lock.json .npmrc
	$(call npm_ci)
	@for folder in node_modules/postgresql-*; do \
	  [ ! -d $$folder ] || (cd $$folder && node scripts/hydrate-symlinks.js) || exit 1; done
	@touch node_modules/.package-lock.json $@

# ---- Testing ----

test: deps
	@$(MAKE) --no-print-directory $(JOBS_FLAG) run-tests

run-tests: $(BUILD)/dbdoc $(UNIT_PROGRAMS)
	@BUILD=$(BUILD) tests/suite $(UNIT_PROGRAMS) $(CASES) $(BROWSER)

# The unit tests and cases again, watched by AddressSanitizer and UndefinedBehaviorSanitizer.
check-san: deps
	@$(MAKE) --no-print-directory $(JOBS_FLAG) BUILD=build/san MODE=san run-suite

run-suite: $(BUILD)/dbdoc $(UNIT_PROGRAMS)
	@BUILD=$(BUILD) tests/suite $(UNIT_PROGRAMS) $(CASES)

# Not part of the tests: it takes minutes and wants the machine for itself. See tests/bench/run.
bench: $(BUILD)/dbdoc
	@BUILD=$(BUILD) tests/bench/run

# Random input for everything that reads, FUZZ_SECONDS for each target (60).
fuzz: deps
	@$(MAKE) --no-print-directory BUILD=build/fuzz MODE=fuzz CC=clang run-fuzz

run-fuzz: $(FUZZ_PROGRAMS)
	@BUILD=$(BUILD) tests/fuzz/run $(FUZZ_PROGRAMS)

lint: deps
	@CPPFLAGS='$(subst ','\'',$(CPPFLAGS))' PG_CPPFLAGS='$(PG_SERVER_INCLUDES)' tests/lint/run $(C_FILES)

format:
	clang-format -i $(C_FILES)

clean:
	rm -rf build $(filter-out build,$(BUILD))
