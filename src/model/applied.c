/* applied.c - versions of the history against those of the files. */
#include "model/applied.h"

#include "base/text.h"

/* Tools that keep the newest version alone: whatever comes before it is applied as well. */
static bool
keeps_newest_alone(const char *tool)
{
    static const char *const tools[] = {"golang-migrate", "tern"};
    for (size_t i = 0; i < G_N_ELEMENTS(tools); i++)
        if (text_equal(tool, tools[i]))
            return true;
    return false;
}

/* By version, by name, or by the name of the file: tools differ. */
static bool
is_held(const struct names *versions, const struct migration *migration)
{
    g_autofree char *file = g_path_get_basename(migration->file);
    for (size_t i = 0; i < versions->count; i++)
        if (text_equal(versions->items[i], migration->version) ||
            text_equal(versions->items[i], migration->name) || text_equal(versions->items[i], file))
            return true;
    return false;
}

static void
apply_history(GHashTable *applied, const struct history *history,
              const struct migrations *migrations)
{
    bool before = false; /* whether what stands before is applied too */
    for (size_t i = migrations->count; i-- > 0;) {
        const struct migration *migration = &migrations->items[i];
        bool held = before || is_held(&history->versions, migration);
        if (held)
            g_hash_table_add(applied, (gpointer)(guintptr)migration);
        before = held && keeps_newest_alone(history->tool);
    }
}

GHashTable *
applied_new(const struct catalog *catalog, const struct migrations *migrations)
{
    GHashTable *applied = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < catalog->histories.count; i++)
        apply_history(applied, &catalog->histories.items[i], migrations);
    return applied;
}
