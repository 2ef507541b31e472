/* repetitions.c - queries that ran again and again within one unit of work, as logs show it.
 * Whether that is one query for each row of another says the catalog: the values are those of a
 * key, and a foreign key leads to a table that was read before. */
#include "checks/families.h"
#include "elixir/schema_module.h"
#include "model/queries.h"

#include <string.h>

enum { KEYS_OF_TESTS = 4, KEYS_OF_PRODUCTION = 10, MUCH_TIME = 100 }; /* milliseconds */

static const char *const unit_words[] = {
    [UNIT_NONE] = "",
    [UNIT_TEST] = "test",
    [UNIT_REQUEST] = "request",
    [UNIT_ROLLED_BACK] = "transaction",
    [UNIT_COMMITTED] = "transaction",
};

/* The one table that the query reads or writes; NULL: none that rules speak of. */
static const struct table *
table_of(const struct check_run *run, const struct query *query)
{
    const struct query_relations *relations = model_query_relations(run->model, query);
    const struct object *object = relations->count == 1 ? relations->items[0]->object : NULL;
    if (object == NULL || object->kind != &kind_table)
        return NULL;
    const struct table *table = table_root((const struct table *)(const void *)object);
    return check_skips_table(run, table) ? NULL : table;
}

static bool
reads(const struct check_run *run, const struct query *query, const struct table *table)
{
    const struct query_relations *relations = model_query_relations(run->model, query);
    for (size_t i = 0; i < relations->count; i++) {
        const struct object *object = relations->items[i]->object;
        if (object != NULL && object->kind == &kind_table &&
            table_root((const struct table *)(const void *)object) == table)
            return true;
    }
    return false;
}

/* Which place an equality has; SIZE_MAX: the query has none of that column. */
static size_t
place_of(const struct repetition *repetition, const char *column)
{
    for (size_t i = 0; i < repetition->equalities.count; i++)
        if (g_str_equal(repetition->equalities.items[i].column, column))
            return i;
    return SIZE_MAX;
}

/* How many different values of these columns there were, or fewer; 0: not all are compared. */
static unsigned
count_keys(const struct repetition *repetition, const struct names *columns)
{
    unsigned most = 0;
    for (size_t i = 0; i < columns->count; i++) {
        const size_t place = place_of(repetition, columns->items[i]);
        if (place == SIZE_MAX)
            return 0;
        most = MAX(most, repetition->values[place]);
    }
    return columns->count == repetition->equalities.count ? repetition->keys : most;
}

static unsigned
least_keys(const struct repetition *repetition)
{
    const bool select = repetition->query->kind == SHAPE_SELECT;
    return select && (repetition->unit == UNIT_TEST || repetition->unit == UNIT_ROLLED_BACK)
               ? KEYS_OF_TESTS
               : KEYS_OF_PRODUCTION;
}

/* Nearly each call had another key. */
static bool
goes_over_keys(const struct repetition *repetition, const struct names *columns)
{
    const unsigned keys = count_keys(repetition, columns);
    return keys >= least_keys(repetition) && keys * 10 >= repetition->counted * 8;
}

/* ---- the foreign key ---- */

/* One query for each row of another one. */
struct chain {
    const struct repetition *repetition;
    const struct table *table; /* that is asked again and again */
    const struct table *from;  /* whose rows were read before */
    const struct constraint *foreign_key;
    const struct query *first; /* that read them */
};

static bool
find_first(const struct check_run *run, struct chain *chain)
{
    const struct repetition *repetition = chain->repetition;
    for (size_t i = 0; chain->from != NULL && i < repetition->before_count; i++)
        if (reads(run, repetition->before[i], chain->from)) {
            chain->first = repetition->before[i];
            return true;
        }
    return false;
}

/* The rows that point to a row of the other table. */
static bool
find_children(const struct check_run *run, struct chain *chain)
{
    for (size_t i = 0; i < chain->table->constraints.count; i++) {
        const struct constraint *key = &chain->table->constraints.items[i];
        if (key->kind != CONSTRAINT_FOREIGN_KEY || key->references.object == NULL ||
            !goes_over_keys(chain->repetition, &key->columns))
            continue;
        chain->from = table_root(key->references.object);
        chain->foreign_key = key;
        if (find_first(run, chain))
            return true;
    }
    return false;
}

