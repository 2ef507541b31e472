/* coverage.c - one walk over the catalog. */
#include "model/coverage.h"

#include "base/text.h"
#include "catalog/dependants.h"
#include "model/library.h"
#include "model/size.h"

#include <stdlib.h>
#include <string.h>

const char *const covered_words[] = {
    [COVERED_TABLES] = "tables",           [COVERED_VIEWS] = "views",
    [COVERED_COLUMNS] = "columns",         [COVERED_INDEXES] = "indexes",
    [COVERED_CONSTRAINTS] = "constraints", [COVERED_FUNCTIONS] = "functions",
    [COVERED_TRIGGERS] = "triggers",       [COVERED_TYPES] = "types",
};

struct counting {
    const struct model *model;
    struct arena *arena;
    GHashTable *made;                  /* NULL: not known */
    GHashTable *shares[COVERED_COUNT]; /* schema → struct coverage_share */
    GArray *missing;
};

static enum covered
covered_constraint(const struct constraint *constraint)
{
    bool says_itself = constraint->kind != CONSTRAINT_CHECK &&
                       constraint->kind != CONSTRAINT_EXCLUSION;
    return says_itself || constraint->inherited == YES ? COVERED_COUNT : COVERED_CONSTRAINTS;
}

static enum covered
covered_index(const struct index *index)
{
    return index->primary == YES || index->partition_of.path != NULL ? COVERED_COUNT
                                                                     : COVERED_INDEXES;
}

enum covered
covered_as(const struct object *object)
{
    const struct table *table = object_table(object);
    if (table != NULL && table_is_partition(table))
        return COVERED_COUNT;
    if (object->kind == &kind_constraint)
        return covered_constraint((const void *)object);
    if (object->kind == &kind_index)
        return covered_index((const void *)object);
    if (object->kind == &kind_column && table == NULL)
        return COVERED_COUNT; /* a view's */
    static const struct {
        const struct kind *kind;
        enum covered what;
    } kinds[] = {
        {&kind_table, COVERED_TABLES},     {&kind_view, COVERED_VIEWS},
        {&kind_column, COVERED_COLUMNS},   {&kind_function, COVERED_FUNCTIONS},
        {&kind_trigger, COVERED_TRIGGERS}, {&kind_enum_type, COVERED_TYPES},
        {&kind_domain, COVERED_TYPES},     {&kind_composite_type, COVERED_TYPES},
        {&kind_range_type, COVERED_TYPES},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (object->kind == kinds[i].kind)
            return kinds[i].what;
    return COVERED_COUNT;
}

/* The tables in which migration tools and the job queue Oban keep what is theirs. */
static bool
is_foreign(const struct model *model, const struct object *object)
{
    const struct table *table = object_table(object);
    if (table == NULL)
        return false;
    const struct history_list *histories = &model->catalog->histories;
    for (size_t i = 0; i < histories->count; i++)
        if (text_equal(histories->items[i].object.path, table->object.path))
            return true;
    return library_of_name(table->name) != NULL;
}

static bool
is_documented(const struct model *model, const struct object *object)
{
    if (model_annotation(model, object)->count > 0)
        return true;
    const struct constraint *constraint = object->kind == &kind_index
                                              ? index_constraint((const void *)object)
                                              : NULL;
    return constraint != NULL && model_annotation(model, constraint)->count > 0;
}

static int64_t
bytes_of(const struct model *model, const struct object *object)
{
    if (object->kind == &kind_index)
        return model_index_size(model, (const void *)object);
    const struct table *table = object_table(object);
    if (table == NULL)
        return NUMBER_UNKNOWN;
    const struct table_size size = model_table_size(model, table);
    return known_sum(size.table, size.indexes);
}

/* Foreign keys are counted as such. */
static size_t
count_users(const struct model *model, const struct object *object)
{
    g_autoptr(GArray) found = dependants_find(model->dependants, object);
    size_t count = 0;
    for (guint i = 0; i < found->len; i++)
        count += g_array_index(found, struct dependant, i).object->kind != &kind_constraint;
    return count;
}

/* What no migration made by itself came with what it belongs to. */
static size_t
place_of_maker(const struct counting *counting, const struct object *object)
{
    size_t place = 0;
    for (; counting->made != NULL && object != NULL && place == 0; object = object->parent)
        place = GPOINTER_TO_SIZE(g_hash_table_lookup(counting->made, object));
    return place;
}

static void
add_missing(struct counting *counting, const struct object *object, enum covered what)
{
    const struct table *table = object_table(object);
    const struct coverage_missing missing = {
        .object = object,
        .what = what,
        .references = table == NULL ? 0 : model_references(counting->model, table)->count,
        .users = count_users(counting->model, object),
        .bytes = bytes_of(counting->model, object),
        .made = place_of_maker(counting, object),
    };
    g_array_append_val(counting->missing, missing);
}

static void
count_object(const struct object *object, void *data)
{
    struct counting *counting = data;
    enum covered what = covered_as(object);
    const char *schema = object_schema(object);
    if (what == COVERED_COUNT || schema == NULL || is_foreign(counting->model, object))
        return;
    struct coverage_share *share = g_hash_table_lookup(counting->shares[what], schema);
    if (share == NULL) {
        share = arena_alloc(counting->arena, sizeof *share);
        *share = (struct coverage_share){.what = what, .schema = schema};
        g_hash_table_insert(counting->shares[what], (gpointer)(guintptr)schema, share);
    }
    share->total++;
    if (is_documented(counting->model, object))
        share->documented++;
    else
        add_missing(counting, object, what);
}

static int
compare_missing(const void *a, const void *b)
{
    const struct coverage_missing *x = a;
    const struct coverage_missing *y = b;
    if (x->what != y->what)
        return x->what < y->what ? -1 : 1;
    if (x->references + x->users != y->references + y->users)
        return x->references + x->users > y->references + y->users ? -1 : 1;
    if (x->bytes != y->bytes)
        return x->bytes > y->bytes ? -1 : 1; /* what was not observed last */
    if (x->made != y->made)
        return x->made > y->made ? -1 : 1;
    return strcmp(x->object->path, y->object->path);
}

static int
compare_shares(gconstpointer a, gconstpointer b)
{
    const struct coverage_share *x = *(const struct coverage_share *const *)a;
    const struct coverage_share *y = *(const struct coverage_share *const *)b;
    return strcmp(x->schema, y->schema);
}

/* The sum of a kind, then its schemas. */
static void
keep_shares(GHashTable *schemas, enum covered what, GArray *shares)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    GHashTableIter iterator;
    gpointer value = NULL;
    g_hash_table_iter_init(&iterator, schemas);
    while (g_hash_table_iter_next(&iterator, NULL, &value))
        g_ptr_array_add(sorted, value);
    g_ptr_array_sort(sorted, compare_shares);
    struct coverage_share sum = {.what = what};
    for (guint i = 0; i < sorted->len; i++) {
        const struct coverage_share *share = sorted->pdata[i];
        sum.total += share->total;
        sum.documented += share->documented;
    }
    if (sum.total == 0)
        return;
    g_array_append_val(shares, sum);
    for (guint i = 0; i < sorted->len; i++)
        g_array_append_val(shares, *(struct coverage_share *)sorted->pdata[i]);
}

