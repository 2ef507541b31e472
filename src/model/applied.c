/* applied.c - the rows of each history, by what its tool calls the migrations of its line. */
#include "model/applied.h"

#include "base/text.h"

struct applied {
    GHashTable *histories; /* struct migrations, a line → struct history */
    GHashTable *rows;      /* struct migration, each that the database has → struct applied_row */
    GHashTable *files;     /* char *: what the tools call the migrations of all lines */
};

/* Tools differ in the zeros before a number, which is one number. */
static const char *
without_zeros(const char *number)
{
    while (number[0] == '0' && number[1] != '\0')
        number++;
    return number;
}

static const char *
name_of(const struct migration *migration)
{
    return without_zeros(migration->recorded != NULL ? migration->recorded : migration->version);
}

/* Name → its rows (size_t), the oldest first. Free with g_hash_table_unref. */
static GHashTable *
rows_by_name(const struct history *history)
{
    GHashTable *rows = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                             (GDestroyNotify)g_array_unref);
    for (size_t i = 0; i < history->versions.count; i++) {
        const char *name = without_zeros(history->versions.items[i]);
        GArray *own = g_hash_table_lookup(rows, name);
        if (own == NULL) {
            own = g_array_new(FALSE, FALSE, sizeof(size_t));
            g_hash_table_insert(rows, (gpointer)(guintptr)name, own);
        }
        g_array_append_val(own, i);
    }
    return rows;
}

/* A team may give the table another name than the files tell of. */
static bool
is_named(const struct history *history, const struct migrations *line)
{
    return text_equal(history->name, line->history) ||
           text_equal(history->object.path, line->history);
}

/* A table with versions alone tells no tool. */
static bool
fits(const struct history *history, const struct migrations *line)
{
    return text_equal(history->tool, line->format) ||
           (text_equal(history->tool, history->name) && text_equal(history->name, line->history));
}

static bool
holds_any(GHashTable *rows, const struct migrations *line)
{
    for (size_t i = 0; i < line->count; i++)
        if (g_hash_table_contains(rows, name_of(&line->items[i])))
            return true;
    return false;
}

static const char *
cell(const struct names *column, size_t row)
{
    return row < column->count && *column->items[row] != '\0' ? column->items[row] : NULL;
}

static void
add(struct applied *applied, const struct migration *migration, const char *at,
    const char *checksum)
{
    struct applied_row *row = g_new(struct applied_row, 1);
    *row = (struct applied_row){at, checksum};
    g_hash_table_insert(applied->rows, (gpointer)(guintptr)migration, row);
}

/* Migrations of one name have its rows in their order, as Sqitch's changes that were reworked; the
 * last one has what is left, as where a tool ran it more than once. */
static void
add_held(struct applied *applied, const struct history *history, GHashTable *rows,
         const struct migrations *line)
{
    g_autoptr(GHashTable) last = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < line->count; i++)
        g_hash_table_insert(last, (gpointer)(guintptr)name_of(&line->items[i]),
                            (gpointer)(guintptr)&line->items[i]);
    for (size_t i = 0; i < line->count; i++) {
        const struct migration *migration = &line->items[i];
        const char *name = name_of(migration);
        const GArray *own = g_hash_table_lookup(rows, name);
        const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(seen, name));
        if (own == NULL || place >= own->len)
            continue;
        bool is_last = g_hash_table_lookup(last, name) == migration;
        const size_t row = g_array_index(own, size_t, is_last ? own->len - 1 : place);
        add(applied, migration, cell(&history->applied_at, row), cell(&history->checksums, row));
        g_hash_table_insert(seen, (gpointer)(guintptr)name, GUINT_TO_POINTER(place + 1));
    }
}

/* Where a tool keeps the newest version alone, whatever comes before it is applied as well. */
static void
add_before_newest(struct applied *applied, const struct migrations *line)
{
    bool before = false;
    for (size_t i = line->count; i-- > 0;) {
        if (before)
            add(applied, &line->items[i], NULL, NULL);
        before = before || applied_has(applied, &line->items[i]);
    }
}

/* Whether the line is kept in that history. */
static bool
add_from(struct applied *applied, const struct history *history, const struct migrations *line)
{
    if (history->readable != YES || !fits(history, line))
        return false;
    g_autoptr(GHashTable) rows = rows_by_name(history);
    if (!holds_any(rows, line))
        return false;
    g_hash_table_insert(applied->histories, (gpointer)(guintptr)line, (gpointer)(guintptr)history);
    add_held(applied, history, rows, line);
    if (line->newest_alone)
        add_before_newest(applied, line);
    return true;
}

/* The table of the line's own name comes before others of its tool, as of a second repository. */
static void
add_line(struct applied *applied, const struct catalog *catalog, const struct migrations *line)
{
    for (size_t i = 0; i < line->count; i++)
        g_hash_table_add(applied->files, (gpointer)(guintptr)name_of(&line->items[i]));
    for (int named = 1; named >= 0; named--)
        for (size_t i = 0; i < catalog->histories.count; i++) {
            const struct history *history = &catalog->histories.items[i];
            if (is_named(history, line) == named && add_from(applied, history, line))
                return;
        }
}

struct applied *
applied_new(const struct catalog *catalog, const struct migrations *migrations)
{
    struct applied *applied = g_new(struct applied, 1);
    applied->histories = g_hash_table_new(NULL, NULL);
    applied->rows = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    applied->files = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; migrations != NULL && i < migrations_line_count(migrations); i++)
        add_line(applied, catalog, migrations_line(migrations, i));
    return applied;
}

void
applied_free(struct applied *applied)
{
    g_hash_table_unref(applied->histories);
    g_hash_table_unref(applied->rows);
    g_hash_table_unref(applied->files);
    g_free(applied);
}

const struct history *
applied_history(const struct applied *applied, const struct migrations *line)
{
    return g_hash_table_lookup(applied->histories, line);
}

bool
applied_has(const struct applied *applied, const struct migration *migration)
{
    return g_hash_table_contains(applied->rows, migration);
}

bool
applied_has_file(const struct applied *applied, const char *version)
{
    return g_hash_table_contains(applied->files, without_zeros(version));
}

struct applied_row
applied_row(const struct applied *applied, const struct migration *migration)
{
    const struct applied_row *row = g_hash_table_lookup(applied->rows, migration);
    return row != NULL ? *row : (struct applied_row){NULL, NULL};
}
