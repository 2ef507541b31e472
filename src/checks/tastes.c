/* tastes.c - keys, types and schemas that some teams want and others do not: all but one speak
 * only under the profile strict. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"
#include "checks/words.h"

/* ---- pk-natural ---- */

static bool
is_in_foreign_key(const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && names_hold(&constraint->columns, column))
            return true;
    }
    return false;
}

/* Text that nothing fills in and that is not called like a number that another system gave. */
static bool
means_something(const struct table *table, const struct column *column)
{
    static const char *const given[] = {"id",    "uuid", "guid",   "ulid",
                                        "token", "hash", "digest", NULL};
    return column_is_text(column) && column->default_value == NULL &&
           !name_ends_with_word(column->name, given) && !is_in_foreign_key(table, column->name);
}

static void
visit_natural(struct check_run *run, const struct table *table)
{
    const struct constraint *key = table_primary_key(table);
    const struct column *column = key != NULL && key->columns.count == 1
                                      ? table_column(table, key->columns.items[0])
                                      : NULL;
    if (column == NULL || column->inherited == YES || !means_something(table, column))
        return;
    struct finding *finding = check_report(run, key, "%s is a key that means something",
                                           check_path(run, column));
    finding->strength = STRENGTH_HINT;
    check_detail(run, finding,
                 "What means something changes: then every row that points here is written too, "
                 "and links, caches and logs keep the old value.");
    check_advice(run, finding,
                 "Fine for codes that a standard fixes. Else give the table a key without a "
                 "meaning, and keep this one unique.");
    check_column(run, finding, column);
    check_constraint(run, finding, "Primary key", key);
}

void
check_pk_natural(struct check_run *run)
{
    check_each_table(run, visit_natural);
}

/* ---- pk-not-first ---- */

/* How many columns of the table stand before the last one of its key. */
static size_t
place_of_last(const struct table *table, const struct constraint *key)
{
    size_t last = 0;
    for (size_t i = 0; i < table->columns.count; i++)
        if (names_hold(&key->columns, table->columns.items[i].name))
            last = i;
    return last;
}

static void
visit_order(struct check_run *run, const struct table *table)
{
    const struct constraint *key = table_primary_key(table);
    if (key == NULL || key->columns.count == 0 || table->inherits.count > 0 ||
        place_of_last(table, key) < key->columns.count)
        return;
    struct finding *finding = check_report(run, key, "The key of %s does not stand first",
                                           check_path(run, table));
    check_detail(run, finding,
                 "Whoever reads the table, a dump of it or a row in psql looks for the key at the "
                 "front.");
    check_advice(run, finding,
                 "Put the key first in new tables. Columns of a table that is there cannot change "
                 "places.");
    check_constraint(run, finding, "Primary key", key);
}

void
check_pk_not_first(struct check_run *run)
{
    check_each_table(run, visit_order);
}

/* ---- pk-composite ---- */

static bool
joins_tables(const struct table *table, const struct constraint *key)
{
    for (size_t i = 0; i < key->columns.count; i++)
        if (!is_in_foreign_key(table, key->columns.items[i]))
            return false;
    return true;
}

static void
visit_composite(struct check_run *run, const struct table *table)
{
    const struct constraint *key = table_primary_key(table);
    if (key == NULL || key->columns.count < 2 || table->kind == TABLE_PARTITIONED ||
        joins_tables(table, key))
        return;
    struct finding *finding = check_report(run, key, "A row of %s is named by %s",
                                           check_path(run, table),
                                           check_count(run, (int64_t)key->columns.count, "column"));
    check_detail(run, finding,
                 "Each table that points here repeats all of them, with an index on each; links "
                 "and forms carry several values, and a change of one changes them all.");
    check_advice(run, finding,
                 "Fine for rows that only exist within another. Else give the table a key of one "
                 "column, and keep these unique.");
    check_constraint(run, finding, "Primary key", key);
}

void
check_pk_composite(struct check_run *run)
{
    check_each_table(run, visit_composite);
}

/* ---- type-enum ---- */

/* The first column of a table that rules speak about which has the type; NULL: none has. */
static const struct column *
column_of_type(const struct check_run *run, const struct enum_type *type)
{
    for (guint i = 0; i < run->tables->len; i++) {
        const struct table *table = run->tables->pdata[i];
        for (size_t j = 0; j < table->columns.count; j++)
            if (table->columns.items[j].type_object.object == &type->object)
                return &table->columns.items[j];
    }
    return NULL;
}

void
check_type_enum(struct check_run *run)
{
    const struct enum_type_list *types = &run->model->catalog->enum_types;
    for (size_t i = 0; i < types->count; i++) {
        const struct enum_type *type = &types->items[i];
        const struct column *column = column_of_type(run, type);
        if (column == NULL)
            continue;
        struct finding *finding = check_report(
            run, type, "%s is an enum of %s", check_path(run, type),
            check_count(run, (int64_t)type->labels.count, "value"));
        check_detail(run, finding,
                     "No value of an enum can be taken away, and a new one cannot be used in the "
                     "transaction that adds it.");
        check_advice(run, finding,
                     "Where values come and go, use text with a CHECK, or a table that a foreign "
                     "key points to.");
        check_column(run, finding, column);
    }
}

/* ---- schema-env-named ---- */

/* "production" and "test" alone may be what the company does: goods, examinations. */
static bool
is_named_like_a_stage(const char *name)
{
    static const char *const stages[] = {"dev",     "development", "staging", "stg", "prod",
                                         "preprod", "sandbox",     "uat",     "qa",  NULL};
    static const char *const others[] = {"production", "test", NULL};
    bool alone = g_ascii_strcasecmp(name, others[0]) == 0 ||
                 g_ascii_strcasecmp(name, others[1]) == 0;
    return name_has_word(name, stages) || (!alone && name_has_word(name, others));
}

void
check_schema_env_named(struct check_run *run)
{
    const struct schema_list *schemas = &run->model->catalog->schemas;
    for (size_t i = 0; i < schemas->count; i++) {
        const struct schema *schema = &schemas->items[i];
        if (!is_named_like_a_stage(schema->name))
            continue;
        struct finding *finding = check_report(run, schema, "Schema %s is called after a stage",
                                               check_path(run, schema));
        finding->strength = STRENGTH_HINT;
        check_detail(run, finding,
                     "Migrations, functions and queries that name it run in one environment only, "
                     "and a copy of production is called something else than it is.");
        check_advice(run, finding,
                     "Keep stages in databases of their own, with the same names in each.");
    }
}
