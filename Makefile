# dbdoc: GNU make. "make demo" and "make test" do everything on a fresh Debian 12.

VERSION   := 0.1.0
PREFIX    ?= /usr/local
BUILD     ?= build
CC        ?= cc
PKGS      := glib-2.0 libxml-2.0 libxslt jansson yaml-0.1 libpq libcmark
SYSTEM    := $(filter-out -I%,$(shell pkg-config --cflags $(PKGS) 2>/dev/null)) \
             $(patsubst -I%,-isystem %,$(filter -I%,$(shell pkg-config --cflags $(PKGS) 2>/dev/null)))
PGSERVER  := $(shell pg_config --includedir-server 2>/dev/null)
PGPRIVATE := $(shell pg_config --includedir 2>/dev/null)/internal
PGLIB     := $(shell pg_config --pkglibdir 2>/dev/null)

WARNINGS  := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes \
             -Wmissing-prototypes -Wcast-qual -Wwrite-strings -Wvla -Wformat=2 -Wimplicit-fallthrough
HARDENING := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection
MODE_FLAGS := -O2 -g $(HARDENING)
override CPPFLAGS := -Isrc $(SYSTEM) -DDBDOC_VERSION='"$(VERSION)"' -D_GNU_SOURCE $(CPPFLAGS)
override CFLAGS   := -std=c11 $(WARNINGS) $(if $(WERROR),-Werror) $(MODE_FLAGS) $(CFLAGS)
override LDFLAGS  := -Wl,-z,relro,-z,now $(LDFLAGS)
LDLIBS    := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -L$(PGLIB) -lpgfeutils -lpgcommon -lpgport -lm

SOURCES   := $(filter-out src/main.c,$(sort $(wildcard src/*/*.c)))
OBJECTS   := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/embedded_files.o
EMBEDDED  := $(sort $(wildcard src/introspect/sql/*.sql src/cluster/sql/*.sql templates/*.xsl themes/*/*) \
               $(wildcard src/checks/help/*.md))

all: $(BUILD)/dbdoc

$(BUILD)/dbdoc: $(BUILD)/src/main.o $(OBJECTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# psql's lexer and quoting need PostgreSQL's server headers, in these files alone.
$(BUILD)/src/postgres/script.o $(BUILD)/src/postgres/quote.o: \
  override CPPFLAGS += -isystem $(PGSERVER) -isystem $(PGPRIVATE)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# SQL, templates and theme travel inside the binary.
$(BUILD)/embedded_files.S: $(EMBEDDED) Makefile src/base/embed.awk
	@mkdir -p $(@D)
	printf '%s\n' $(EMBEDDED) | awk -f src/base/embed.awk > $@

$(BUILD)/embedded_files.o: $(BUILD)/embedded_files.S $(EMBEDDED)
	$(CC) -c -o $@ $<

-include $(OBJECTS:.o=.d) $(BUILD)/src/main.d

clean:
	rm -rf $(BUILD)

.PHONY: all clean
