/* manifest.c - lines in, lines out. */
#include "site/manifest.h"

#include "base/files.h"

#include <string.h>

#define HEADER     "dbdoc manifest 1"
#define KEY_MARK   "key "
#define SIZE_LIMIT ((size_t)256 * 1024 * 1024)

static void
entry_free(void *data)
{
    struct manifest_entry *entry = data;
    g_free(entry->key);
    g_free(entry->digest);
    g_free(entry);
}

struct manifest *
manifest_new(const char *key)
{
    struct manifest *manifest = g_new0(struct manifest, 1);
    manifest->key = g_strdup(key);
    manifest->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
    return manifest;
}

void
manifest_free(struct manifest *manifest)
{
    if (manifest == NULL)
        return;
    g_free(manifest->key);
    g_hash_table_unref(manifest->entries);
    g_free(manifest);
}

/* A site folder may come from elsewhere: its manifest names nothing outside of it. */
static bool
lies_below(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    for (char **part = parts; *part != NULL; part++)
        if (**part == '\0' || g_str_equal(*part, ".") || g_str_equal(*part, ".."))
            return false;
    return *parts != NULL;
}

void
manifest_parse(struct manifest *manifest, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_auto(GStrv) parts = g_strsplit(*line, " ", 3);
        if (g_strv_length(parts) != 3 || !lies_below(parts[2]))
            continue;
        struct manifest_entry *entry = g_new0(struct manifest_entry, 1);
        entry->key = g_strdup(parts[0]);
        entry->digest = g_strdup(parts[1]);
        g_hash_table_replace(manifest->entries, g_strdup(parts[2]), entry);
    }
}

struct manifest *
manifest_read(const char *folder)
{
    struct manifest *manifest = manifest_new(NULL);
    g_autofree char *path = g_build_filename(folder, MANIFEST_FILE, NULL);
    GString *text = NULL;
    if (!file_read(path, SIZE_LIMIT, &text, NULL))
        return manifest; /* the first build here */
    const char *rest = text->str;
    if (g_str_has_prefix(rest, HEADER "\n" KEY_MARK)) {
        rest += strlen(HEADER "\n" KEY_MARK);
        size_t length = strcspn(rest, "\n");
        manifest->key = g_strndup(rest, length);
        manifest_parse(manifest, rest + length);
    }
    g_string_free(text, TRUE);
    return manifest;
}

static int
compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *
manifest_line(const char *path, const char *key, const char *digest)
{
    return g_strdup_printf("%s %s %s\n", key, digest, path);
}

GString *
manifest_text(const struct manifest *manifest)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    GHashTableIter iterator;
    gpointer path;
    g_hash_table_iter_init(&iterator, manifest->entries);
    while (g_hash_table_iter_next(&iterator, &path, NULL))
        g_ptr_array_add(paths, path);
    g_ptr_array_sort(paths, compare_paths);
    GString *text = g_string_new(HEADER "\n" KEY_MARK);
    g_string_append_printf(text, "%s\n", manifest->key);
    for (guint i = 0; i < paths->len; i++) {
        const struct manifest_entry *entry = manifest_find(manifest, paths->pdata[i]);
        g_autofree char *line = manifest_line(paths->pdata[i], entry->key, entry->digest);
        g_string_append(text, line);
    }
    return text;
}

const struct manifest_entry *
manifest_find(const struct manifest *manifest, const char *path)
{
    return g_hash_table_lookup(manifest->entries, path);
}
