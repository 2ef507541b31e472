/* map_graph.c - boxes and lines of a map. */
#include "diagram/map_graph.h"

#include "base/text.h"
#include "diagram/edges.h"
#include "diagram/rows.h"

#include <stdlib.h>

enum {
    KEYS_MOST = 24,        /* rows of a box */
    COLUMNS_MOST = 40,     /* likewise */
    COLUMNS_LEAST = 8,     /* that stay when the rows of all boxes become too many */
    ROWS_MOST = 1200,      /* of all boxes */
    MAIN_TABLES = 6,       /* of an area */
    PART_ROWS_MOST = 40,   /* likewise, when all are asked for */
    PARTS_ROWS_MOST = 600, /* of all areas together */
    LINES_OF_PART = 3,     /* between areas: on average, the strongest ones */
};

static const char *const names[] = {
    [DETAIL_NAMES] = "names", [DETAIL_KEYS] = "keys", [DETAIL_COLUMNS] = "columns"};

static const char *const titles[] = {
    [DETAIL_NAMES] = "names", [DETAIL_KEYS] = "keys", [DETAIL_COLUMNS] = "all columns"};

/* A picture on its way. */
struct draft {
    struct picture *picture;
    const struct subject *subject;
    enum detail detail;
    GHashTable *boxes; /* struct table → struct box; a part's tables all lead to its box */
    GHashTable *pairs; /* the two numbers of boxes → number of the line and one */
    GArray *lines;     /* struct line */
};

bool
subject_shows_parts(const struct subject *subject)
{
    return subject->area->table_count > subject->most && subject->area->part_count > 0;
}

static struct box *
box_add(struct draft *draft, enum form form)
{
    struct picture *picture = draft->picture;
    struct box *box = arena_alloc(picture->arena, sizeof *box);
    box->standing = STANDS_IN_MAP;
    box->form = form;
    box->region = picture->region_count;
    box->number = (unsigned)picture->box_count;
    picture->boxes[picture->box_count++] = box;
    return box;
}

static void
remember_box(const struct draft *draft, const struct table *table, struct box *box)
{
    g_hash_table_insert(draft->boxes, (gpointer)(guintptr)table, box);
}

/* ---- tables ---- */

static void
add_table(struct draft *draft, const struct table *table, size_t region)
{
    struct box *box = box_add(draft, draft->detail == DETAIL_NAMES ? FORM_PLAIN : FORM_ROWS);
    box->object = &table->object;
    box->table = table;
    box->region = region;
    remember_box(draft, table, box);
}

static void
add_tables(struct draft *draft)
{
    const struct area *area = draft->subject->area;
    struct picture *picture = draft->picture;
    picture->boxes = arena_array(picture->arena, area->table_count, sizeof *picture->boxes);
    picture->regions = arena_array(picture->arena, area->part_count, sizeof *picture->regions);
    picture->region_count = area->part_count;
    for (size_t i = 0; i < area->part_count; i++) {
        picture->regions[i].area = area->parts[i];
        for (size_t j = 0; j < area->parts[i]->table_count; j++)
            add_table(draft, area->parts[i]->tables[j], i);
    }
    for (size_t i = 0; i < area->table_count && area->part_count == 0; i++)
        add_table(draft, area->tables[i], 0);
}

/* ---- parts ---- */

static void
add_parts(struct draft *draft)
{
    const struct area *area = draft->subject->area;
    struct picture *picture = draft->picture;
    picture->boxes = arena_array(picture->arena, area->part_count, sizeof *picture->boxes);
    for (size_t i = 0; i < area->part_count; i++) {
        const struct area *part = area->parts[i];
        struct box *box = box_add(draft, FORM_AREA);
        box->area = part;
        box->note = arena_printf(picture->arena, "%zu table%s", part->table_count,
                                 part->table_count == 1 ? "" : "s");
        for (size_t j = 0; j < part->table_count; j++)
            remember_box(draft, part->tables[j], box);
    }
}

/* A table of a part, and how many foreign keys lead to it. */
struct rank {
    const struct table *table;
    size_t number; /* in its part */
    unsigned needed;
};

static int
compare_ranks(const void *first, const void *second)
{
    const struct rank *a = first;
    const struct rank *b = second;
    if (a->needed != b->needed)
        return a->needed > b->needed ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static void
add_main_tables(const struct draft *draft, struct box *box, GHashTable *needed)
{
    const struct area *part = box->area;
    const size_t all = MIN(PART_ROWS_MOST, PARTS_ROWS_MOST / draft->picture->box_count);
    const size_t mosts[] = {
        [DETAIL_NAMES] = 0, [DETAIL_KEYS] = MAIN_TABLES, [DETAIL_COLUMNS] = all};
    size_t most = mosts[draft->detail];
    g_autofree struct rank *ranks = g_new(struct rank, part->table_count);
    for (size_t i = 0; i < part->table_count; i++)
        ranks[i] = (struct rank){part->tables[i], i,
                                 GPOINTER_TO_UINT(g_hash_table_lookup(needed, part->tables[i]))};
    qsort(ranks, part->table_count, sizeof *ranks, compare_ranks);
    box->row_count = MIN(part->table_count, most);
    box->rows = arena_array(draft->picture->arena, box->row_count, sizeof *box->rows);
    for (size_t i = 0; i < box->row_count; i++) {
        box->rows[i].name = ranks[i].table->name;
        box->rows[i].number = ranks[i].number;
    }
    box->more = most == 0 ? 0 : part->table_count - box->row_count;
}

/* ---- lines ---- */

static struct line
line_for(const struct draft *draft, const struct diagram_edge *edge)
{
    return (struct line){
        .foreign_key = edge->foreign_key,
        .optional = edge->optional,
        .unique = edge->unique,
        .count = 1,
        .child.box = g_hash_table_lookup(draft->boxes, edge->child),
        .parent.box = g_hash_table_lookup(draft->boxes, edge->parent),
    };
}

/* One line for all foreign keys from one box to another; none from a box to itself. */
static void
add_pair(struct draft *draft, struct line line)
{
    if (line.child.box == line.parent.box)
        return;
    gint64 key = ((gint64)line.child.box->number << 32) | line.parent.box->number;
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(draft->pairs, &key));
    if (number > 0) {
        g_array_index(draft->lines, struct line, number - 1).count++;
        return;
    }
    line.foreign_key = NULL;
    line.child.row = PLAIN_ROW_CHILD;
    line.parent.row = PLAIN_ROW_PARENT;
    g_array_append_val(draft->lines, line);
    g_hash_table_insert(draft->pairs, g_memdup2(&key, sizeof key),
                        GUINT_TO_POINTER(draft->lines->len));
}

