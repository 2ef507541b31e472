/* observed.c - of several observations the newest one of a primary tells what is now, and the
 * others what was before and elsewhere. */
#include "source/observed.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"
#include "catalog/snapshot.h"

#include <string.h>

#define ENDING ".json"

/* A file or a folder on the way into a database. */
struct observed {
    const char *root; /* NULL: the path is as typed */
    const char *path;
    struct database *database;
    GPtrArray *warnings;
    GArray *found; /* struct observations */
};

/* Free with g_free. */
static char *
place_of(const char *root, const char *path)
{
    return root == NULL ? g_strdup(path) : g_build_filename(root, path, NULL);
}

bool
observed_is_folder(const char *root, const char *path)
{
    g_autofree char *place = place_of(root, path);
    return g_file_test(place, G_FILE_TEST_IS_DIR);
}

static bool
read_text(const struct observed *observed, const char *path, GString **text, GError **error)
{
    return observed->root == NULL
               ? file_read(path, SNAPSHOT_LIMIT, text, error)
               : file_read_below(observed->root, path, SNAPSHOT_LIMIT, text, error);
}

static bool
read_file(const struct observed *observed, const char *path, GError **error)
{
    g_autoptr(GString) text = NULL;
    if (!read_text(observed, path, &text, error))
        return false;
    struct database *database = observed->database;
    if (!observations_read(database, path, text, observed->warnings, error))
        return false;
    g_array_append_val(observed->found, *database->observations);
    return true;
}

static void
warn_of_links(const struct observed *observed, const GPtrArray *links)
{
    for (guint i = 0; i < links->len; i++)
        g_ptr_array_add(observed->warnings,
                        g_strdup_printf("%s/%s is a symbolic link and was left out.",
                                        observed->path, (const char *)links->pdata[i]));
}

static bool
read_folder(const struct observed *observed, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *place = place_of(observed->root, observed->path);
    if (!files_below(place, "", ENDING, LIST_DIRECTORY, files, links, error))
        return false;
    warn_of_links(observed, links);
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *path = g_build_filename(observed->path, files->pdata[i], NULL);
        if (!read_file(observed, path, error))
            return false;
    }
    return true;
}

/* By the time; the node settles what was seen in the same second. */
static gint
compare_moments(gconstpointer a, gconstpointer b)
{
    const struct observations *x = a;
    const struct observations *y = b;
    int order = g_strcmp0(x->taken_at, y->taken_at);
    return order != 0 ? order : g_strcmp0(x->counters_era, y->counters_era);
}

/* The newest of a primary, else the newest. */
static guint
find_present(const GArray *found)
{
    for (guint i = found->len; i > 0; i--)
        if (text_equal(g_array_index(found, struct observations, i - 1).node, "primary"))
            return i - 1;
    return found->len - 1;
}

/* `present` is the live server's; NULL: one of the files is. */
static void
settle(const struct observed *observed, struct observations *present)
{
    struct database *database = observed->database;
    GArray *found = observed->found;
    database->observations = present;
    if (found->len == 0)
        return;
    g_array_sort(found, compare_moments);
    if (present == NULL) {
        guint newest = find_present(found);
        database->observations = arena_alloc(database->arena, sizeof *present);
        *database->observations = g_array_index(found, struct observations, newest);
        g_array_remove_index(found, newest);
    }
    database->series.count = found->len;
    database->series.items = arena_keep(database->arena, found);
    database_finish(database);
}

static bool
check_found(const struct observed *observed, const struct observations *present, GError **error)
{
    return observed->found->len > 0 || present != NULL ||
           failure_set(error, FAILURE_USAGE,
                       "%s holds no observations. Write them: dbdoc snapshot --observations %s/ "
                       "-o snapshot.json",
                       observed->path, observed->path);
}

static bool
read_path(struct observed *observed, enum truth live, GError **error)
{
    struct observations *present = live == YES ? observed->database->observations : NULL;
    bool is_folder = observed_is_folder(observed->root, observed->path);
    if (live == YES && !is_folder)
        return true;
    observed->found = g_array_new(FALSE, FALSE, sizeof(struct observations));
    bool done = (is_folder ? read_folder(observed, error)
                           : read_file(observed, observed->path, error)) &&
                check_found(observed, present, error);
    settle(observed, present);
    g_array_unref(observed->found);
    return done;
}

bool
observed_read(const struct source_request *request, struct database *database, enum truth live,
              GPtrArray *warnings, GError **error)
{
    const char *typed = request->observations;
    struct observed observed = {
        .root = typed != NULL ? NULL : request->config->root,
        .path = typed != NULL ? typed : request->config->observations,
        .database = database,
        .warnings = warnings,
    };
    if (observed.path == NULL || read_path(&observed, live, error))
        return true;
    return typed != NULL ? false
                         : failure_prefix(error, "%s, observations: ", request->config->file);
}
