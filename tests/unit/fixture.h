/* fixture.h - small databases for unit tests, written as snapshots with ' for ". */
#ifndef DBDOC_FIXTURE_H
#define DBDOC_FIXTURE_H

#include "catalog/catalog.h"
#include "catalog/snapshot.h"

#include <glib.h>

#define SNAPSHOT_HEAD     "'dbdoc':'snapshot','format':'1.3'"
#define OBSERVATIONS_HEAD "'dbdoc':'observations','format':'1.0'"

/* Finished unless observations are to follow. */
static inline struct database *
fixture_read(const char *catalog, const char *observations)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    GError *error = NULL;
    struct database *database = database_new();
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "{" SNAPSHOT_HEAD ",%s}", catalog);
    g_string_replace(text, "'", "\"", 0);
    snapshot_read(database, "fixture.json", text, warnings, &error);
    g_assert_no_error(error);
    if (observations != NULL) {
        g_string_printf(text, "{" OBSERVATIONS_HEAD ",%s}", observations);
        g_string_replace(text, "'", "\"", 0);
        observations_read(database, "observations.json", text, warnings, &error);
        g_assert_no_error(error);
    }
    g_assert_cmpuint(warnings->len, ==, 0);
    database_finish(database);
    return database;
}

#endif
