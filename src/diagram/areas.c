/* areas.c - divides tables by name where people said how, along foreign keys where nobody did. */
#include "diagram/areas.h"

#include "base/text.h"
#include "catalog/shown.h"
#include "diagram/edges.h"
#include "diagram/gather.h"
#include "model/library.h"

#include <stdbool.h>
#include <string.h>

enum {
    TOGETHER_MOST = 40,  /* parts that are put together along foreign keys: half a picture */
    TOGETHER_LEAST = 6,  /* fewer join others */
    UNDIVIDED_MOST = 24, /* tables of a single schema that need no areas in their picture */
    /* A foreign key says the more about what belongs together, the fewer others lead there. */
    WEIGHT_MOST = 24,
    NOWHERE = G_MAXUINT,
};

struct builder {
    struct arena *arena;
    const struct model *model;
    unsigned count;              /* tables */
    const struct table **tables; /* by number */
    GHashTable *numbers;         /* struct table → its number and one */
    GArray *links;               /* struct link between tables, from the child to the parent */
    GPtrArray *finished;         /* const struct area */
};

/* Hash tables and arrays take no const; nothing is changed through them. */
static gpointer
as_item(const void *thing)
{
    return (gpointer)(guintptr)thing;
}

/* ---- the tables and what they need ---- */

static unsigned
number_of(const struct builder *builder, const struct table *table)
{
    gpointer number = g_hash_table_lookup(builder->numbers, table);
    return number == NULL ? NOWHERE : GPOINTER_TO_UINT(number) - 1;
}

static void
number_tables(struct builder *builder)
{
    const struct table_list *tables = &builder->model->catalog->tables;
    builder->tables = arena_array(builder->arena, tables->count, sizeof *builder->tables);
    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = &tables->items[i];
        if (table_is_partition(table) || model_library(builder->model, table) != NULL)
            continue;
        builder->tables[builder->count++] = table;
        g_hash_table_insert(builder->numbers, as_item(table), GUINT_TO_POINTER(builder->count));
    }
}

static void
link_table(struct builder *builder, unsigned child)
{
    g_autoptr(GArray) edges = edges_needed(builder->model, builder->tables[child]);
    for (guint i = 0; i < edges->len; i++) {
        const struct diagram_edge *edge = &g_array_index(edges, struct diagram_edge, i);
        struct link link = {child, number_of(builder, edge->parent), 1};
        if (link.b != NOWHERE && link.a != link.b)
            g_array_append_val(builder->links, link);
    }
}

static void
link_tables(struct builder *builder)
{
    for (unsigned i = 0; i < builder->count; i++)
        link_table(builder, i);
    g_autofree unsigned *needed_by = g_new0(unsigned, builder->count);
    struct link *links = (struct link *)(gpointer)builder->links->data;
    for (guint i = 0; i < builder->links->len; i++)
        needed_by[links[i].b]++;
    for (guint i = 0; i < builder->links->len; i++)
        links[i].weight = MAX(WEIGHT_MOST / needed_by[links[i].b], 1);
}

/* ---- making areas ---- */

static const char *
common_schema(const struct area *area)
{
    for (size_t i = 1; i < area->table_count; i++)
        if (!g_str_equal(area->tables[i]->schema, area->tables[0]->schema))
            return NULL;
    return area->table_count == 0 ? NULL : area->tables[0]->schema;
}

static struct area *
area_new(const struct builder *builder, enum area_origin origin, const GPtrArray *tables)
{
    struct area *area = arena_alloc(builder->arena, sizeof *area);
    const struct table **copy = arena_array(builder->arena, tables->len, sizeof *copy);
    for (guint i = 0; i < tables->len; i++)
        copy[i] = tables->pdata[i];
    area->origin = origin;
    area->table_count = tables->len;
    area->tables = copy;
    area->schema = common_schema(area);
    return area;
}

static void
adopt(const struct builder *builder, struct area *parent, const GPtrArray *parts)
{
    struct area **copy = arena_array(builder->arena, parts->len, sizeof *copy);
    for (guint i = 0; i < parts->len; i++) {
        copy[i] = parts->pdata[i];
        copy[i]->parent = parent;
        parent->depth = MAX(parent->depth, copy[i]->depth + 1);
    }
    parent->part_count = parts->len;
    parent->parts = copy;
}

static const char *
show(const struct builder *builder, const char *name)
{
    g_autofree char *shown = shown_name(name);
    return arena_text(builder->arena, shown, -1);
}

/* ---- along foreign keys ---- */

