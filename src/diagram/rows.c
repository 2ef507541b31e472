/* rows.c - which columns a box shows, and at which of them lines end. */
#include "diagram/rows.h"

/* The columns that matter for the box, by name. */
struct keys {
    GHashTable *lines; /* at their ends */
    GHashTable *primary;
    GHashTable *foreign;
};

static void
names_into_set(GHashTable *set, const struct names *names)
{
    for (size_t i = 0; i < names->count; i++)
        g_hash_table_add(set, (gpointer)(guintptr)names->items[i]);
}

/* The columns of every constraint of that kind. */
static GHashTable *
columns_of(const struct table *table, enum constraint_kind kind)
{
    GHashTable *set = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == kind)
            names_into_set(set, &table->constraints.items[i].columns);
    return set;
}

/* Columns at the lines' ends, all of a composite key; foreign keys of partitions come in here as
 * well. */
static void
add_line_columns(const struct picture *picture, const struct box *box, struct keys *keys)
{
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        if (line->child.box == box) {
            names_into_set(keys->lines, &line->foreign_key->columns);
            names_into_set(keys->foreign, &line->foreign_key->columns);
        }
        if (line->parent.box == box)
            names_into_set(keys->lines, &line->foreign_key->referenced_columns);
    }
}

static struct keys
keys_of(const struct picture *picture, const struct box *box)
{
    struct keys keys = {g_hash_table_new(g_str_hash, g_str_equal),
                        columns_of(box->table, CONSTRAINT_PRIMARY_KEY),
                        columns_of(box->table, CONSTRAINT_FOREIGN_KEY)};
    add_line_columns(picture, box, &keys);
    return keys;
}

static void
keys_clear(struct keys *keys)
{
    g_hash_table_unref(keys->lines);
    g_hash_table_unref(keys->primary);
    g_hash_table_unref(keys->foreign);
}

/* The first selection of which the column is a part. */
static enum selection
selection_of(const struct keys *keys, const char *column)
{
    if (g_hash_table_contains(keys->lines, column))
        return COLUMNS_OF_LINES;
    if (g_hash_table_contains(keys->primary, column))
        return COLUMNS_OF_PRIMARY_KEY;
    return g_hash_table_contains(keys->foreign, column) ? COLUMNS_OF_KEYS : COLUMNS_ALL;
}

static enum mark
mark_of(const struct keys *keys, const char *column)
{
    if (g_hash_table_contains(keys->primary, column))
        return MARK_PRIMARY_KEY;
    return g_hash_table_contains(keys->foreign, column) ? MARK_FOREIGN_KEY : MARK_NONE;
}

/* How many columns of each selection there is room for. */
static void
share_room(const struct keys *keys, const struct column_list *columns, enum selection selection,
           size_t most, size_t room[COLUMNS_ALL + 1])
{
    for (int i = 0; i <= COLUMNS_ALL; i++)
        room[i] = 0;
    for (size_t i = 0; i < columns->count; i++)
        room[selection_of(keys, columns->items[i].name)]++;
    for (int i = 0; i <= COLUMNS_ALL; i++) {
        room[i] = i <= (int)selection ? MIN(room[i], most) : 0;
        most -= room[i];
    }
}

void
rows_add(const struct picture *picture, struct box *box, enum selection selection, size_t most)
{
    const struct column_list *columns = &box->table->columns;
    size_t room[COLUMNS_ALL + 1];
    struct keys keys = keys_of(picture, box);
    share_room(&keys, columns, selection, most, room);
    box->rows = arena_array(picture->arena, columns->count, sizeof *box->rows);
    for (size_t i = 0; i < columns->count; i++) {
        const char *name = columns->items[i].name;
        size_t *rest = &room[selection_of(&keys, name)];
        if (*rest == 0)
            continue;
        (*rest)--;
        struct row *row = &box->rows[box->row_count++];
        row->name = name;
        row->number = i;
        row->type = columns->items[i].type;
        row->mark = mark_of(&keys, name);
    }
    keys_clear(&keys);
    if (selection != COLUMNS_OF_LINES)
        box->more = columns->count - box->row_count;
}

/* How many foreign keys of the table have the column. */
static size_t
count_users(const struct table *table, const char *column)
{
    size_t users = 0;
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (key->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        for (size_t j = 0; j < key->columns.count; j++)
            users += g_str_equal(key->columns.items[j], column);
    }
    return users;
}

static size_t
row_of(const struct box *box, const char *name)
{
    size_t row = 0;
    while (row < box->row_count && !g_str_equal(box->rows[row].name, name))
        row++;
    return row;
}

/* A composite key runs between one pair of its columns: the pair that has the fewest other foreign
 * keys (where tenant_id is in all of them, user_id says more), of these the first. A loop needs two
 * rows. */
void
rows_choose(struct line *line)
{
    const struct names *columns = &line->foreign_key->columns;
    const struct names *referenced = &line->foreign_key->referenced_columns;
    bool loop = line->child.box == line->parent.box;
    size_t best = 0;
    size_t fewest = SIZE_MAX;
    for (size_t i = 0; i < columns->count; i++) {
        if (loop && g_str_equal(columns->items[i], referenced->items[i]))
            continue;
        size_t users = count_users(line->child.box->table, columns->items[i]) +
                       count_users(line->parent.box->table, referenced->items[i]);
        if (users < fewest) {
            fewest = users;
            best = i;
        }
    }
    line->child.row = row_of(line->child.box, columns->items[best]);
    line->parent.row = row_of(line->parent.box, referenced->items[best]);
}
