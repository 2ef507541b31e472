/* arena.h - one lifetime for everything a run reads: allocate, never free one by one.
 * Memory is zeroed; running out of it ends the program (GLib's rule). */
#ifndef DBDOC_ARENA_H
#define DBDOC_ARENA_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);

void *arena_alloc(struct arena *arena, size_t size);

/* Zeroed room for `count` items of `size` bytes; NULL for none. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* The elements of a GArray as an array that stays; NULL for none. */
void *arena_keep(struct arena *arena, GArray *array);

/* A copy of the first `length` bytes of `text` (all of it for -1) with a NUL behind it. */
char *arena_text(struct arena *arena, const char *text, gssize length);

/* The one copy of this text in the arena: equal texts give equal pointers. NULL gives NULL. */
const char *arena_intern(struct arena *arena, const char *text);

char *arena_printf(struct arena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* A counted array of texts in arena memory. */
struct names {
    size_t count;
    const char **items;
};

/* The texts (arena memory already) as an array that stays. */
struct names names_keep(struct arena *arena, const GPtrArray *texts);

/* Whether both hold the same names in the same order. */
bool names_equal(const struct names *a, const struct names *b);

bool names_contain(const struct names *names, const char *name);

#endif