/* What is put together: tables, or areas of which there are too many. */
struct member {
    struct area *area; /* NULL: a table */
    const struct object *object;
    const char *name;
    const struct table *const *tables;
    size_t table_count;
    unsigned degree; /* links inside its group, those that lead to it twice */
};

struct crowd {
    GArray *members; /* struct member */
    GArray *links;   /* struct link between them */
    unsigned *group_of;
    unsigned groups;
};

static struct member *
member_at(const struct crowd *crowd, guint number)
{
    return &g_array_index(crowd->members, struct member, number);
}

/* Everything that the area holds, table by table. */
static struct crowd
crowd_of_tables(const struct builder *builder, const struct area *area)
{
    struct crowd crowd = {g_array_new(FALSE, FALSE, sizeof(struct member)),
                          g_array_new(FALSE, FALSE, sizeof(struct link)), NULL, 0};
    for (size_t i = 0; i < area->table_count; i++) {
        struct member member = {.object = &area->tables[i]->object,
                                .name = show(builder, area->tables[i]->name),
                                .tables = &area->tables[i],
                                .table_count = 1};
        g_array_append_val(crowd.members, member);
    }
    return crowd;
}

static struct crowd
crowd_of_areas(const GPtrArray *areas)
{
    struct crowd crowd = {g_array_new(FALSE, FALSE, sizeof(struct member)),
                          g_array_new(FALSE, FALSE, sizeof(struct link)), NULL, 0};
    for (guint i = 0; i < areas->len; i++) {
        struct area *area = areas->pdata[i];
        struct member member = {.area = area,
                                .object = area->object,
                                .name = area->name,
                                .tables = area->tables,
                                .table_count = area->table_count};
        g_array_append_val(crowd.members, member);
    }
    return crowd;
}

static void
crowd_clear(struct crowd *crowd)
{
    g_array_unref(crowd->members);
    g_array_unref(crowd->links);
    g_free(crowd->group_of);
}

static void
crowd_link(const struct builder *builder, const struct crowd *crowd)
{
    g_autofree unsigned *member_of = g_new(unsigned, builder->count);
    for (unsigned i = 0; i < builder->count; i++)
        member_of[i] = NOWHERE;
    for (guint i = 0; i < crowd->members->len; i++)
        for (size_t j = 0; j < member_at(crowd, i)->table_count; j++)
            member_of[number_of(builder, member_at(crowd, i)->tables[j])] = i;
    for (guint i = 0; i < builder->links->len; i++) {
        const struct link *link = &g_array_index(builder->links, struct link, i);
        struct link own = {member_of[link->a], member_of[link->b], link->weight};
        if (own.a != NOWHERE && own.b != NOWHERE && own.a != own.b)
            g_array_append_val(crowd->links, own);
    }
}

static void
crowd_gather(const struct builder *builder, struct crowd *crowd)
{
    static const struct group_size size = {TOGETHER_MOST, TOGETHER_LEAST};
    crowd_link(builder, crowd);
    const struct link *links = (const struct link *)(gpointer)crowd->links->data;
    crowd->group_of = gather(crowd->members->len, links, crowd->links->len, size, &crowd->groups);
    for (guint i = 0; i < crowd->links->len; i++) {
        if (crowd->group_of[links[i].a] != crowd->group_of[links[i].b])
            continue;
        member_at(crowd, links[i].a)->degree++;
        member_at(crowd, links[i].b)->degree += 2;
    }
}

/* Named after the member with the most links, or after the first and the last when most have none.
 */
static void
name_group(const struct builder *builder, const GPtrArray *group, struct area *area)
{
    const struct member *first = group->pdata[0];
    const struct member *last = group->pdata[group->len - 1];
    const struct member *best = first;
    unsigned alone = 0;
    for (guint i = 0; i < group->len; i++) {
        const struct member *member = group->pdata[i];
        alone += member->degree == 0;
        if (member->degree > best->degree)
            best = member;
    }
    bool is_span = 2 * alone >= group->len;
    area->origin = is_span ? AREA_SPAN : AREA_AROUND;
    area->object = is_span ? first->object : best->object;
    if (is_span)
        area->name = arena_printf(builder->arena, "%s to %s", first->name, last->name);
    else if (best->area == NULL)
        area->name = arena_printf(builder->arena, "Around %s", best->name);
    else
        area->name = arena_printf(builder->arena, "Region of %s",
                                  best->object == NULL ? best->name
                                                       : show(builder, object_name(best->object)));
}

