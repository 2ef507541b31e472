/* drift.c - is the database what its migrations say? */
#include "commands/drift.h"

#include "base/progress.h"
#include "catalog/alike.h"
#include "catalog/compare.h"
#include "commands/message.h"
#include "commands/scope.h"
#include "model/applied.h"

static bool
is_applied(const struct migrations_wish *wish, const struct migrations *line,
           const struct migration *migration)
{
    const struct applied *applied = wish->data;
    return applied_history(applied, line) != NULL &&
           (migration->kind == MIGRATION_DUMP || applied_has(applied, migration));
}

/* Those of all lines that the database keeps. */
static bool
take_all(struct arena *arena, const struct catalog *catalog, const struct migrations *all,
         struct migrations *taken)
{
    struct applied *applied = applied_new(catalog, all);
    const struct migrations_wish wish = {is_applied, applied};
    bool any = migrations_choose(arena, all, &wish, taken);
    applied_free(applied);
    return any;
}

/* Where a tool keeps its history is the tool's. */
static bool
is_of_history(const struct catalog *catalog, const struct object *object)
{
    const struct object *outer = object;
    while (outer->parent != NULL && outer->parent->parent != NULL)
        outer = outer->parent;
    if (outer->kind == &kind_history)
        return true;
    for (size_t i = 0; i < catalog->histories.count; i++)
        if (outer->kind == &kind_table &&
            g_str_equal(catalog->histories.items[i].object.path, outer->path))
            return true;
    return false;
}

static void
drop_histories(GPtrArray *changes, const struct catalog *made, const struct catalog *there)
{
    for (guint i = changes->len; i-- > 0;) {
        const struct change *change = changes->pdata[i];
        const struct object *object = change_object(change);
        if (is_of_history(made, object) || is_of_history(there, object) || object->parent == NULL)
            g_ptr_array_remove_index(changes, i);
    }
}

void
drift_compare(struct drift_reading *drift, const struct catalog *made, const struct catalog *there)
{
    g_clear_pointer(&drift->changes, g_ptr_array_unref);
    drift->changes = catalog_compare(made, there);
    drop_histories(drift->changes, made, there);
    drift->drift.changes = drift->changes;
    drift->known = true;
}

bool
drift_read(const struct reading *reading, const struct database *database,
           const struct migrations *migrations, struct drift_reading *drift, GError **error)
{
    struct migrations taken;
    GError *problem = NULL;
    const struct catalog *there = database->catalog;
    if (!take_all(reading->arena, there, migrations, &taken))
        return true;
    /* On its own major version, unless dbdoc.yml says another. */
    struct config config = *reading->config;
    int64_t major = there->postgresql;
    if (config.rehearsal.major == 0 && major != NUMBER_UNKNOWN)
        config.rehearsal.major = (unsigned)major;
    progress_step("Running the applied migrations");
    g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func(g_free);
    drift->made = source_of_migrations(&config, &taken, reading->visit, left_out, &problem);
    progress_clear();
    if (drift->made == NULL)
        return message_failure_only(
            problem,
            "whether the database is what its migrations say is not known: they do not run", error);
    drift->drift.partly = left_out->len > 0;
    scope_narrow(reading->config, drift->made);
    database_fold_as(drift->made, database);
    drift_compare(drift, drift->made->catalog, there);
    return true;
}

void
drift_clear(struct drift_reading *drift)
{
    g_clear_pointer(&drift->changes, g_ptr_array_unref);
    g_clear_pointer(&drift->made, database_free);
}
