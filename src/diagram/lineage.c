/* lineage.c - from what an object reads to what uses it: a picture like that of a table's
 * neighbours, with arrows for foreign keys. */
#include "diagram/diagram.h"
#include "diagram/lanes.h"
#include "diagram/place.h"
#include "diagram/svg.h"
#include "model/users.h"

enum {
    ROWS_SHOWN = 6,  /* columns of one box */
    LINES_MOST = 16, /* to the columns of the middle; with more, nobody sees which goes where */
};

struct draft {
    const struct model *model;
    struct picture *picture;
    struct box *middle;
    GArray *lines;                      /* struct line */
    GHashTable *more;                   /* "box column", those behind the rows of their box */
    GHashTable *rest[STANDS_RIGHT + 1]; /* struct object, those that found their side full */
};

/* What has a page and stands for the object: for a policy its table. */
static const struct object *
shown_for(const struct object *object)
{
    while (object->parent != NULL && object->parent->kind != &kind_catalog)
        object = object->parent;
    return object->kind == &kind_table
               ? &table_root((const struct table *)(const void *)object)->object
               : object;
}

static struct box *
box_find(const struct draft *draft, const struct object *object, enum standing standing)
{
    for (size_t i = 0; i < draft->picture->box_count; i++)
        if (draft->picture->boxes[i]->object == object &&
            draft->picture->boxes[i]->standing == standing)
            return draft->picture->boxes[i];
    return NULL;
}

static struct box *
box_add(struct draft *draft, const struct object *object, enum standing standing)
{
    struct picture *picture = draft->picture;
    struct box *box = arena_alloc(picture->arena, sizeof *box);
    box->object = object;
    box->standing = standing;
    box->form = FORM_PLAIN;
    box->number = (unsigned)picture->box_count;
    picture->boxes[picture->box_count++] = box;
    return box;
}

/* The box on that side; NULL when the side is full. */
static struct box *
side_box(struct draft *draft, const struct object *object, enum standing standing)
{
    struct box *box = box_find(draft, object, standing);
    size_t count = 0;
    for (size_t i = 0; i < draft->picture->box_count; i++)
        count += draft->picture->boxes[i]->standing == standing;
    if (box == NULL && count < NEIGHBOURS_SHOWN)
        return box_add(draft, object, standing);
    if (box == NULL)
        g_hash_table_add(draft->rest[standing], (gpointer)(guintptr)object);
    return box;
}

/* The row of a column, which the box shows from now on; that of "more" when it has enough. */
static size_t
row_of(const struct draft *draft, struct box *box, const struct column *column)
{
    for (size_t i = 0; i < box->row_count; i++)
        if (box->rows[i].name == column->name)
            return i;
    box->form = FORM_ROWS;
    if (box->rows == NULL)
        box->rows = arena_array(draft->picture->arena, ROWS_SHOWN, sizeof *box->rows);
    if (box->row_count == ROWS_SHOWN) {
        box->more += g_hash_table_add(draft->more,
                                      g_strdup_printf("%u %s", box->number, column->name));
        return ROWS_SHOWN;
    }
    struct row *row = &box->rows[box->row_count];
    row->name = column->name;
    row->type = column->type;
    row->number = (size_t)column->position - 1;
    return box->row_count++;
}

/* `column` NULL: the object as a whole. */
static void
line_add(struct draft *draft, struct box *user, struct box *used, const struct column *column)
{
    struct line line = {
        .count = 1,
        .child = {.box = user, .row = PLAIN_ROW_CHILD},
        .parent = {.box = used, .row = PLAIN_ROW_PARENT},
    };
    if (column != NULL)
        line.parent.row = row_of(draft, used, column);
    for (guint i = 0; i < draft->lines->len; i++) {
        const struct line *known = &g_array_index(draft->lines, struct line, i);
        if (known->child.box == user && known->parent.box == used &&
            known->parent.row == line.parent.row)
            return;
    }
    g_array_append_val(draft->lines, line);
}

static const struct refs *
refs_of(const struct object *object, const char *name)
{
    static const struct refs none;
    const struct field *field = kind_field(object->kind, name);
    return field == NULL ? &none : field_refs(field, object);
}