static struct area *
group_area(const struct builder *builder, const GPtrArray *group)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new();
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (guint i = 0; i < group->len; i++) {
        const struct member *member = group->pdata[i];
        for (size_t j = 0; j < member->table_count; j++)
            g_ptr_array_add(tables, as_item(member->tables[j]));
        if (member->area != NULL)
            g_ptr_array_add(parts, member->area);
    }
    struct area *area = area_new(builder, AREA_SPAN, tables);
    name_group(builder, group, area);
    adopt(builder, area, parts);
    return area;
}

/* An area for each group of the crowd. Ends the crowd. */
static GPtrArray *
crowd_divide(const struct builder *builder, struct crowd *crowd)
{
    crowd_gather(builder, crowd);
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (unsigned i = 0; i < crowd->groups; i++)
        g_ptr_array_add(groups, g_ptr_array_new());
    for (guint i = 0; i < crowd->members->len; i++)
        g_ptr_array_add(groups->pdata[crowd->group_of[i]], member_at(crowd, i));
    GPtrArray *areas = g_ptr_array_new();
    for (guint i = 0; i < groups->len; i++)
        g_ptr_array_add(areas, group_area(builder, groups->pdata[i]));
    crowd_clear(crowd);
    return areas;
}

/* Gives the area its parts; when there are too many of them, they become parts of parts. */
static void
settle(const struct builder *builder, struct area *area, GPtrArray *parts)
{
    while (parts->len > AREA_PARTS_MOST) {
        struct crowd crowd = crowd_of_areas(parts);
        g_ptr_array_unref(parts);
        parts = crowd_divide(builder, &crowd);
    }
    adopt(builder, area, parts);
    g_ptr_array_unref(parts);
}

static void
divide_along_keys(const struct builder *builder, struct area *area)
{
    struct crowd crowd = crowd_of_tables(builder, area);
    GPtrArray *parts = crowd_divide(builder, &crowd);
    if (parts->len > 1)
        settle(builder, area, parts);
    else
        g_ptr_array_unref(parts);
}

/* ---- by name ---- */

/* Adds an area of these tables to the parts, unless there are none; takes the tables. */
static void
add_part(const struct builder *builder, GPtrArray *parts, enum area_origin origin, const char *name,
         GPtrArray *tables)
{
    if (tables->len > 0) {
        struct area *part = area_new(builder, origin, tables);
        part->name = name;
        if (part->table_count > AREA_TABLES_MOST)
            divide_along_keys(builder, part);
        g_ptr_array_add(parts, part);
    }
    g_ptr_array_unref(tables);
}

/* The first group that names the table; the number of groups when there is none. */
static size_t
group_of(const struct config *config, const struct table *table)
{
    size_t i = 0;
    while (i < config->group_count &&
           !patterns_match(&config->groups[i].tables, table->schema, table->name))
        i++;
    return i;
}

static GPtrArray *
parts_by_group(const struct builder *builder, const struct area *area)
{
    const struct config *config = builder->model->config;
    g_autoptr(GPtrArray) groups = g_ptr_array_new();
    for (size_t i = 0; i <= config->group_count; i++)
        g_ptr_array_add(groups, g_ptr_array_new());
    for (size_t i = 0; i < area->table_count; i++)
        g_ptr_array_add(groups->pdata[group_of(config, area->tables[i])], as_item(area->tables[i]));
    GPtrArray *parts = g_ptr_array_new();
    for (size_t i = 0; i < config->group_count; i++)
        add_part(builder, parts, AREA_GROUP, config->groups[i].name, groups->pdata[i]);
    add_part(builder, parts, AREA_OTHERS, "Other tables", groups->pdata[config->group_count]);
    return parts;
}

static const struct schema *
find_schema(const struct builder *builder, const char *name)
{
    const struct schema_list *schemas = &builder->model->catalog->schemas;
    for (size_t i = 0; i < schemas->count; i++)
        if (g_str_equal(schemas->items[i].name, name))
            return &schemas->items[i];
    return NULL;
}

static GPtrArray *
parts_by_schema(const struct builder *builder, const struct area *area, enum area_origin origin)
{
    GPtrArray *parts = g_ptr_array_new();
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) schemas = g_ptr_array_new();
    for (size_t i = 0; i < area->table_count; i++) {
        const char *name = area->tables[i]->schema;
        GPtrArray *tables = g_hash_table_lookup(places, name);
        if (tables == NULL) {
            tables = g_ptr_array_new();
            g_hash_table_insert(places, as_item(name), tables);
            g_ptr_array_add(schemas, tables);
        }
        g_ptr_array_add(tables, as_item(area->tables[i]));
    }
    for (guint i = 0; i < schemas->len; i++) {
        const char *name =
            ((const struct table *)((GPtrArray *)schemas->pdata[i])->pdata[0])->schema;
        add_part(builder, parts, origin, show(builder, name), schemas->pdata[i]);
        ((struct area *)parts->pdata[i])->object = (const void *)find_schema(builder, name);
    }
    return parts;
}

