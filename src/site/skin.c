/* skin.c - files of the binary and of the project put into one table. Templates of the project are
 * checked before anything is rendered: a name that no view has would select nothing, silently. */
#include "site/skin.h"

#include "base/arena.h"
#include "base/embedded.h"
#include "base/failure.h"
#include "base/files.h"
#include "base/program.h"
#include "base/text.h"
#include "markup/template_names.h"

#include <string.h>

#define TEMPLATES    "templates/"
#define THEME        "themes/default/"
#define OVERLAY      SKIN_ASSETS "theme.css"
#define SEARCH_PARTS SKIN_ASSETS "search-"

enum { FILE_LIMIT = 8 << 20 }; /* bytes */

static int
compare_files(const void *a, const void *b)
{
    return strcmp(((const struct skin_file *)a)->path, ((const struct skin_file *)b)->path);
}

const struct skin_file *
skin_find(const struct skin *skin, const char *path)
{
    const struct skin_file wanted = {.path = path};
    if (skin->files->len == 0)
        return NULL; /* bsearch takes no NULL */
    return bsearch(&wanted, skin->files->data, skin->files->len, sizeof wanted, compare_files);
}

static bool
find_template(const void *data, const char *path, const char **text, size_t *length)
{
    const struct skin_file *file = skin_find(data, path);
    if (file == NULL)
        return false;
    *text = file->text;
    *length = file->length;
    return true;
}

struct templates *
skin_templates(const struct skin *skin, GError **error)
{
    const struct template_source source = {find_template, skin};
    return templates_load(&source, error);
}

static void
put(struct skin *skin, struct skin_file file)
{
    struct skin_file *old = (struct skin_file *)(guintptr)skin_find(skin, file.path);
    if (old != NULL) {
        *old = file;
        return;
    }
    g_array_append_val(skin->files, file);
    g_array_sort(skin->files, compare_files);
}

static void
put_embedded(struct skin *skin)
{
    for (const struct embedded *file = embedded_files; file->path != NULL; file++) {
        const char *path = file->path;
        if (g_str_has_prefix(path, THEME))
            path = arena_printf(skin->arena, SKIN_ASSETS "%s", path + strlen(THEME));
        put(skin, (struct skin_file){path, file->text, file->length, NULL});
    }
}

static bool
put_own(struct skin *skin, const struct config *config, const char *origin, const char *path,
        GError **error)
{
    g_autoptr(GString) text = NULL;
    if (!file_read_below(config->root, origin, FILE_LIMIT, &text, error))
        return false;
    put(skin, (struct skin_file){arena_text(skin->arena, path, -1),
                                 arena_text(skin->arena, text->str, (gssize)text->len), text->len,
                                 arena_text(skin->arena, origin, -1)});
    return true;
}

/* ---- templates ---- */

/* Names of the built-in templates; ends with NULL. Free with g_free. */
static const char **
template_files(void)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const struct embedded *file = embedded_files; file->path != NULL; file++)
        if (g_str_has_prefix(file->path, TEMPLATES))
            g_ptr_array_add(names, (gpointer)(guintptr)(file->path + strlen(TEMPLATES)));
    g_ptr_array_add(names, NULL);
    return (const char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

/* " Did you mean …?", or nothing. Free with g_free. */
static char *
guess(const char *word, const char *const *candidates)
{
    const char *nearest = text_nearest(word, candidates);
    return nearest == NULL ? g_strdup("") : g_strdup_printf(" Did you mean %s?", nearest);
}

static bool
check_file_name(const char *origin, GError **error)
{
    g_autofree const char **names = template_files();
    g_autofree char *name = g_path_get_basename(origin);
    if (g_strv_contains(names, name))
        return true;
    g_autofree char *hint = guess(name, names);
    g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)names);
    return failure_set(error, FAILURE_USAGE,
                       "%s: no template has this name.%s A file in templates: replaces one of %s.",
                       origin, hint, all);
}

/* Names that the built-in templates ask views for, and the first other name of one of the
 * project's. */
struct vocabulary {
    GHashTable *known;
    char *unknown;
    unsigned line;
};

static void
learn(void *data, const char *name, unsigned line)
{
    (void)line;
    g_hash_table_add(((struct vocabulary *)data)->known, g_strdup(name));
}

static void
check_name(void *data, const char *name, unsigned line)
{
    struct vocabulary *vocabulary = data;
    if (vocabulary->unknown != NULL || g_hash_table_contains(vocabulary->known, name))
        return;
    vocabulary->unknown = g_strdup(name);
    vocabulary->line = line;
}

static bool
unknown_name(const struct vocabulary *vocabulary, const char *origin, GError **error)
{
    g_autofree const char **known = (const char **)g_hash_table_get_keys_as_array(vocabulary->known,
                                                                                  NULL);
    g_autofree char *hint = guess(vocabulary->unknown, known);
    return failure_set(error, FAILURE_USAGE,
                       "%s:%u: no view has an element or attribute \"%s\".%s The built-in "
                       "templates show what there is.",
                       origin, vocabulary->line, vocabulary->unknown, hint);
}

static bool
check_names(const struct skin_file *file, struct vocabulary *vocabulary, GError **error)
{
    if (!template_names(file->text, file->length, check_name, vocabulary))
        return failure_set(error, FAILURE_USAGE,
                           "%s is no well-formed XML. Compare it with the built-in template.",
                           file->origin);
    return vocabulary->unknown == NULL || unknown_name(vocabulary, file->origin, error);
}

