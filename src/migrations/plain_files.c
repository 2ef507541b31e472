/* plain_files.c - the SQL files of a folder, and which tool they are written for. */
#include "base/failure.h"
#include "base/files.h"
#include "migrations/plain.h"

#include <string.h>

#define FILE_LIMIT     ((size_t)64 * 1024 * 1024)
#define MANIFEST_LIMIT ((size_t)16 * 1024 * 1024)
#define LIST_LIMIT     ((size_t)64 * 1024 * 1024)

enum { HIGHEST = 6 }; /* folders above the migrations that may hold the list of dependencies */

/* Where projects name what they depend on. */
static const char *const manifests[] = {
    "Cargo.toml",   "Cargo.lock",       "go.mod",           "package.json", "pom.xml",
    "build.gradle", "build.gradle.kts", "requirements.txt", "flyway.conf",  "flyway.toml",
};

const struct plain_format *
plain_format_find(const char *key)
{
    for (const struct plain_format *format = plain_formats; format->key != NULL; format++)
        if (g_str_equal(format->key, key))
            return format;
    return NULL;
}

GRegex *
plain_regex(const char *pattern)
{
    GError *error = NULL;
    GRegex *regex = g_regex_new(pattern, G_REGEX_MULTILINE | G_REGEX_OPTIMIZE | G_REGEX_RAW, 0,
                                &error);
    g_assert_no_error(error);
    return regex;
}

static bool
read_one(struct arena *arena, const char *root, struct plain_file *file, GError **error)
{
    GString *text = NULL;
    if (!file_read_below(root, file->path, FILE_LIMIT, &text, error))
        return false;
    gsize mark = g_str_has_prefix(text->str, "\xEF\xBB\xBF") ? 3 : 0;
    if (!g_utf8_validate(text->str, (gssize)text->len, NULL)) {
        file->unreadable = "the file is no text in UTF-8";
        file->text = "";
    } else {
        file->length = text->len - mark;
        file->text = arena_text(arena, text->str + mark, (gssize)file->length);
    }
    g_string_free(text, TRUE);
    return true;
}

bool
plain_files_read(struct arena *arena, const char *root, const char *folder, GPtrArray *files,
                 GPtrArray *links, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(root, folder, ".sql", LIST_TREE, paths, links, error))
        return false;
    gsize before = *folder == '\0' ? 0 : strlen(folder) + 1;
    for (guint i = 0; i < paths->len; i++) {
        struct plain_file *file = arena_alloc(arena, sizeof *file);
        file->path = arena_text(arena, paths->pdata[i], -1);
        file->name = file->path + before;
        if (!read_one(arena, root, file, error))
            return false;
        g_ptr_array_add(files, file);
    }
    return true;
}

const struct plain_file *
plain_file_find(const GPtrArray *files, const char *name)
{
    for (guint i = 0; i < files->len; i++) {
        const struct plain_file *file = files->pdata[i];
        if (g_str_equal(file->name, name))
            return file;
    }
    return NULL;
}

/* ---- Detection ---- */

/* How much speaks for a format. */
enum claim { CLAIM_NONE, CLAIM_FITS, CLAIM_NAMES, CLAIM_PROJECT, CLAIM_SURE };

