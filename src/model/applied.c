/* applied.c - versions of the history against those of the files. */
#include "model/applied.h"

#include "base/text.h"

#include <string.h>

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

static const char *
without_zeros(const char *number)
{
    while (number[0] == '0' && number[1] != '\0')
        number++;
    return number;
}

/* By version (of which tools keep the number), by name, or by the name of the file: tools differ.
 */
bool
applied_is(const char *version, const struct migration *migration)
{
    const char *slash = strrchr(migration->file, '/');
    return g_str_equal(without_zeros(version), without_zeros(migration->version)) ||
           g_str_equal(version, migration->name) ||
           g_str_equal(version, slash != NULL ? slash + 1 : migration->file);
}

/* The newest row of the migration; the number of rows when there is none. */
static size_t
find_row(const struct history *history, const struct migration *migration)
{
    for (size_t i = history->versions.count; i-- > 0;)
        if (applied_is(history->versions.items[i], migration))
            return i;
    return history->versions.count;
}

static bool
is_held(const struct history *history, const struct migration *migration)
{
    return find_row(history, migration) < history->versions.count;
}

/* A table with versions alone tells no tool. */
static bool
fits(const struct history *history, const struct migrations *line)
{
    return text_equal(history->tool, line->format) ||
           (text_equal(history->tool, history->name) && text_equal(history->name, line->history));
}

const struct history *
applied_history(const struct catalog *catalog, const struct migrations *line)
{
    for (size_t i = 0; i < catalog->histories.count; i++) {
        const struct history *history = &catalog->histories.items[i];
        if (history->readable != YES || !fits(history, line))
            continue;
        for (size_t j = 0; j < line->count; j++)
            if (is_held(history, &line->items[j]))
                return history;
    }
    return NULL;
}

static void
apply_history(GHashTable *applied, const struct history *history, const struct migrations *line)
{
    bool before = false; /* whether what stands before is applied too */
    for (size_t i = line->count; i-- > 0;) {
        const struct migration *migration = &line->items[i];
        bool held = before || is_held(history, migration);
        if (held)
            g_hash_table_add(applied, (gpointer)(guintptr)migration);
        before = held && keeps_newest_alone(history->tool);
    }
}

GHashTable *
applied_new(const struct catalog *catalog, const struct migrations *migrations)
{
    GHashTable *applied = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < migrations_line_count(migrations); i++) {
        const struct migrations *line = migrations_line(migrations, i);
        const struct history *history = applied_history(catalog, line);
        if (history != NULL)
            apply_history(applied, history, line);
    }
    return applied;
}

static const char *
cell(const struct names *column, size_t row)
{
    return row < column->count && *column->items[row] != '\0' ? column->items[row] : NULL;
}

struct applied_row
applied_row(const struct history *history, const struct migration *migration)
{
    size_t row = find_row(history, migration);
    return (struct applied_row){cell(&history->applied_at, row), cell(&history->checksums, row)};
}