static void
add_lines_of(struct draft *draft, const struct table *table, GHashTable *needed)
{
    g_autoptr(GArray) edges = edges_needed(draft->subject->model, table);
    for (guint i = 0; i < edges->len; i++) {
        const struct diagram_edge *edge = &g_array_index(edges, struct diagram_edge, i);
        gpointer parent = (gpointer)(guintptr)edge->parent;
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(needed, parent));
        g_hash_table_insert(needed, parent, GUINT_TO_POINTER(count + 1));
        struct line line = line_for(draft, edge);
        if (line.parent.box == NULL)
            continue;
        if (draft->picture->notation == ARROWS)
            add_pair(draft, line);
        else
            g_array_append_val(draft->lines, line);
    }
}

static gint
compare_lines(gconstpointer first, gconstpointer second)
{
    const struct line *a = first;
    const struct line *b = second;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    if (a->child.box != b->child.box)
        return a->child.box->number < b->child.box->number ? -1 : 1;
    return a->parent.box->number < b->parent.box->number ? -1 : 1;
}

/* Between areas the strongest lines, so that something can be seen. */
static void
leave_out_weak(struct draft *draft)
{
    size_t most = LINES_OF_PART * draft->picture->box_count;
    if (draft->lines->len <= most)
        return;
    g_array_sort(draft->lines, compare_lines);
    for (size_t i = most; i < draft->lines->len; i++)
        draft->picture->hidden += g_array_index(draft->lines, struct line, i).count;
    g_array_set_size(draft->lines, (guint)most);
}

static void
keep_lines(struct draft *draft)
{
    struct picture *picture = draft->picture;
    picture->line_count = draft->lines->len;
    picture->lines = arena_array(picture->arena, picture->line_count, sizeof *picture->lines);
    for (size_t i = 0; i < picture->line_count; i++)
        picture->lines[i] = g_array_index(draft->lines, struct line, i);
}

/* ---- rows ---- */

/* The most columns of a table under which the rows of all tables stay within their limit. */
static size_t
most_columns(const struct area *area)
{
    size_t most = COLUMNS_MOST;
    for (size_t rows = SIZE_MAX; rows > ROWS_MOST && most > COLUMNS_LEAST;) {
        rows = 0;
        for (size_t i = 0; i < area->table_count; i++)
            rows += MIN(area->tables[i]->columns.count, most);
        if (rows > ROWS_MOST)
            most--;
    }
    return most;
}

static void
add_columns(const struct draft *draft)
{
    const struct picture *picture = draft->picture;
    bool all = draft->detail == DETAIL_COLUMNS;
    size_t most = all ? most_columns(draft->subject->area) : KEYS_MOST;
    for (size_t i = 0; i < picture->box_count; i++)
        rows_add(picture, picture->boxes[i], all ? COLUMNS_ALL : COLUMNS_OF_KEYS, most);
    for (size_t i = 0; i < picture->line_count; i++)
        rows_choose(&picture->lines[i]);
}

/* ---- the whole ---- */

static void
fill(struct draft *draft)
{
    const struct area *area = draft->subject->area;
    g_autoptr(GHashTable) needed = g_hash_table_new(NULL, NULL); /* struct table → times */
    bool parts = subject_shows_parts(draft->subject);
    if (parts)
        add_parts(draft);
    else
        add_tables(draft);
    for (size_t i = 0; i < area->table_count; i++)
        add_lines_of(draft, area->tables[i], needed);
    if (parts)
        leave_out_weak(draft);
    keep_lines(draft);
    for (size_t i = 0; parts && i < area->part_count; i++)
        add_main_tables(draft, draft->picture->boxes[i], needed);
    if (!parts && draft->detail != DETAIL_NAMES)
        add_columns(draft);
    picture_number_ports(draft->picture);
}

struct picture *
map_graph(const struct subject *subject, enum detail detail, struct arena *arena)
{
    struct picture *picture = arena_alloc(arena, sizeof *picture);
    struct draft draft = {
        .picture = picture,
        .subject = subject,
        .detail = detail,
        .boxes = g_hash_table_new(NULL, NULL),
        .pairs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
        .lines = g_array_new(FALSE, FALSE, sizeof(struct line)),
    };
    bool arrows = detail == DETAIL_NAMES || subject_shows_parts(subject);
    picture->arena = arena;
    picture->area = subject->area;
    picture->id = names[detail];
    picture->title = arena_printf(arena, "%s: %s", subject->area->name, titles[detail]);
    picture->notation = arrows ? ARROWS : CROWS_FEET;
    fill(&draft);
    g_hash_table_unref(draft.boxes);
    g_hash_table_unref(draft.pairs);
    g_array_unref(draft.lines);
    return picture;
}