static bool
exists_below(const char *root, const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(root, folder, name, NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

static bool
any_name_fits(const struct plain_format *format, const GPtrArray *files)
{
    g_autoptr(GRegex) names = plain_regex(format->names);
    for (guint i = 0; i < files->len; i++) {
        const struct plain_file *file = files->pdata[i];
        if (g_regex_match(names, file->name, 0, NULL))
            return true;
    }
    return false;
}

static bool
any_text_says(const struct plain_format *format, const GPtrArray *files)
{
    if (format->directive == NULL)
        return false;
    g_autoptr(GRegex) names = plain_regex(format->names);
    g_autoptr(GRegex) directive = plain_regex(format->directive);
    for (guint i = 0; i < files->len; i++) {
        const struct plain_file *file = files->pdata[i];
        if (g_regex_match(names, file->name, 0, NULL) &&
            g_regex_match(directive, file->text, 0, NULL))
            return true;
    }
    return false;
}

static bool
manifest_names(const char *folder, const char *hint)
{
    for (size_t i = 0; i < G_N_ELEMENTS(manifests); i++) {
        g_autofree char *path = g_build_filename(folder, manifests[i], NULL);
        GString *text = NULL;
        if (!g_file_test(path, G_FILE_TEST_IS_REGULAR) ||
            !file_read(path, MANIFEST_LIMIT, &text, NULL))
            continue;
        bool named = strstr(text->str, hint) != NULL;
        g_string_free(text, TRUE);
        if (named)
            return true;
    }
    return false;
}

/* How many folders above the migrations a list names the tool; HIGHEST when none does. */
static unsigned
distance_of_hint(const char *root, const char *folder, const char *hint)
{
    g_autofree char *joined = g_build_filename(root, folder, NULL);
    g_autofree char *above = g_canonicalize_filename(joined, NULL);
    for (unsigned i = 0; i < HIGHEST; i++) {
        if (manifest_names(above, hint))
            return i;
        g_autofree char *repository = g_build_filename(above, ".git", NULL);
        if (g_str_equal(above, "/") || g_file_test(repository, G_FILE_TEST_EXISTS))
            break;
        char *next = g_path_get_dirname(above);
        g_free(above);
        above = next;
    }
    return HIGHEST;
}

static enum claim
claim_without_project(const struct plain_format *format, const char *root, const char *folder,
                      const GPtrArray *files)
{
    if (format->marker != NULL && exists_below(root, folder, format->marker))
        return CLAIM_SURE;
    if (any_text_says(format, files))
        return CLAIM_SURE;
    if (!any_name_fits(format, files))
        return CLAIM_NONE;
    switch (format->tells) {
    case NAMES_SAY_NOTHING:
        return CLAIM_NONE;
    case NAMES_OF_MANY:
        return CLAIM_FITS;
    case NAMES_OF_ONE:
        return CLAIM_NAMES;
    }
    g_assert_not_reached();
}

struct claims {
    enum claim best;
    GPtrArray *formats; /* const struct plain_format * that claim so */
};

static void
note_claim(struct claims *claims, enum claim claim, const struct plain_format *format)
{
    if (claim > claims->best) {
        claims->best = claim;
        g_ptr_array_set_size(claims->formats, 0);
    }
    if (claim != CLAIM_NONE && claim == claims->best)
        g_ptr_array_add(claims->formats, (gpointer)(guintptr)format);
}

/* Where texts and markers decide nothing: the tools that the project nearest to the folder names.
 */
static void
ask_project(struct claims *claims, const char *root, const char *folder, const GPtrArray *files)
{
    unsigned nearest = HIGHEST;
    for (const struct plain_format *format = plain_formats; format->key != NULL; format++) {
        if (format->hint == NULL || !any_name_fits(format, files))
            continue;
        unsigned distance = distance_of_hint(root, folder, format->hint);
        if (distance == HIGHEST || distance > nearest)
            continue;
        if (distance < nearest)
            claims->best = CLAIM_NONE;
        nearest = distance;
        note_claim(claims, CLAIM_PROJECT, format);
    }
}

static bool
complain(const struct claims *claims, const char *folder, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < claims->formats->len; i++) {
        const struct plain_format *format = claims->formats->pdata[i];
        bool last = i + 1 == claims->formats->len;
        g_string_append_printf(names, "%s%s", i == 0 ? "" : last ? " or " : ", ", format->key);
    }
    return failure_set(error, FAILURE_USAGE,
                       "the migrations in %s may be written for %s. Say which with --tool NAME, or "
                       "in dbdoc.yml with migrations: {tool: NAME}.",
                       *folder == '\0' ? "this folder" : folder, names->str);
}

bool
plain_detect(const char *root, const char *folder, const GPtrArray *files,
             const struct plain_format **format, GError **error)
{
    struct claims claims = {CLAIM_NONE, g_ptr_array_new()};
    *format = NULL;
    for (const struct plain_format *row = plain_formats; row->key != NULL; row++)
        note_claim(&claims, claim_without_project(row, root, folder, files), row);
    if (claims.best != CLAIM_SURE)
        ask_project(&claims, root, folder, files);
    bool clear = claims.formats->len <= 1;
    if (claims.formats->len == 1)
        *format = claims.formats->pdata[0];
    clear = clear || complain(&claims, folder, error);
    g_ptr_array_unref(claims.formats);
    return clear;
}

bool
plain_list_read(const struct plain_reader *reader, const char *name, GString **text, GError **error)
{
    g_autofree char *path = *reader->folder == '\0' ? g_strdup(name)
                                                    : g_build_filename(reader->folder, name, NULL);
    return file_read_below(reader->root, path, LIST_LIMIT, text, error);
}

bool
plain_list_fail(const char *list, const char *name, GError **error)
{
    return failure_set(error, FAILURE_USAGE,
                       "%s names %s, which is not there. Put the file back, or take it off the "
                       "list.",
                       list, name);
}