struct coverage *
coverage_new(struct arena *arena, const struct model *model, GHashTable *made)
{
    struct counting counting = {
        .model = model,
        .arena = arena,
        .made = made,
        .missing = g_array_new(FALSE, FALSE, sizeof(struct coverage_missing)),
    };
    for (size_t i = 0; i < COVERED_COUNT; i++)
        counting.shares[i] = g_hash_table_new(g_str_hash, g_str_equal);
    object_walk(model->catalog, count_object, &counting);
    g_autoptr(GArray) shares = g_array_new(FALSE, FALSE, sizeof(struct coverage_share));
    for (size_t i = 0; i < COVERED_COUNT; i++) {
        keep_shares(counting.shares[i], (enum covered)i, shares);
        g_hash_table_unref(counting.shares[i]);
    }
    g_array_sort(counting.missing, compare_missing);
    struct coverage *coverage = arena_alloc(arena, sizeof *coverage);
    *coverage = (struct coverage){
        .share_count = shares->len,
        .shares = arena_keep(arena, shares),
        .missing_count = counting.missing->len,
        .missing = arena_keep(arena, counting.missing),
    };
    g_array_unref(counting.missing);
    return coverage;
}

struct coverage_share
coverage_of(const struct coverage *coverage, enum covered what)
{
    for (size_t i = 0; i < coverage->share_count; i++)
        if (coverage->shares[i].what == what && coverage->shares[i].schema == NULL)
            return coverage->shares[i];
    return (struct coverage_share){.what = what};
}

char *
coverage_reason(const struct coverage_missing *missing)
{
    bool itself = missing->object->kind == &kind_table;
    g_autoptr(GString) text = g_string_new(NULL);
    if (missing->references > 0)
        g_string_append_printf(text, "%zu foreign key%s to %s", missing->references,
                               missing->references == 1 ? " points" : "s point",
                               itself ? "it" : "its table");
    if (missing->users > 0)
        g_string_append_printf(text, "%s%zu other%s it", text->len > 0 ? ", " : "", missing->users,
                               missing->users == 1 ? " needs" : "s need");
    return g_strdup(text->str);
}
