/* part_diff_map.c - which tables and rows a picture of changes shows. */
#include "site/parts.h"

#include "catalog/compare.h"
#include "diagram/diagram.h"
#include "review/review.h"

#include <string.h>

static const enum drawn_as drawn_kinds[] = {
    [CHANGE_ADDED] = DRAWN_ADDED,     [CHANGE_REMOVED] = DRAWN_REMOVED,
    [CHANGE_CHANGED] = DRAWN_CHANGED, [CHANGE_MOVED] = DRAWN_CHANGED,
    [CHANGE_RENAMED] = DRAWN_CHANGED,
};

/* A table on its way. */
struct marking {
    struct diagram_table table;
    GArray *rows; /* struct diagram_row */
};

static void
free_marking(gpointer data)
{
    struct marking *marking = data;
    g_array_unref(marking->rows);
    g_free(marking);
}

/* The table in which a change is, as it is now where it is there; NULL: it is in none that a
 * picture shows. */
static const struct table *
table_of(const struct review *review, const struct change *change)
{
    const void *object = change_object(change);
    const struct table *table = change_object(change)->kind == &kind_table ? object
                                                                           : object_table(object);
    if (table == NULL || table_is_partition(table))
        return NULL;
    const void *now = database_find(review->after->database, "table", table->object.path);
    return now != NULL ? now : table;
}

static struct marking *
marking_of(GPtrArray *all, const struct table *table)
{
    for (guint i = 0; i < all->len; i++) {
        struct marking *marking = all->pdata[i];
        if (marking->table.table == table)
            return marking;
    }
    struct marking *marking = g_new0(struct marking, 1);
    marking->table = (struct diagram_table){.table = table, .drawn = DRAWN_CHANGED};
    marking->rows = g_array_new(FALSE, FALSE, sizeof(struct diagram_row));
    g_ptr_array_add(all, marking);
    return marking;
}

/* Columns, and what people put on tables by a name of its own. */
static bool
is_shown(const struct object *object)
{
    const void *any = object;
    return object->kind == &kind_column || object->kind == &kind_policy ||
           (object->kind == &kind_index && index_constraint(any) == NULL);
}

static const char *
type_of(struct arena *arena, const struct change *change)
{
    const struct object *object = change_object(change);
    if (object->kind != &kind_column)
        return object->kind->word;
    if (change->kind == CHANGE_RENAMED && change->field == NULL)
        return arena_printf(arena, "was %s", object_name(change->before));
    if (change->field == NULL || !g_str_equal(change->field->name, "type"))
        return ((const struct column *)(const void *)object)->type;
    return arena_printf(arena, "%s → %s", change->old_text, change->new_text);
}

static void
mark(struct arena *arena, struct marking *marking, const struct change *change)
{
    const struct object *object = change_object(change);
    bool whole = change->kind == CHANGE_ADDED || change->kind == CHANGE_REMOVED;
    if (object->kind == &kind_table && whole)
        marking->table.drawn = drawn_kinds[change->kind];
    if (!is_shown(object))
        return;
    const struct diagram_row row = {object_name(object), type_of(arena, change),
                                    drawn_kinds[change->kind]};
    for (guint i = 0; i < marking->rows->len; i++)
        if (g_str_equal(g_array_index(marking->rows, struct diagram_row, i).name, row.name))
            return;
    g_array_append_val(marking->rows, row);
}

static bool
draw(struct sheet *sheet, const GPtrArray *all, xmlNode *picture)
{
    const struct diagram_site site = part_diagram_site(sheet);
    g_autofree struct diagram_table *tables = g_new0(struct diagram_table, all->len + 1);
    for (guint i = 0; i < all->len; i++) {
        const struct marking *marking = all->pdata[i];
        tables[i] = marking->table;
        tables[i].row_count = marking->rows->len;
        tables[i].rows = (const struct diagram_row *)(void *)marking->rows->data;
    }
    return diagram_changes(sheet->site->model, tables, all->len, &site, picture);
}

void
part_diff_map(struct sheet *sheet, xmlNode *section)
{
    const struct review *review = sheet->page->review;
    struct arena *arena = arena_new();
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(free_marking);
    for (guint i = 0; i < review->changes->len; i++) {
        const struct table *table = table_of(review, review->changes->pdata[i]);
        if (table != NULL)
            mark(arena, marking_of(all, table), review->changes->pdata[i]);
    }
    xmlNode *picture = tree_element(section, "diff-map");
    if (!draw(sheet, all, picture)) {
        xmlUnlinkNode(picture);
        xmlFreeNode(picture);
    }
    arena_free(arena);
}