/* Relations that it reads, with the columns that it uses. */
static void
add_left(struct draft *draft, const struct object *object)
{
    const struct refs *uses = refs_of(object, "uses");
    for (size_t i = 0; i < uses->count; i++) {
        const struct column *column = uses->items[i].object;
        struct box *box = column == NULL ? NULL
                                         : side_box(draft, shown_for(&column->object), STANDS_LEFT);
        if (box != NULL)
            line_add(draft, draft->middle, box, column);
    }
    const struct refs *reads = refs_of(object, "reads");
    for (size_t i = 0; i < reads->count; i++) {
        const struct object *read = reads->items[i].object;
        struct box *box = read == NULL ? NULL : side_box(draft, shown_for(read), STANDS_LEFT);
        if (box != NULL && box->row_count == 0)
            line_add(draft, draft->middle, box, NULL);
    }
}

/* The columns of a table are shown when every user names some, and it is not too much to look at.
 */
static bool
shows_columns(const struct draft *draft, const GPtrArray *users)
{
    g_autoptr(GHashTable) columns = g_hash_table_new(NULL, NULL);
    size_t lines = 0;
    for (guint i = 0; i < users->len; i++) {
        const struct user *user = users->pdata[i];
        if (user->dependence != DEPENDS)
            continue;
        if (user->columns->len == 0)
            return false;
        lines += user->columns->len;
        for (guint j = 0; j < user->columns->len; j++)
            g_hash_table_add(columns, user->columns->pdata[j]);
    }
    return draft->lines->len == 0 && lines <= LINES_MOST &&
           g_hash_table_size(columns) <= ROWS_SHOWN;
}

static void
add_user(struct draft *draft, const struct user *user, bool columns)
{
    const struct object *shown = shown_for(user->object);
    if (user->dependence != DEPENDS || shown == draft->middle->object)
        return;
    struct box *box = side_box(draft, shown, STANDS_RIGHT);
    if (box == NULL)
        return;
    box->note = user->object->kind->word;
    for (guint i = 0; columns && i < user->columns->len; i++)
        line_add(draft, box, draft->middle, user->columns->pdata[i]);
    if (!columns)
        line_add(draft, box, draft->middle, NULL);
}

static void
add_right(struct draft *draft, const struct object *object)
{
    g_autoptr(GPtrArray) users = users_find(draft->model, object);
    bool columns = shows_columns(draft, users);
    for (guint i = 0; i < users->len; i++)
        add_user(draft, users->pdata[i], columns);
}

static void
add_rest(struct draft *draft, enum standing standing, const char *href)
{
    guint count = g_hash_table_size(draft->rest[standing]);
    if (count == 0)
        return;
    struct box *box = box_add(draft, NULL, standing);
    box->more = count;
    box->rest_href = href;
}

static void
fill(struct draft *draft, const struct object *object)
{
    struct picture *picture = draft->picture;
    picture->id = "lineage";
    picture->notation = ARROWS;
    picture->title = arena_printf(picture->arena, "What %s reads, and what uses it", object->path);
    picture->boxes = arena_array(picture->arena, 2 * (NEIGHBOURS_SHOWN + 1) + 1,
                                 sizeof *picture->boxes);
    draft->middle = box_add(draft, object, STANDS_MIDDLE);
    add_left(draft, object);
    add_right(draft, object);
    add_rest(draft, STANDS_LEFT, "#reads");
    add_rest(draft, STANDS_RIGHT, "#used-by");
    picture->lines = (struct line *)(void *)draft->lines->data;
    picture->line_count = draft->lines->len;
}

bool
diagram_lineage(const struct model *model, const struct object *object,
                const struct diagram_site *site, xmlNode *parent)
{
    struct arena *arena = arena_new();
    struct draft draft = {
        .model = model,
        .picture = arena_alloc(arena, sizeof *draft.picture),
        .lines = g_array_new(FALSE, TRUE, sizeof(struct line)),
        .more = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
    };
    draft.picture->arena = arena;
    for (enum standing side = STANDS_LEFT; side <= STANDS_RIGHT; side++)
        draft.rest[side] = g_hash_table_new(NULL, NULL);
    fill(&draft, object);
    bool drawn = draft.lines->len > 0;
    if (drawn) {
        picture_number_ports(draft.picture);
        place_neighbourhood(draft.picture);
        lanes_route(draft.picture);
        svg_append(draft.picture, site, parent);
    }
    for (enum standing side = STANDS_LEFT; side <= STANDS_RIGHT; side++)
        g_hash_table_unref(draft.rest[side]);
    g_hash_table_unref(draft.more);
    g_array_unref(draft.lines);
    arena_free(arena);
    return drawn;
}
