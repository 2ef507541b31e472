/* changes.c - tables that change, as a map of their own: the same boxes and lines, with signs. */
#include "diagram/diagram.h"

#include "diagram/edges.h"
#include "diagram/ends.h"
#include "diagram/lanes.h"
#include "diagram/map_graph.h"
#include "diagram/map_place.h"
#include "diagram/rows.h"
#include "diagram/svg.h"

enum {
    TABLES_MOST = 24,
    ROWS_MOST = 24, /* of a box */
};

static void
gather_parents(const struct model *model, const struct table *table, GPtrArray *all)
{
    g_autoptr(GArray) edges = edges_needed(model, table);
    for (guint i = 0; i < edges->len; i++) {
        const struct table *parent = g_array_index(edges, struct diagram_edge, i).parent;
        if (!g_ptr_array_find(all, parent, NULL))
            g_ptr_array_add(all, (gpointer)(guintptr)parent);
    }
}

/* The tables of the picture, each once. */
static GPtrArray *
gather_tables(const struct model *model, const struct diagram_table *tables, size_t count)
{
    GPtrArray *all = g_ptr_array_new();
    for (size_t i = 0; i < count; i++)
        g_ptr_array_add(all, (gpointer)(guintptr)tables[i].table);
    for (size_t i = 0; i < count; i++)
        if (tables[i].drawn == DRAWN_ADDED)
            gather_parents(model, tables[i].table, all);
    return all;
}

static const struct diagram_table *
find_table(const struct diagram_table *tables, size_t count, const struct table *table)
{
    for (size_t i = 0; i < count; i++)
        if (tables[i].table == table)
            return &tables[i];
    return NULL;
}

/* ---- rows ---- */

static struct row *
find_row(const struct box *box, const char *name)
{
    for (size_t i = 0; i < box->row_count; i++)
        if (g_str_equal(box->rows[i].name, name))
            return &box->rows[i];
    return NULL;
}

/* A row that changes gets its sign; one that is not shown comes behind the others. */
static void
sign_row(struct box *box, const struct diagram_row *given, size_t number)
{
    struct row *row = find_row(box, given->name);
    if (row == NULL && box->row_count >= ROWS_MOST) {
        box->more++;
        return;
    }
    if (row == NULL) {
        row = &box->rows[box->row_count++];
        row->name = given->name;
        row->number = number;
    }
    row->type = given->type;
    row->drawn = given->drawn;
}

static void
sign_rows(const struct picture *picture, struct box *box, const struct diagram_table *changed)
{
    struct row *rows = arena_array(picture->arena, box->row_count + changed->row_count,
                                   sizeof *rows);
    for (size_t i = 0; i < box->row_count; i++)
        rows[i] = box->rows[i];
    box->rows = rows;
    for (size_t i = 0; i < changed->row_count; i++)
        sign_row(box, &changed->rows[i], changed->table->columns.count + i);
}

static void
fill_box(const struct picture *picture, struct box *box, const struct diagram_table *changed)
{
    bool whole = changed != NULL && changed->drawn == DRAWN_ADDED;
    box->rows = NULL;
    box->row_count = 0;
    box->more = 0;
    rows_add(picture, box, whole ? COLUMNS_ALL : COLUMNS_OF_LINES, ROWS_MOST);
    if (changed == NULL)
        return;
    box->drawn = changed->drawn;
    for (size_t i = 0; whole && i < box->row_count; i++)
        box->rows[i].drawn = DRAWN_ADDED;
    sign_rows(picture, box, changed);
}

/* A line is new when its table or its column is. */
static enum drawn_as
drawn_of(const struct line *line)
{
    if (line->child.box->drawn == DRAWN_ADDED || line->child.box->drawn == DRAWN_REMOVED)
        return line->child.box->drawn;
    const struct row *row = find_row(line->child.box, line->foreign_key->columns.items[0]);
    return row != NULL && row->drawn != DRAWN_CHANGED ? row->drawn : DRAWN_SAME;
}

static struct picture *
draw(const struct subject *subject, const struct diagram_table *tables, size_t count,
     struct arena *arena)
{
    struct picture *picture = map_graph(subject, DETAIL_KEYS, arena);
    picture->id = "changes";
    picture->title = "What changes, as a diagram";
    for (size_t i = 0; i < picture->box_count; i++)
        fill_box(picture, picture->boxes[i], find_table(tables, count, picture->boxes[i]->table));
    picture_number_ports(picture);
    for (size_t i = 0; i < picture->line_count; i++) {
        rows_choose(&picture->lines[i]);
        picture->lines[i].drawn = drawn_of(&picture->lines[i]);
    }
    return picture;
}

bool
diagram_changes(const struct model *model, const struct diagram_table *tables, size_t count,
                const struct diagram_site *site, xmlNode *parent)
{
    g_autoptr(GPtrArray) all = gather_tables(model, tables, count);
    if (all->len == 0 || all->len > TABLES_MOST)
        return false;
    const struct area area = {
        .origin = AREA_DATABASE,
        .name = "changes",
        .table_count = all->len,
        .tables = (const struct table *const *)(void *)all->pdata,
    };
    const struct subject subject = {model, &area, TABLES_MOST};
    struct arena *arena = arena_new();
    struct sketch *sketch = sketch_new(map_graph(&subject, DETAIL_NAMES, arena));
    struct picture *picture = draw(&subject, tables, count, arena);
    map_decide(picture, sketch);
    place_map(picture, sketch);
    lanes_route(picture);
    ends_agree(picture);
    svg_append(picture, site, parent);
    arena_free(arena);
    return true;
}
