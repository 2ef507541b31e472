/* model.c - gathers what the readers found, and the look-ups that cross the catalog. Each is made
 * in one walk, so a run costs time in proportion to the catalog. */
#include "model/model.h"

#include "base/group.h"
#include "catalog/dependants.h"
#include "model/annotate.h"
#include "model/decisions.h"
#include "model/modules.h"
#include "model/plans.h"
#include "model/queries.h"
#include "model/series.h"

/* Partitions repeat their root's foreign keys, and a key to a partitioned table is repeated for
 * each of its partitions: those are the server's copies, not what people wrote. */
static bool
is_counted(const struct constraint *constraint)
{
    return constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->inherited != YES &&
           constraint->references.object != NULL;
}

/* Keeps each group as a counted list of `type` in the arena: object → list. */
#define KEEP_GROUPS(model, groups, type, lists)                                                    \
    do {                                                                                           \
        GHashTableIter iter;                                                                       \
        gpointer object = NULL;                                                                    \
        gpointer group = NULL;                                                                     \
        for (g_hash_table_iter_init(&iter, groups);                                                \
             g_hash_table_iter_next(&iter, &object, &group);) {                                    \
            type *list = arena_alloc((model)->arena, sizeof *list);                                \
            list->count = ((const GPtrArray *)group)->len;                                         \
            list->items = group_keep((model)->arena, group);                                       \
            g_hash_table_insert(lists, object, list);                                              \
        }                                                                                          \
    } while (0)

static void
fill_references(struct model *model)
{
    g_autoptr(GHashTable) groups = groups_new();
    const struct table_list *tables = &model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++) {
        const struct constraint_list *constraints = &tables->items[i].constraints;
        for (size_t j = 0; j < constraints->count; j++)
            if (is_counted(&constraints->items[j]))
                group_add(groups, constraints->items[j].references.object, &constraints->items[j]);
    }
    KEEP_GROUPS(model, groups, struct references, model->references);
}

static void
fill_partitions(struct model *model)
{
    g_autoptr(GHashTable) groups = groups_new();
    const struct table_list *tables = &model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++)
        if (table_is_partition(&tables->items[i]))
            group_add(groups, tables->items[i].partition_of.object, &tables->items[i]);
    KEEP_GROUPS(model, groups, struct tables, model->partitions);
}

static void
fill_readers(struct model *model)
{
    g_autoptr(GHashTable) groups = groups_new();
    const struct view_list *views = &model->catalog->views;
    for (size_t i = 0; i < views->count; i++)
        for (size_t j = 0; j < views->items[i].reads.count; j++)
            if (views->items[i].reads.items[j].object != NULL)
                group_add(groups, views->items[i].reads.items[j].object, &views->items[i]);
    KEEP_GROUPS(model, groups, struct views, model->readers);
}

/* The first field of an observation refers to the object observed. */
static void
add_observation(const struct object *object, void *data)
{
    GHashTable *observed = data;
    if (object->kind->rule != PATH_REF)
        return;
    const struct ref *ref = field_ref(&object->kind->fields[0], object);
    if (ref->object != NULL)
        g_hash_table_insert(observed, group_key(ref->object), group_key(object));
}

/* A column may own several sequences; the one of its identity comes first. */
static void
fill_owners(struct model *model)
{
    const struct sequence_list *sequences = &model->catalog->sequences;
    for (size_t i = 0; i < sequences->count; i++) {
        const struct sequence *sequence = &sequences->items[i];
        const void *column = sequence->owned_by.object;
        if (column != NULL &&
            (sequence->identity == YES || !g_hash_table_contains(model->owners, column)))
            g_hash_table_insert(model->owners, group_key(column), group_key(sequence));
    }
}

