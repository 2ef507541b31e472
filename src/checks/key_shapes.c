/* key_shapes.c - numbers that run out, and how a key gets them; NOT NULL said as a CHECK. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

/* The only column of the primary key; NULL when there are more, or none. */
static const struct column *
key_column(const struct table *table)
{
    const struct constraint *key = table_primary_key(table);
    return key != NULL && key->columns.count == 1 ? table_column(table, key->columns.items[0])
                                                  : NULL;
}

static bool
draws_numbers(const struct check_run *run, const struct column *column)
{
    return model_sequence(run->model, column) != NULL ||
           (column->identity != IDENTITY_NONE && column->identity != column_identity_UNKNOWN) ||
           (column->default_value != NULL && strstr(column->default_value, "nextval(") != NULL);
}

static bool
is_small_key(const struct check_run *run, const struct column *column)
{
    return column != NULL && column->inherited != YES && draws_numbers(run, column) &&
           (text_equal(column->type, "smallint") || text_equal(column->type, "integer"));
}

static void
report_small_key(struct check_run *run, const struct column *column)
{
    bool is_small = text_equal(column->type, "smallint");
    struct finding *finding = check_report(run, column, "%s ends at %s", check_path(run, column),
                                           check_number(run, is_small ? INT16_MAX : INT32_MAX));
    check_detail(run, finding,
                 "Failed inserts use up numbers too. Past the end every insert fails, and the "
                 "change to bigint then writes a large table anew while nobody can use it.");
    check_advice(run, finding,
                 "Use bigint in new tables. Here, compare with how far the sequence has come.");
    check_column(run, finding, column);
}

void
check_int4_key(struct check_run *run)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (guint i = 0; i < run->tables->len; i++) {
        const struct column *column = key_column(run->tables->pdata[i]);
        if (is_small_key(run, column))
            g_ptr_array_add(keys, (gpointer)(guintptr)column);
    }
    if (check_is_habit(run, keys->len)) {
        struct finding *finding = check_report(run, NULL, "%s are smaller than bigint",
                                               check_count(run, keys->len, "primary key"));
        check_detail(run, finding,
                     "Past %s every insert fails, and failed inserts use up numbers too.",
                     check_number(run, INT32_MAX));
        check_advice(run, finding,
                     "Use bigint in new tables, and look how far the sequences of the busiest have "
                     "come. `--profile strict` lists them.");
        return;
    }
    for (guint i = 0; i < keys->len; i++)
        report_small_key(run, keys->pdata[i]);
}

/* ---- serial-not-identity ---- */

static bool
is_serial(const struct check_run *run, const struct column *column)
{
    const struct sequence *sequence = model_sequence(run->model, column);
    return sequence != NULL && sequence->identity != YES && column->default_value != NULL &&
           g_str_has_prefix(column->default_value, "nextval(") && column->inherited != YES;
}

static void
report_serial(struct check_run *run, const struct table *table, const struct column *column)
{
    struct finding *finding = check_report(run, column, "%s is serial, not an identity column",
                                           check_path(run, column));
    check_detail(run, finding,
                 "Its sequence has rights and a name of its own, anybody may write a number that "
                 "the sequence gives out later, and the default can be lost.");
    check_advice(run, finding,
                 "In new tables write GENERATED … AS IDENTITY. There is no need to change this "
                 "one.");
    check_column(run, finding, column);
    check_evidence(run, finding, "Table", table->object.path);
}

static void
report_serials(struct check_run *run, unsigned count)
{
    bool ecto = run->profile == PROFILE_ECTO;
    struct finding *finding = check_report(
        run, NULL, "%s %s serial%s", check_count(run, count, "column"), count == 1 ? "is" : "are",
        ecto ? ", as Ecto makes them" : "");
    check_detail(run, finding, "Identity columns are what the manual advises for new tables.");
    if (ecto)
        check_advice(run, finding,
                     "One decision for the whole project: `migration_primary_key: [type: "
                     ":identity]` in the repo's configuration.");
    else
        check_advice(run, finding,
                     "Decide once what new tables do. There is no need to change these.");
}