/* The row that a row of the other table points to. */
static bool
find_parent(const struct check_run *run, struct chain *chain)
{
    const struct references *references = model_references(run->model, chain->table);
    for (size_t i = 0; i < references->count; i++) {
        const struct constraint *key = references->items[i];
        if (!goes_over_keys(chain->repetition, &key->referenced_columns))
            continue;
        chain->from = table_root(object_table(key));
        chain->foreign_key = key;
        if (find_first(run, chain))
            return true;
    }
    return false;
}

static bool
find_chain(const struct check_run *run, const struct repetition *repetition, struct chain *chain)
{
    *chain = (struct chain){
        .repetition = repetition,
        .table = table_of(run, repetition->query),
    };
    return chain->table != NULL && (find_children(run, chain) || find_parent(run, chain));
}

/* ---- what to do ---- */

/* The association of Ecto that follows the foreign key; NULL: none that is known. */
static const char *
find_association(const struct check_run *run, const struct chain *chain)
{
    const struct table_modules *modules = model_modules(run->model, chain->from);
    const bool up = object_table(chain->foreign_key) == chain->from;
    for (size_t i = 0; i < modules->count; i++)
        for (size_t j = 0; j < modules->items[i]->association_count; j++) {
            const struct schema_association *association = &modules->items[i]->associations[j];
            const struct schema_module *other = association->module != NULL
                                                    ? schema_module_find(run->model->schemas,
                                                                         association->module)
                                                    : NULL;
            if (other != NULL && (association->kind == BELONGS_TO) == up &&
                association->kind <= HAS_MANY &&
                model_module_table(run->model, other) == chain->table)
                return association->name;
        }
    return NULL;
}

static void
advise(struct check_run *run, struct finding *finding, const struct chain *chain)
{
    const char *association = find_association(run, chain);
    const bool up = object_table(chain->foreign_key) == chain->from;
    const struct names *columns = up ? &chain->foreign_key->referenced_columns
                                     : &chain->foreign_key->columns;
    const char *code = association != NULL
                           ? check_code(run, arena_printf(run->arena, "Repo.preload(rows, :%s)",
                                                          association))
                           : "`Repo.preload/2`, or `preload:` in the first query";
    const char *join = arena_printf(run->arena, "%s = ANY ($1)", columns->items[0]);
    check_advice(run, finding,
                 "Ask once for all rows: %s, a join in the first query, or %s in SQL.", code,
                 columns->count == 1 ? check_code(run, join) : "a list of keys");
}

/* ---- what was seen ---- */

static void
show_place(struct check_run *run, struct finding *finding, const struct repetition *repetition)
{
    const struct call_site *site = &repetition->site;
    finding->strength = STRENGTH_OBSERVED;
    finding->query = repetition->query;
    finding->file = site->file;
    finding->line = site->line;
    check_evidence(run, finding, "Asked by", site->function);
}

static void
show(struct check_run *run, struct finding *finding, const struct repetition *repetition)
{
    check_evidence(run, finding, "Query", repetition->query->text);
    check_evidence(run, finding, "Calls", check_number(run, (int64_t)repetition->site.calls));
    if (repetition->ms > 0)
        check_evidence(run, finding, "Time of these calls",
                       arena_printf(run->arena, "%.1f ms", repetition->ms));
    if (repetition->units > 1)
        check_evidence(run, finding, "Seen in",
                       check_count(run, (int64_t)repetition->units, unit_words[repetition->unit]));
    show_place(run, finding, repetition);
}

static void
report_chain(struct check_run *run, const struct chain *chain)
{
    const struct repetition *repetition = chain->repetition;
    const char *table = check_path(run, chain->table);
    const char *from = check_path(run, chain->from);
    const char *unit = unit_words[repetition->unit];
    const char *calls = check_number(run, (int64_t)repetition->site.calls);
    struct finding *finding = check_report(run, chain->table,
                                           "%s is asked %s times in one %s, row by row of %s",
                                           table, calls, unit, from);
    if (repetition->site.calls < KEYS_OF_PRODUCTION || repetition->ms < MUCH_TIME)
        finding->severity = SEVERITY_WARNING;
    check_detail(run, finding,
                 "One query read %s, then %s followed, each with another key: with more rows "
                 "there are more.",
                 from, calls);
    advise(run, finding, chain);
    check_evidence(run, finding, "First query", chain->first->text);
    check_constraint(run, finding, "Foreign key", chain->foreign_key);
    show(run, finding, repetition);
}

