/* reads.c - a list, and a set that keeps it short. One per process, as the disk is. */
#include "base/reads.h"

#include <stdbool.h>

static GPtrArray *noted;
static GHashTable *known; /* keys of what is noted */
static bool noting;

struct read *
read_new(enum read_kind kind, const char *path, const char *suffix)
{
    struct read *read = g_new0(struct read, 1);
    read->kind = kind;
    read->path = g_strdup(path);
    read->suffix = g_strdup(suffix);
    return read;
}

void
read_free(void *read)
{
    g_free(((struct read *)read)->path);
    g_free(((struct read *)read)->suffix);
    g_free(read);
}

void
reads_begin(void)
{
    g_clear_pointer(&noted, g_ptr_array_unref);
    g_clear_pointer(&known, g_hash_table_unref);
    noted = g_ptr_array_new_with_free_func(read_free);
    known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    noting = true;
}

void
reads_end(void)
{
    noting = false;
}

void
reads_note(enum read_kind kind, const char *root, const char *path, const char *suffix)
{
    if (!noting)
        return;
    g_autofree char *whole = root == NULL ? g_strdup(path) : g_build_filename(root, path, NULL);
    char *key = g_strdup_printf("%d%s/%s", (int)kind, suffix, whole);
    if (g_hash_table_add(known, key))
        g_ptr_array_add(noted, read_new(kind, whole, suffix));
}

const GPtrArray *
reads_noted(void)
{
    return noted;
}
