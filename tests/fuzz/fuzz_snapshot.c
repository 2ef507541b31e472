/* fuzz_snapshot.c - snapshots and observations that somebody else wrote. What can be read is
 * written and read again without a difference. */
#include "catalog/compare.h"
#include "catalog/snapshot.h"
#include "input.h"

#include <glib.h>
#include <stdbool.h>

typedef bool (*reader)(struct database *database, const char *name, const GString *text,
                       GPtrArray *warnings, GError **error);

/* NULL when the text is refused. */
static struct database *
read_text(reader read, const GString *text)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    struct database *database = database_new();
    bool done = read(database, "snapshot.json", text, warnings, &error);
    g_assert(done == (error == NULL));
    if (done) {
        database_finish(database);
        return database;
    }
    database_free(database);
    return NULL;
}

static void
check_snapshot(const GString *text)
{
    struct database *database = read_text(snapshot_read, text);
    if (database == NULL)
        return;
    g_autoptr(GString) written = snapshot_write(database->catalog);
    struct database *again = read_text(snapshot_read, written);
    g_assert_nonnull(again);
    g_autoptr(GString) rewritten = snapshot_write(again->catalog);
    g_assert_cmpstr(written->str, ==, rewritten->str);
    g_autoptr(GPtrArray) changes = catalog_compare(database->catalog, again->catalog);
    g_assert_cmpuint(changes->len, ==, 0);
    database_free(again);
    database_free(database);
}

static void
check_observations(const GString *text)
{
    struct database *database = read_text(observations_read, text);
    if (database == NULL)
        return;
    g_autoptr(GString) written = observations_write(database->observations);
    struct database *again = read_text(observations_read, written);
    g_assert_nonnull(again);
    g_autoptr(GString) rewritten = observations_write(again->observations);
    g_assert_cmpstr(written->str, ==, rewritten->str);
    database_free(again);
    database_free(database);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autoptr(GString) text = g_string_new_len((const char *)data, (gssize)size);
    check_snapshot(text);
    check_observations(text);
    return 0;
}