struct model *
model_new(const struct model_parts *parts)
{
    struct arena *arena = arena_new();
    struct model *model = arena_alloc(arena, sizeof *model);
    *model = (struct model){
        .arena = arena,
        .config = parts->config,
        .database = parts->database,
        .catalog = parts->database->catalog,
        .observations = parts->database->observations,
        .notes = parts->notes,
        .note_problems = parts->note_problems,
        .records = parts->records,
        .intro = parts->intro,
        .drift = parts->drift,
        .schemas = parts->schemas,
        .dependants = dependants_new(parts->database->catalog),
        .workload = parts->workload,
        .plans = parts->plans,
        .base_plans = parts->base_plans,
        .annotations = g_hash_table_new(NULL, NULL),
        .decided = g_hash_table_new(NULL, NULL),
        .references = g_hash_table_new(NULL, NULL),
        .partitions = g_hash_table_new(NULL, NULL),
        .readers = g_hash_table_new(NULL, NULL),
        .observed = g_hash_table_new(NULL, NULL),
        .owners = g_hash_table_new(NULL, NULL),
        .modules = g_hash_table_new(NULL, NULL),
        .module_tables = g_hash_table_new(NULL, NULL),
        .query_relations = g_hash_table_new(NULL, NULL),
        .query_plans = g_hash_table_new(NULL, NULL),
        .planned_uses = g_hash_table_new(NULL, NULL),
    };
    fill_references(model);
    fill_partitions(model);
    fill_readers(model);
    fill_owners(model);
    modules_fill(model);
    queries_fill(model);
    plans_fill(model);
    if (model->observations != NULL)
        object_walk(model->observations, add_observation, model->observed);
    if (model->observations != NULL)
        model->series = series_new(arena, parts->database);
    decisions_fill(model);
    annotate(model);
    return model;
}

const struct language *
model_language(const struct model *model)
{
    const struct config *config = model->config;
    return config != NULL && config->language != NULL ? config->language : language_find("en");
}

void
model_free(struct model *model)
{
    if (model == NULL)
        return;
    dependants_free(model->dependants);
    series_free(model->series);
    g_hash_table_unref(model->annotations);
    g_hash_table_unref(model->decided);
    g_hash_table_unref(model->references);
    g_hash_table_unref(model->partitions);
    g_hash_table_unref(model->readers);
    g_hash_table_unref(model->observed);
    g_hash_table_unref(model->owners);
    g_hash_table_unref(model->modules);
    g_hash_table_unref(model->module_tables);
    g_hash_table_unref(model->query_relations);
    g_hash_table_unref(model->query_plans);
    g_hash_table_unref(model->planned_uses);
    arena_free(model->arena);
}

const struct annotation *
model_annotation(const struct model *model, const void *object)
{
    static const struct annotation none;
    const struct annotation *annotation = g_hash_table_lookup(model->annotations, object);
    return annotation != NULL ? annotation : &none;
}

const struct references *
model_references(const struct model *model, const struct table *table)
{
    static const struct references none;
    const struct references *references = g_hash_table_lookup(model->references, table);
    return references != NULL ? references : &none;
}

const struct tables *
model_partitions(const struct model *model, const struct table *table)
{
    static const struct tables none;
    const struct tables *partitions = g_hash_table_lookup(model->partitions, table);
    return partitions != NULL ? partitions : &none;
}

const struct views *
model_readers(const struct model *model, const void *relation)
{
    static const struct views none;
    const struct views *readers = g_hash_table_lookup(model->readers, relation);
    return readers != NULL ? readers : &none;
}

const struct table_observation *
model_observed_table(const struct model *model, const void *relation)
{
    return g_hash_table_lookup(model->observed, relation);
}

const struct column_observation *
model_observed_column(const struct model *model, const struct column *column)
{
    return g_hash_table_lookup(model->observed, column);
}

const struct index_observation *
model_observed_index(const struct model *model, const struct index *index)
{
    return g_hash_table_lookup(model->observed, index);
}

const struct sequence *
model_sequence(const struct model *model, const struct column *column)
{
    return g_hash_table_lookup(model->owners, column);
}
