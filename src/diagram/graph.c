/* graph.c - which tables and columns a picture shows, and which lines.
 * A neighbour shows the columns that lines touch, the table in the middle its primary key as well.
 */
#include "diagram/graph.h"

#include "diagram/diagram.h"
#include "diagram/rows.h"

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
    box->object = table == NULL ? NULL : &table->object;
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
        .count = 1,
        .child.box = child,
        .parent.box = parent,
    };
}

/* One box for all tables that found the side full. */
static void
rest_add(struct picture *picture, GHashTable *rest, enum standing standing)
{
    if (g_hash_table_size(rest) == 0)
        return;
    struct box *box = box_add(picture, NULL, standing);
    box->more = g_hash_table_size(rest);
    box->rest_href = standing == STANDS_LEFT ? "#columns" : "#referenced-by";
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

struct picture *
graph_neighbourhood(const struct model *model, const struct table *table, struct arena *arena)
{
    struct picture *picture = arena_alloc(arena, sizeof *picture);
    picture->arena = arena;
    picture->focus = table_root(table);
    picture->id = "neighbours";
    picture->title = arena_printf(arena, "%s and the tables next to it",
                                  picture->focus->object.path);
    g_autoptr(GArray) edges = diagram_edges(model, table);
    if (edges->len == 0)
        return picture;
    picture->boxes = arena_array(arena, 2 * (NEIGHBOURS_SHOWN + 1) + 1, sizeof *picture->boxes);
    picture->lines = arena_array(arena, edges->len, sizeof *picture->lines);
    add_boxes_and_lines(picture, edges);
    for (size_t i = 0; i < picture->box_count; i++) {
        struct box *box = picture->boxes[i];
        if (box->table != NULL)
            rows_add(picture, box,
                     box->standing == STANDS_MIDDLE ? COLUMNS_OF_PRIMARY_KEY : COLUMNS_OF_LINES,
                     SIZE_MAX);
    }
    picture_number_ports(picture);
    for (size_t i = 0; i < picture->line_count; i++)
        rows_choose(&picture->lines[i]);
    return picture;
}