/* ---- the tree ---- */

static bool
has_groups(const struct builder *builder)
{
    return builder->model->config != NULL && builder->model->config->group_count > 0;
}

/* What stands at the top: the database, or a viewpoint. */
static void
divide_top(const struct builder *builder, struct area *top)
{
    bool is_database = top->origin == AREA_DATABASE;
    if (is_database && has_groups(builder))
        settle(builder, top, parts_by_group(builder, top));
    else if (top->table_count > 0 && top->schema == NULL)
        settle(builder, top,
               parts_by_schema(builder, top, is_database ? AREA_SCHEMA : AREA_EXTRACT));
    else if (top->table_count > UNDIVIDED_MOST)
        divide_along_keys(builder, top);
}

static struct area *
database_area(const struct builder *builder)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new();
    for (unsigned i = 0; i < builder->count; i++)
        g_ptr_array_add(tables, as_item(builder->tables[i]));
    struct area *area = area_new(builder, AREA_DATABASE, tables);
    area->object = &builder->model->catalog->object;
    area->name = "Map";
    divide_top(builder, area);
    return area;
}

static struct area *
viewpoint_area(const struct builder *builder, const struct config_viewpoint *viewpoint)
{
    g_autoptr(GPtrArray) tables = g_ptr_array_new();
    for (unsigned i = 0; i < builder->count; i++)
        if (patterns_match(&viewpoint->tables, builder->tables[i]->schema,
                           builder->tables[i]->name))
            g_ptr_array_add(tables, as_item(builder->tables[i]));
    struct area *area = area_new(builder, AREA_VIEWPOINT, tables);
    area->viewpoint = viewpoint;
    area->name = viewpoint->title;
    divide_top(builder, area);
    return area;
}

/* The area and all below it; areas are as deep as 80 parts each make them. */
static void
finish(const struct builder *builder, const struct area *area)
{
    g_ptr_array_add(builder->finished, as_item(area));
    for (size_t i = 0; i < area->part_count; i++)
        finish(builder, area->parts[i]);
}

/* Where groups divide the database, its schemas have maps all the same. */
static void
add_schemas(const struct builder *builder, const struct area *database)
{
    g_autoptr(GPtrArray) schemas = parts_by_schema(builder, database, AREA_SCHEMA);
    for (guint i = 0; i < schemas->len; i++)
        finish(builder, schemas->pdata[i]);
}

static void
build(struct builder *builder, struct areas *areas)
{
    const struct config *config = builder->model->config;
    number_tables(builder);
    link_tables(builder);
    areas->database = database_area(builder);
    finish(builder, areas->database);
    if (has_groups(builder))
        add_schemas(builder, areas->database);
    areas->viewpoint_count = config == NULL ? 0 : config->viewpoint_count;
    const struct area **viewpoints = arena_array(areas->arena, areas->viewpoint_count,
                                                 sizeof *viewpoints);
    for (size_t i = 0; i < areas->viewpoint_count; i++) {
        viewpoints[i] = viewpoint_area(builder, &config->viewpoints[i]);
        finish(builder, viewpoints[i]);
    }
    areas->viewpoints = viewpoints;
    areas->count = builder->finished->len;
    areas->items = arena_array(areas->arena, areas->count, sizeof *areas->items);
    memcpy((void *)(guintptr)areas->items, builder->finished->pdata,
           areas->count * sizeof *areas->items);
}

struct areas *
areas_new(const struct model *model)
{
    struct arena *arena = arena_new();
    struct areas *areas = arena_alloc(arena, sizeof *areas);
    areas->arena = arena;
    struct builder builder = {
        .arena = arena,
        .model = model,
        .numbers = g_hash_table_new(NULL, NULL),
        .links = g_array_new(FALSE, FALSE, sizeof(struct link)),
        .finished = g_ptr_array_new(),
    };
    build(&builder, areas);
    g_hash_table_unref(builder.numbers);
    g_array_unref(builder.links);
    g_ptr_array_unref(builder.finished);
    return areas;
}

void
areas_free(struct areas *areas)
{
    if (areas != NULL)
        arena_free(areas->arena);
}