void
check_serial_not_identity(struct check_run *run)
{
    g_autoptr(GPtrArray) serials = g_ptr_array_new();
    for (guint i = 0; i < run->tables->len; i++) {
        const struct table *table = run->tables->pdata[i];
        for (size_t j = 0; j < table->columns.count; j++)
            if (is_serial(run, &table->columns.items[j]))
                g_ptr_array_add(serials, &table->columns.items[j]);
    }
    bool together = run->profile == PROFILE_ECTO || check_is_habit(run, serials->len);
    if (together && serials->len > 0)
        report_serials(run, serials->len);
    for (guint i = 0; !together && i < serials->len; i++)
        report_serial(run, object_table(serials->pdata[i]), serials->pdata[i]);
}

/* ---- sequence-wider-than-column ---- */

void
check_sequence_wider_than_column(struct check_run *run)
{
    const struct sequence_list *sequences = &run->model->catalog->sequences;
    for (size_t i = 0; i < sequences->count; i++) {
        const struct sequence *sequence = &sequences->items[i];
        const struct column *column = sequence->owned_by.object;
        if (column == NULL || check_skips_table(run, object_table(column)) ||
            !text_equal(sequence->type, "bigint"))
            continue;
        const char *type = column_base_type(column);
        bool narrow = g_str_equal(type, "integer") || g_str_equal(type, "smallint");
        int64_t most = g_str_equal(type, "smallint") ? INT16_MAX : INT32_MAX;
        if (!narrow || sequence->maximum <= most)
            continue;
        struct finding *finding = check_report(
            run, sequence, "Sequence %s counts further than its column", check_path(run, sequence));
        check_detail(run, finding,
                     "After %s, %s takes none of its numbers, and the sequence does not say so.",
                     check_number(run, most), check_path(run, column));
        check_advice(run, finding, "Make the column bigint while there is time.");
        check_column(run, finding, column);
        check_evidence(run, finding, "Type of the sequence", sequence->type);
    }
}

/* ---- check-instead-of-not-null ---- */

/* "CHECK ((column IS NOT NULL))" and nothing else. */
static bool
says_only_not_null(const char *definition, const char *column)
{
    static const char *const words[] = {"check", NULL, "is", "not", "null"};
    struct sql_token token;
    size_t at = 0;
    while (sql_next_word(&definition, &token)) {
        if (sql_is_sign(&token, '(') || sql_is_sign(&token, ')'))
            continue;
        if (at == G_N_ELEMENTS(words))
            return false;
        if (words[at] != NULL) {
            if (!sql_is_word(&token, words[at++]))
                return false;
            continue;
        }
        at++;
        if (!sql_is_name(&token, column))
            return false;
    }
    return at == G_N_ELEMENTS(words);
}

static void
report_check(struct check_run *run, const struct table *table, const struct constraint *constraint,
             const struct column *column)
{
    struct finding *finding = check_report(run, constraint,
                                           "%s is kept from NULL by a CHECK, not by its type",
                                           check_path(run, column));
    check_detail(run, finding,
                 "The planner, Ecto's tools and readers look for NOT NULL and do not find it.");
    check_advice(run, finding,
                 "SET NOT NULL takes the validated CHECK for proof and reads no row; then drop the "
                 "CHECK.");
    check_constraint(run, finding, "Constraint", constraint);
    g_autofree char *set = sql_text("ALTER TABLE %O ALTER COLUMN %I SET NOT NULL", &table->object,
                                    column->name);
    g_autofree char *drop = sql_text("ALTER TABLE %O DROP CONSTRAINT %I", &table->object,
                                     constraint->name);
    fix_statements(run, finding, (const char *const[]){set, drop, NULL});
}

static void
visit_checks(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        if (constraint->kind != CONSTRAINT_CHECK || constraint->validated == NO ||
            constraint->inherited == YES || constraint->columns.count != 1 ||
            !says_only_not_null(constraint->definition, constraint->columns.items[0]))
            continue;
        const struct column *column = table_column(table, constraint->columns.items[0]);
        if (column != NULL)
            report_check(run, table, constraint, column);
    }
}

void
check_check_instead_of_not_null(struct check_run *run)
{
    check_each_table(run, visit_checks);
}
