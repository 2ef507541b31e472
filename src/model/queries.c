/* queries.c - names of queries as objects. Without a schema a name is that of public, or of the
 * only one that is called so: the search path of the program is not known. */
#include "model/queries.h"

#include "base/group.h"
#include "catalog/address.h"

/* A relation of a query on its way. */
struct found {
    const struct object *object;
    const char *path;
    bool written;
    bool *named; /* by place: whether the query names the column; NULL without an object */
};

static const struct column_list *
columns_of(const struct object *relation)
{
    return relation->kind == &kind_table ? &((const struct table *)(const void *)relation)->columns
                                         : &((const struct view *)(const void *)relation)->columns;
}

/* name → GPtrArray of tables and views */
static GHashTable *
relations_by_name(const struct catalog *catalog)
{
    GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                               (GDestroyNotify)g_ptr_array_unref);
    for (size_t i = 0; i < catalog->tables.count; i++)
        group_add(groups, catalog->tables.items[i].name, &catalog->tables.items[i]);
    for (size_t i = 0; i < catalog->views.count; i++)
        group_add(groups, catalog->views.items[i].name, &catalog->views.items[i]);
    return groups;
}

static const struct object *
find_relation(GHashTable *names, const struct named_relation *named)
{
    const GPtrArray *group = g_hash_table_lookup(names, named->name);
    const char *schema = named->schema != NULL ? named->schema : "public";
    for (guint i = 0; group != NULL && i < group->len; i++)
        if (g_str_equal(object_schema(group->pdata[i]), schema))
            return group->pdata[i];
    return named->schema == NULL && group != NULL && group->len == 1 ? group->pdata[0] : NULL;
}

/* Whether the relation has the column, or is not in the catalog and may have it. */
static bool
name_column(const struct found *found, const char *name)
{
    const struct column_list *columns = found->object != NULL ? columns_of(found->object) : NULL;
    bool any = columns == NULL;
    for (size_t i = 0; columns != NULL && i < columns->count; i++)
        if (name == NULL || g_str_equal(columns->items[i].name, name)) {
            found->named[i] = true;
            any = true;
        }
    return any;
}

/* Of one depth after another, until a relation has it. */
static void
name_columns(const GArray *found, const size_t *places, const struct named_column *column)
{
    bool over = false;
    for (size_t i = 0; i < column->candidate_count; i++) {
        const struct candidate *candidate = &column->candidates[i];
        if (over && i > 0 && candidate->depth != candidate[-1].depth)
            return;
        bool has = name_column(&g_array_index(found, struct found, places[candidate->relation]),
                               column->name);
        over = over || (has && !column->of_all);
    }
}

/* Each relation once; `places` says where those of the query are. */
static GArray *
collect(struct model *model, GHashTable *names, const struct query *query, size_t *places)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(struct found));
    for (size_t i = 0; i < query->references.relation_count; i++) {
        const struct named_relation *named = &query->references.relations[i];
        const struct object *object = find_relation(names, named);
        const char *parts[] = {named->schema != NULL ? named->schema : named->name, named->name};
        g_autofree char *said = address_path(parts, named->schema != NULL ? 2 : 1, NULL);
        const char *path = arena_intern(model->arena, object != NULL ? object->path : said);
        guint place = 0;
        while (place < found->len && g_array_index(found, struct found, place).path != path)
            place++;
        if (place == found->len) {
            const struct found relation = {
                .object = object,
                .path = path,
                .named = object != NULL ? g_new0(bool, columns_of(object)->count + 1) : NULL,
            };
            g_array_append_val(found, relation);
        }
        places[i] = place;
        struct found *relation = &g_array_index(found, struct found, place);
        relation->written = relation->written || named->written;
    }
    return found;
}

static const struct query_relation *
keep(struct model *model, const struct query *query, const struct found *found)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    const struct column_list *all = found->object != NULL ? columns_of(found->object) : NULL;
    for (size_t i = 0; all != NULL && i < all->count; i++)
        if (found->named[i])
            g_ptr_array_add(columns, group_key(&all->items[i]));
    struct query_relation *relation = arena_alloc(model->arena, sizeof *relation);
    *relation = (struct query_relation){
        .query = query,
        .object = found->object,
        .path = found->path,
        .written = found->written,
        .column_count = columns->len,
        .columns = group_keep(model->arena, columns),
    };
    return relation;
}

static void
add_query(struct model *model, GHashTable *names, const struct query *query, GHashTable *groups)
{
    g_autofree size_t *places = g_new0(size_t, query->references.relation_count + 1);
    g_autoptr(GArray) relations = collect(model, names, query, places);
    for (size_t i = 0; i < query->references.column_count; i++)
        name_columns(relations, places, &query->references.columns[i]);
    for (guint i = 0; i < relations->len; i++) {
        const struct found *relation = &g_array_index(relations, struct found, i);
        const struct query_relation *kept = keep(model, query, relation);
        group_add(groups, query, kept);
        if (relation->object != NULL)
            group_add(groups, relation->object, kept);
        if (relation->object != NULL && relation->object->kind == &kind_table) {
            const struct table *table = (const struct table *)(const void *)relation->object;
            if (table_root(table) != table)
                group_add(groups, table_root(table), kept);
        }
        g_free(relation->named);
    }
}

void
queries_fill(struct model *model)
{
    const struct workload *workload = model->workload;
    if (workload == NULL)
        return;
    g_autoptr(GHashTable) names = relations_by_name(model->catalog);
    g_autoptr(GHashTable) groups = groups_new();
    for (size_t i = 0; i < workload->count; i++)
        add_query(model, names, &workload->queries[i], groups);
    GHashTableIter iter;
    gpointer key = NULL;
    gpointer group = NULL;
    for (g_hash_table_iter_init(&iter, groups); g_hash_table_iter_next(&iter, &key, &group);) {
        struct query_relations *list = arena_alloc(model->arena, sizeof *list);
        list->count = ((const GPtrArray *)group)->len;
        list->items = group_keep(model->arena, group);
        g_hash_table_insert(model->query_relations, key, list);
    }
}

static const struct query_relations *
look_up(const struct model *model, const void *key)
{
    static const struct query_relations none;
    const struct query_relations *list = g_hash_table_lookup(model->query_relations, key);
    return list != NULL ? list : &none;
}

const struct query_relations *
model_query_relations(const struct model *model, const struct query *query)
{
    return look_up(model, query);
}

const struct query_relations *
model_relation_queries(const struct model *model, const void *object)
{
    return look_up(model, object);
}