/* ---- rules ---- */

/* What a test asks itself is no habit of the program. */
static bool
is_of_test(const struct repetition *repetition)
{
    return repetition->site.file != NULL && g_str_has_prefix(repetition->site.file, "test/");
}

/* Whether the same query at the same place was reported already, with more calls. */
static bool
is_told(GHashTable *told, const struct repetition *repetition)
{
    g_autofree char *key = g_strdup_printf(
        "%s %s:%u", repetition->query->fingerprint,
        repetition->site.file != NULL ? repetition->site.file : "", repetition->site.line);
    if (g_hash_table_contains(told, key))
        return true;
    g_hash_table_add(told, g_steal_pointer(&key));
    return false;
}

static void
each_repetition(struct check_run *run,
                void (*report)(struct check_run *run, const struct repetition *repetition,
                               GHashTable *told))
{
    const struct workload *workload = run->model->workload;
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; workload != NULL && i < workload->repetition_count; i++)
        if (!is_of_test(&workload->repetitions[i]))
            report(run, &workload->repetitions[i], told);
}

static void
report_reads(struct check_run *run, const struct repetition *repetition, GHashTable *told)
{
    struct chain chain;
    if (repetition->query->kind != SHAPE_SELECT || !find_chain(run, repetition, &chain) ||
        is_told(told, repetition))
        return;
    report_chain(run, &chain);
}

/* In tests, rows are made one by one before anything is tested. */
static bool
writes_row_by_row(const struct repetition *repetition, const struct table *table)
{
    const bool test = repetition->unit == UNIT_TEST || repetition->unit == UNIT_ROLLED_BACK;
    if (repetition->query->kind == SHAPE_INSERT)
        return !test && repetition->site.calls >= KEYS_OF_PRODUCTION;
    const struct constraint *key = table_primary_key(table);
    return key != NULL && goes_over_keys(repetition, &key->columns);
}

static const char *const instead[] = {
    [SHAPE_OTHER] = "",
    [SHAPE_SELECT] = "",
    [SHAPE_INSERT] = "`Repo.insert_all/3`, an INSERT with several rows",
    [SHAPE_UPDATE] = "`Repo.update_all/3`, an UPDATE of several rows",
    [SHAPE_DELETE] = "`Repo.delete_all/2`, a DELETE of several rows",
    [SHAPE_MERGE] = "one MERGE",
};

static void
report_writes(struct check_run *run, const struct repetition *repetition, GHashTable *told)
{
    const struct table *table = table_of(run, repetition->query);
    if (repetition->query->kind == SHAPE_SELECT || table == NULL ||
        !writes_row_by_row(repetition, table) || is_told(told, repetition))
        return;
    struct finding *finding = check_report(
        run, table, "%s is written %s times in one %s, row by row", check_path(run, table),
        check_number(run, (int64_t)repetition->site.calls), unit_words[repetition->unit]);
    check_detail(run, finding,
                 "Each is a way to the server and back, and a commit of its own outside of a "
                 "transaction.");
    check_advice(run, finding, "Write once for all rows: %s.", instead[repetition->query->kind]);
    show(run, finding, repetition);
}

/* The same row again and again. A test may wait for something so; a request may not. */
static void
report_same(struct check_run *run, const struct repetition *repetition, GHashTable *told)
{
    const struct table *table = table_of(run, repetition->query);
    if (repetition->query->kind != SHAPE_SELECT || table == NULL ||
        repetition->unit != UNIT_REQUEST || repetition->counted < KEYS_OF_PRODUCTION ||
        repetition->keys * 10 > repetition->counted * 2 || is_told(told, repetition))
        return;
    struct finding *finding = check_report(
        run, table, "%s is asked %s times in one request for the same rows", check_path(run, table),
        check_number(run, (int64_t)repetition->site.calls));
    check_detail(run, finding, "All but the first of these queries say what is known already.");
    check_advice(run, finding, "Ask once, and hand the row on: in `assigns`, or as an argument.");
    show(run, finding, repetition);
}

void
check_n_plus_one(struct check_run *run)
{
    each_repetition(run, report_reads);
}

void
check_n_plus_one_write(struct check_run *run)
{
    each_repetition(run, report_writes);
}

void
check_query_repeated_same_key(struct check_run *run)
{
    each_repetition(run, report_same);
}
