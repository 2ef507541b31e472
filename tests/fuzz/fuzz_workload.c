/* fuzz_workload.c - logs and exports: whatever they hold, they are read to their end, and what they
 * give is whole. */
#include "input.h"
#include "workload/workload.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *folder;

static void
remove_folder(void)
{
    g_autofree char *path = g_build_filename(folder, "in", NULL);
    g_unlink(path);
    g_rmdir(folder);
    g_free(folder);
}

static bool
holds(const struct workload *workload, const struct query *query)
{
    return query >= workload->queries && query < workload->queries + workload->count;
}

static void
check(const struct workload *workload)
{
    for (size_t i = 0; i < workload->count; i++) {
        const struct query *query = &workload->queries[i];
        g_assert(strlen(query->fingerprint) == 16 && query->name != NULL);
        g_assert((query->text == NULL) == (query->problem != NULL));
        g_assert(query->text == NULL || g_utf8_validate(query->text, -1, NULL));
        g_assert(query->statements.total_ms >= 0 && query->logged.total_ms >= 0);
    }
    for (size_t i = 0; i < workload->repetition_count; i++) {
        const struct repetition *repetition = &workload->repetitions[i];
        g_assert(holds(workload, repetition->query));
        g_assert(repetition->keys <= repetition->counted);
        for (size_t j = 0; j < repetition->before_count; j++)
            g_assert(holds(workload, repetition->before[j]));
    }
    for (size_t i = 0; i < workload->deed_count; i++)
        g_assert(holds(workload, workload->deeds[i].first));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *name = "in";
    const struct names files = {1, &name};
    struct workload workload = {0};
    struct arena *arena = arena_new();
    GError *error = NULL;
    if (folder == NULL) {
        folder = g_dir_make_tmp("dbdoc-fuzz-XXXXXX", NULL);
        g_assert(folder != NULL && atexit(remove_folder) == 0);
    }
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_assert(g_file_set_contents(path, (const char *)data, (gssize)size, NULL));
    g_assert(workload_read_seen(arena, folder, &files, &workload, &error));
    g_assert_no_error(error);
    check(&workload);
    arena_free(arena);
    return 0;
}
