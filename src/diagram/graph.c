/* graph.c - which tables and columns a picture shows, and which lines.
 * A neighbour shows the columns that lines touch, the table in the middle its primary key as well.
 */
#include "diagram/graph.h"

#include "diagram/diagram.h"

static struct box *
box_find(const struct picture *picture, const struct table *table, enum standing standing)
{
    for (size_t i = 0; i < picture->box_count; i++)
        if (picture->boxes[i]->table == table && picture->boxes[i]->standing == standing)
            return picture->boxes[i];
    return NULL;
}

static unsigned
number_of(const struct picture *picture, const struct table *table)
{
    unsigned fresh = 0;
    for (size_t i = 0; i < picture->box_count; i++) {
        if (picture->boxes[i]->table == table)
            return picture->boxes[i]->number;
        fresh = MAX(fresh, picture->boxes[i]->number + 1);
    }
    return fresh;
}

static struct box *
box_add(struct picture *picture, const struct table *table, enum standing standing)
{
    struct box *box = arena_alloc(picture->arena, sizeof *box);
    box->table = table;
    box->standing = standing;
    box->number = number_of(picture, table);
    picture->boxes[picture->box_count++] = box;
    return box;
}

static size_t
count_standing(const struct picture *picture, enum standing standing)
{
    size_t count = 0;
    for (size_t i = 0; i < picture->box_count; i++)
        count += picture->boxes[i]->standing == standing;
    return count;
}

/* The neighbour's box, NULL when its side is full. */
static struct box *
neighbour_box(struct picture *picture, const struct table *table, enum standing standing)
{
    struct box *box = box_find(picture, table, standing);
    if (box == NULL && count_standing(picture, standing) < NEIGHBOURS_SHOWN)
        box = box_add(picture, table, standing);
    return box;
}

static void
line_add(struct picture *picture, const struct diagram_edge *edge, struct box *child,
         struct box *parent)
{
    picture->lines[picture->line_count++] = (struct line){
        .foreign_key = edge->foreign_key,
        .optional = edge->optional,
        .unique = edge->unique,
        .child.box = child,
        .parent.box = parent,
    };
}

/* One box for all tables that found the side full. */
static void
rest_add(struct picture *picture, GHashTable *rest, enum standing standing)
{
    if (g_hash_table_size(rest) > 0)
        box_add(picture, NULL, standing)->more = g_hash_table_size(rest);
}

static void
add_boxes_and_lines(struct picture *picture, const GArray *edges)
{
    g_autoptr(GHashTable) left_over = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) right_over = g_hash_table_new(NULL, NULL);
    struct box *middle = box_add(picture, picture->focus, STANDS_MIDDLE);
    for (guint i = 0; i < edges->len; i++) {
        const struct diagram_edge *edge = &g_array_index(edges, struct diagram_edge, i);
        bool needs = edge->child == picture->focus;
        const struct table *table = needs ? edge->parent : edge->child;
        struct box *box = middle;
        if (table != picture->focus)
            box = neighbour_box(picture, table, needs ? STANDS_LEFT : STANDS_RIGHT);
        if (box == NULL)
            g_hash_table_add(needs ? left_over : right_over, (gpointer)(guintptr)table);
        else
            line_add(picture, edge, needs ? middle : box, needs ? box : middle);
    }
    rest_add(picture, left_over, STANDS_LEFT);
    rest_add(picture, right_over, STANDS_RIGHT);
}

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
add_line_columns(const struct picture *picture, const struct box *box, GHashTable *shown,
                 GHashTable *foreign)
{
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        if (line->child.box == box) {
            names_into_set(shown, &line->foreign_key->columns);
            names_into_set(foreign, &line->foreign_key->columns);
        }
        if (line->parent.box == box)
            names_into_set(shown, &line->foreign_key->referenced_columns);
    }
}

static void
add_rows(const struct picture *picture, struct box *box)
{
    g_autoptr(GHashTable) shown = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) primary = columns_of(box->table, CONSTRAINT_PRIMARY_KEY);
    g_autoptr(GHashTable) foreign = columns_of(box->table, CONSTRAINT_FOREIGN_KEY);
    add_line_columns(picture, box, shown, foreign);
    const struct column_list *columns = &box->table->columns;
    box->rows = arena_array(picture->arena, columns->count, sizeof *box->rows);
    for (size_t i = 0; i < columns->count; i++) {
        const char *name = columns->items[i].name;
        bool is_primary = g_hash_table_contains(primary, name);
        if (!g_hash_table_contains(shown, name) && !(is_primary && box->standing == STANDS_MIDDLE))
            continue;
        struct row *row = &box->rows[box->row_count++];
        row->name = name;
        row->number = i;
        row->type = columns->items[i].type;
        if (is_primary)
            row->mark = MARK_PRIMARY_KEY;
        else if (g_hash_table_contains(foreign, name))
            row->mark = MARK_FOREIGN_KEY;
    }
    if (box->standing == STANDS_MIDDLE)
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
    for (size_t i = 0; i < box->row_count; i++)
        if (g_str_equal(box->rows[i].name, name))
            return i;
    g_assert_not_reached(); /* every column of a line has its row: add_line_columns */
}

/* A composite key runs between one pair of its columns: the pair that has the fewest other foreign
 * keys (where tenant_id is in all of them, user_id says more), of these the first. A loop needs two
 * rows. */
static void
choose_rows(struct line *line)
{
    const struct names *columns = &line->foreign_key->columns;
    const struct names *referenced = &line->foreign_key->referenced_columns;
    bool loop = line->child.box == line->parent.box;
    size_t best = columns->count;
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

struct picture *
graph_neighbourhood(const struct model *model, const struct table *table, struct arena *arena)
{
    struct picture *picture = arena_alloc(arena, sizeof *picture);
    picture->arena = arena;
    picture->focus = table_root(table);
    g_autoptr(GArray) edges = diagram_edges(model, table);
    if (edges->len == 0)
        return picture;
    picture->boxes = arena_array(arena, 2 * (NEIGHBOURS_SHOWN + 1) + 1, sizeof *picture->boxes);
    picture->lines = arena_array(arena, edges->len, sizeof *picture->lines);
    add_boxes_and_lines(picture, edges);
    int ports = 0;
    for (size_t i = 0; i < picture->box_count; i++) {
        if (picture->boxes[i]->table != NULL)
            add_rows(picture, picture->boxes[i]);
        picture->boxes[i]->ports = ports;
        ports += (int)picture->boxes[i]->row_count;
    }
    for (size_t i = 0; i < picture->line_count; i++)
        choose_rows(&picture->lines[i]);
    return picture;
}