static bool
check_all_names(const struct skin *skin, GError **error)
{
    struct vocabulary vocabulary = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                                    NULL, 0};
    for (const struct embedded *file = embedded_files; file->path != NULL; file++)
        if (g_str_has_prefix(file->path, TEMPLATES))
            template_names(file->text, file->length, learn, &vocabulary);
    bool good = true;
    for (guint i = 0; good && i < skin->files->len; i++) {
        const struct skin_file *file = &g_array_index(skin->files, struct skin_file, i);
        if (file->origin != NULL && g_str_has_prefix(file->path, TEMPLATES))
            good = check_names(file, &vocabulary, error);
    }
    g_hash_table_unref(vocabulary.known);
    g_free(vocabulary.unknown);
    return good;
}

/* Names of named templates. */
struct calls {
    GHashTable *defined;
    GHashTable *called;
};

static void
note_defined(void *data, const char *name)
{
    g_hash_table_add(((struct calls *)data)->defined, g_strdup(name));
}

static void
note_called(void *data, const char *name)
{
    g_hash_table_add(((struct calls *)data)->called, g_strdup(name));
}

/* A project's file must have the named templates that others call in the one it replaces. */
static bool
check_calls(const struct skin *skin, const struct config *config, GError **error)
{
    struct calls calls = {g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                          g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    for (guint i = 0; i < skin->files->len; i++) {
        const struct skin_file *file = &g_array_index(skin->files, struct skin_file, i);
        if (g_str_has_prefix(file->path, TEMPLATES))
            template_calls(file->text, file->length, note_defined, note_called, &calls);
    }
    const char *missing = NULL;
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, calls.called);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        if (!g_hash_table_contains(calls.defined, name) &&
            (missing == NULL || strcmp(name, missing) < 0))
            missing = name;
    if (missing != NULL)
        failure_set(
            error, FAILURE_USAGE,
            "%s: no file has the template named \"%s\" any more, which others call. Copy it "
            "from the built-in file that yours replaces.",
            config->templates, missing);
    g_hash_table_unref(calls.defined);
    g_hash_table_unref(calls.called);
    return missing == NULL;
}

/* ---- folders of the project ---- */

/* Paths below the root of a folder that dbdoc.yml names; NULL when it holds none. */
static GPtrArray *
list_folder(const struct config *config, const char *key, const char *folder, const char *suffix,
            GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(config->root, folder, suffix, LIST_TREE, paths, NULL, error))
        return NULL;
    if (paths->len > 0)
        return g_steal_pointer(&paths);
    failure_set(error, FAILURE_USAGE,
                "%s: there are no files in %s. Put some there, or take the key out of %s.", key,
                folder, config->file);
    return NULL;
}

static bool
put_templates(struct skin *skin, const struct config *config, GError **error)
{
    if (config->templates == NULL)
        return true;
    g_autoptr(GPtrArray) paths = list_folder(config, "templates", config->templates, ".xsl", error);
    if (paths == NULL)
        return false;
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *name = g_path_get_basename(paths->pdata[i]);
        g_autofree char *path = g_strconcat(TEMPLATES, name, NULL);
        if (!check_file_name(paths->pdata[i], error) ||
            !put_own(skin, config, paths->pdata[i], path, error))
            return false;
    }
    return check_all_names(skin, error) && check_calls(skin, config, error);
}

static bool
put_theme(struct skin *skin, const struct config *config, GError **error)
{
    if (config->theme == NULL)
        return true;
    g_autoptr(GPtrArray) paths = list_folder(config, "theme", config->theme, "", error);
    if (paths == NULL)
        return false;
    size_t folder = strlen(config->theme);
    for (guint i = 0; i < paths->len; i++) {
        const char *name = (const char *)paths->pdata[i] + folder;
        g_autofree char *path = g_strconcat(SKIN_ASSETS, name + strspn(name, "/"), NULL);
        if (g_str_has_prefix(path, SEARCH_PARTS))
            return failure_set(error, FAILURE_USAGE,
                               "%s: files with this name hold the index of the search. Rename it.",
                               (const char *)paths->pdata[i]);
        if (!put_own(skin, config, paths->pdata[i], path, error))
            return false;
    }
    const struct skin_file *overlay = skin_find(skin, OVERLAY);
    skin->overlay = overlay == NULL ? NULL : overlay->path;
    return true;
}

/* That it is a picture, config/ has seen. */
static bool
put_logo(struct skin *skin, const struct config *config, GError **error)
{
    if (config->logo == NULL)
        return true;
    skin->logo = arena_printf(skin->arena, SKIN_ASSETS "logo%s", strrchr(config->logo, '.'));
    return put_own(skin, config, config->logo, skin->logo, error);
}

/* Of everything that shapes a page or an asset: what another program made is made again. */
static char *
checksum(const struct skin *skin)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *program = program_build_id();
    g_checksum_update(sum, (const guchar *)program, -1);
    for (guint i = 0; i < skin->files->len; i++) {
        const struct skin_file *file = &g_array_index(skin->files, struct skin_file, i);
        g_checksum_update(sum, (const guchar *)file->path, (gssize)strlen(file->path) + 1);
        g_checksum_update(sum, (const guchar *)file->text, (gssize)file->length);
    }
    char *key = g_strdup(g_checksum_get_string(sum));
    g_checksum_free(sum);
    return key;
}

struct skin *
skin_read(const struct config *config, GError **error)
{
    struct skin *skin = g_new0(struct skin, 1);
    skin->arena = arena_new();
    skin->files = g_array_new(FALSE, FALSE, sizeof(struct skin_file));
    put_embedded(skin);
    if (!put_templates(skin, config, error) || !put_theme(skin, config, error) ||
        !put_logo(skin, config, error)) {
        skin_free(skin);
        return NULL;
    }
    skin->key = checksum(skin);
    return skin;
}

void
skin_free(struct skin *skin)
{
    if (skin == NULL)
        return;
    g_array_unref(skin->files);
    arena_free(skin->arena);
    g_free(skin->key);
    g_free(skin);
}
