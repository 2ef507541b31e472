/* census.c - one walk over the catalog, one over the findings. */
#include "site/census.h"

#include "base/text.h"
#include "model/library.h"
#include "site/families.h"
#include "workload/workload.h"

#include <string.h>

/* Kinds with a name that is looked up, and what they are of their schema's page. */
static const struct {
    const struct kind *kind;
    enum holding holding;
} listed[] = {
    {&kind_table, HOLDS_TABLES},
    {&kind_view, HOLDS_VIEWS},
    {&kind_function, HOLDS_FUNCTIONS},
    {&kind_enum_type, HOLDS_TYPES},
    {&kind_domain, HOLDS_TYPES},
    {&kind_composite_type, HOLDS_TYPES},
    {&kind_range_type, HOLDS_TYPES},
    {&kind_base_type, HOLDS_TYPES},
    {&kind_sequence, HOLDS_SEQUENCES},
    {&kind_schema, HOLDINGS},
    {&kind_index, HOLDINGS},
    {&kind_trigger, HOLDINGS},
    {&kind_policy, HOLDINGS},
    {&kind_rewrite_rule, HOLDINGS},
    {&kind_statistics, HOLDINGS},
    {&kind_extension, HOLDINGS},
    {&kind_role, HOLDINGS},
};

/* Whether it has such a name; `holding` is HOLDINGS when no schema's page lists it. */
static bool
find_listed(const struct object *object, enum holding *holding)
{
    *holding = HOLDINGS;
    for (size_t i = 0; i < G_N_ELEMENTS(listed); i++) {
        if (listed[i].kind != object->kind)
            continue;
        *holding = listed[i].holding;
        return true;
    }
    return family_of(object->kind) != NULL;
}

bool
census_is_folded(const struct object *object)
{
    if (object->kind == &kind_table)
        return table_is_partition((const struct table *)(const void *)object);
    if (object->kind == &kind_index)
        return object_table(object) != NULL && table_is_partition(object_table(object));
    return false;
}

static struct census_schema *
schema_new(void)
{
    struct census_schema *schema = g_new0(struct census_schema, 1);
    for (size_t i = 0; i < HOLDINGS; i++)
        schema->objects[i] = g_ptr_array_new();
    return schema;
}

static void
schema_free(void *data)
{
    struct census_schema *schema = data;
    for (size_t i = 0; i < HOLDINGS; i++)
        g_ptr_array_unref(schema->objects[i]);
    g_free(schema);
}

static struct census_schema *
schema_for(struct census *census, const char *name)
{
    struct census_schema *schema = g_hash_table_lookup(census->schemas, name);
    if (schema == NULL) {
        schema = schema_new();
        g_hash_table_insert(census->schemas, (gpointer)(guintptr)name, schema);
    }
    return schema;
}

static void
count_object(const struct object *object, void *data)
{
    struct census *census = data;
    enum holding holding;
    if (!find_listed(object, &holding) || (object->kind == &kind_role && !census->roles))
        return;
    struct census_name name = {.object = object, .key = g_utf8_strdown(object_name(object), -1)};
    g_array_append_val(census->names, name);
    bool is_of_library = model_library(census->model, object) != NULL;
    census->indexes += object->kind == &kind_index && !census_is_folded(object) && !is_of_library;
    if (is_of_library && holding != HOLDINGS)
        holding = HOLDS_LIBRARIES;
    if (object->kind == &kind_schema)
        schema_for(census, object_name(object));
    if (holding != HOLDINGS && !census_is_folded(object))
        g_ptr_array_add(schema_for(census, object_schema(object))->objects[holding],
                        (gpointer)(guintptr)object);
}

