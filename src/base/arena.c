/* arena.c - a list of blocks; big requests get a block of their own. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)
#define ALIGNMENT  (sizeof(void *) > sizeof(int64_t) ? sizeof(void *) : sizeof(int64_t))

struct block {
    struct block *next;
    size_t used;
    size_t size;
    char bytes[] __attribute__((aligned(16)));
};

struct arena {
    struct block *blocks;
    GHashTable *interned;
};

struct arena *
arena_new(void)
{
    struct arena *arena = g_new0(struct arena, 1);
    arena->interned = g_hash_table_new(g_str_hash, g_str_equal);
    return arena;
}

void
arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    g_hash_table_unref(arena->interned);
    for (struct block *block = arena->blocks; block != NULL;) {
        struct block *next = block->next;
        g_free(block);
        block = next;
    }
    g_free(arena);
}

static struct block *
block_add(struct arena *arena, size_t size)
{
    struct block *block = g_malloc0(sizeof(struct block) + size);
    block->size = size;
    if (size > BLOCK_SIZE && arena->blocks != NULL) {
        /* Keep filling the current block; the big one goes behind it. */
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    return block;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    g_assert(size <= SIZE_MAX - ALIGNMENT);
    size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct block *block = arena->blocks;
    if (block == NULL || block->size - block->used < rounded)
        block = block_add(arena, MAX(rounded, BLOCK_SIZE));
    void *memory = block->bytes + block->used;
    block->used += rounded;
    return memory;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
    g_assert(size == 0 || count <= SIZE_MAX / 2 / size);
    return count == 0 ? NULL : arena_alloc(arena, count * size);
}

void *
arena_keep(struct arena *arena, GArray *array)
{
    size_t size = g_array_get_element_size(array);
    void *items = arena_array(arena, array->len, size);
    if (array->len > 0)
        memcpy(items, array->data, array->len * size);
    return items;
}

char *
arena_text(struct arena *arena, const char *text, gssize length)
{
    size_t bytes = length < 0 ? strlen(text) : (size_t)length;
    char *copy = arena_alloc(arena, bytes + 1);
    memcpy(copy, text, bytes);
    return copy;
}

const char *
arena_intern(struct arena *arena, const char *text)
{
    if (text == NULL)
        return NULL;
    char *known = g_hash_table_lookup(arena->interned, text);
    if (known == NULL) {
        known = arena_text(arena, text, -1);
        g_hash_table_add(arena->interned, known);
    }
    return known;
}

char *
arena_printf(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return arena_text(arena, text, -1);
}

struct names
names_keep(struct arena *arena, const GPtrArray *texts)
{
    struct names names = {texts->len, arena_array(arena, texts->len, sizeof *names.items)};
    for (guint i = 0; i < texts->len; i++)
        names.items[i] = texts->pdata[i];
    return names;
}

bool
names_equal(const struct names *a, const struct names *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!g_str_equal(a->items[i], b->items[i]))
            return false;
    return true;
}

bool
names_contain(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}