/* Those that a file names; what others are called is put together, and names none of them alone. */
static void
count_queries(struct census *census, const struct workload *workload)
{
    for (size_t i = 0; workload != NULL && i < workload->count; i++) {
        const struct query *query = &workload->queries[i];
        const struct census_name name = {.query = query, .key = g_utf8_strdown(query->name, -1)};
        if (query->file != NULL)
            g_array_append_val(census->names, name);
        else
            g_free(name.key);
    }
}

/* The navigation leads to the map of the database. */
static void
count_areas(struct census *census, const struct areas *areas)
{
    for (size_t i = 0; i < areas->count; i++) {
        const struct area *area = areas->items[i];
        struct census_name name = {.area = area, .key = g_utf8_strdown(area->name, -1)};
        if (area->origin != AREA_DATABASE)
            g_array_append_val(census->names, name);
        else
            g_free(name.key);
    }
}

static int
rank_of(const struct census_name *name)
{
    return name->object != NULL ? 0 : name->query != NULL ? 1 : 2;
}

/* Queries and areas stand behind what has the same name; names of queries are unique. */
static int
compare_owners(const struct census_name *a, const struct census_name *b)
{
    if (rank_of(a) + rank_of(b) > 0)
        return rank_of(a) != rank_of(b) ? rank_of(a) - rank_of(b)
                                        : (a->query > b->query) - (a->query < b->query);
    int order = text_compare(a->object->path, b->object->path);
    return order != 0 ? order : strcmp(a->object->kind->name, b->object->kind->name);
}

static int
compare_names(const void *a, const void *b)
{
    const struct census_name *x = a;
    const struct census_name *y = b;
    int order = strcmp(x->key, y->key);
    return order != 0 ? order : compare_owners(x, y);
}

static void
clear_name(void *data)
{
    g_free(((struct census_name *)data)->key);
}

static void
count_finding(struct census *census, const struct finding *finding)
{
    size_t before = census_findings(census, finding->slug);
    g_hash_table_insert(census->findings, (gpointer)(guintptr)finding->slug,
                        GSIZE_TO_POINTER(before + 1));
}

struct census *
census_new(const struct model *model, const struct findings *findings, const struct areas *areas,
           const struct access *access)
{
    struct census *census = g_new0(struct census, 1);
    census->model = model;
    census->roles = access != NULL;
    census->schemas = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, schema_free);
    census->findings = g_hash_table_new(g_str_hash, g_str_equal);
    census->names = g_array_new(FALSE, FALSE, sizeof(struct census_name));
    g_array_set_clear_func(census->names, clear_name);
    object_walk(model->catalog, count_object, census);
    count_queries(census, model->workload);
    count_areas(census, areas);
    g_array_sort(census->names, compare_names);
    for (size_t i = 0; i < findings->count; i++) {
        count_finding(census, &findings->items[i]);
        census->open_findings += findings->items[i].accepted == NULL;
    }
    for (size_t i = 0; i < findings->past_count; i++)
        count_finding(census, &findings->past[i]);
    return census;
}

void
census_free(struct census *census)
{
    if (census == NULL)
        return;
    g_hash_table_unref(census->schemas);
    g_hash_table_unref(census->findings);
    g_array_unref(census->names);
    g_free(census);
}

const struct census_schema *
census_schema(const struct census *census, const char *name)
{
    return g_hash_table_lookup(census->schemas, name);
}

size_t
census_rows(const struct census_schema *schema)
{
    size_t rows = 0;
    for (size_t i = 0; i < HOLDINGS; i++)
        rows += schema->objects[i]->len;
    return rows;
}

size_t
census_row(const struct census_schema *schema, const struct object *object)
{
    size_t row = 0;
    for (size_t i = 0; i < HOLDINGS; i++) {
        guint place = 0;
        if (g_ptr_array_find(schema->objects[i], object, &place))
            return row + place;
        row += schema->objects[i]->len;
    }
    return row;
}

size_t
census_findings(const struct census *census, const char *slug)
{
    return GPOINTER_TO_SIZE(g_hash_table_lookup(census->findings, slug));
}
