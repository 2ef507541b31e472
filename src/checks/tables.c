/* tables.c - what a table lacks, and what was switched off and left so. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"
#include "checks/words.h"

static void
visit_not_valid(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        if (constraint->validated != NO || constraint->inherited == YES ||
            constraint_is_not_enforced(constraint))
            continue;
        struct finding *finding = check_report(
            run, constraint, "Constraint %s was never checked on the older rows of %s",
            check_code(run, constraint->name), check_path(run, table));
        check_detail(run, finding,
                     "Rows written since then obey it; rows from before may not, and "
                     "the planner does not rely on it.");
        check_advice(run, finding,
                     "Check them now: people can go on reading and writing meanwhile.");
        check_constraint(run, finding, "Constraint", constraint);
        g_autofree char *up = sql_text("ALTER TABLE %O VALIDATE CONSTRAINT %I", &table->object,
                                       constraint->name);
        fix_statement(run, finding, up, NULL);
    }
}

static void
visit_domain(struct check_run *run, const struct domain *domain)
{
    for (size_t i = 0; i < domain->constraints.count; i++) {
        const struct domain_constraint *constraint = &domain->constraints.items[i];
        if (constraint->validated != NO)
            continue;
        struct finding *finding = check_report(
            run, constraint, "Constraint %s was never checked on the older values of type %s",
            check_code(run, constraint->name), check_path(run, domain));
        check_detail(run, finding,
                     "Values written since then obey it; values from before may not.");
        check_advice(run, finding,
                     "Check them now; PostgreSQL reads every table with a column of "
                     "this type.");
        check_evidence(run, finding, "Constraint", constraint->definition);
        g_autofree char *up = sql_text("ALTER DOMAIN %O VALIDATE CONSTRAINT %I", &domain->object,
                                       constraint->name);
        fix_statement(run, finding, up, NULL);
    }
}

void
check_constraint_not_valid(struct check_run *run)
{
    check_each_table(run, visit_not_valid);
    const struct domain_list *domains = &run->model->catalog->domains;
    for (size_t i = 0; i < domains->count; i++)
        visit_domain(run, &domains->items[i]);
}

/* 'NULL'::text: the word in quotes, and nothing but a cast behind it. */
static bool
is_quoted_null(const char *expression)
{
    struct sql_token token;
    if (!sql_next_word(&expression, &token) || token.kind != SQL_STRING || token.length != 6 ||
        g_ascii_strncasecmp(token.text, "'null'", 6) != 0)
        return false;
    return !sql_next_word(&expression, &token) || token.kind == SQL_CAST;
}

static void
visit_default(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        if (column->default_value == NULL || !is_quoted_null(column->default_value) ||
            !column_is_text(column))
            continue;
        struct finding *finding = check_report(
            run, column, "Column %s defaults to the word NULL, not to no value",
            check_path(run, column));
        check_detail(run, finding,
                     "Rows written without a value hold four letters, and `IS NULL` does not find "
                     "them.");
        check_advice(run, finding, "Drop the default, then look for rows that hold the word.");
        check_evidence(run, finding, "Default", column->default_value);
        g_autofree char *up = sql_text("ALTER TABLE %O ALTER COLUMN %I DROP DEFAULT",
                                       &table->object, column->name);
        g_autofree char *down = sql_text("ALTER TABLE %O ALTER COLUMN %I SET DEFAULT %S",
                                         &table->object, column->name, column->default_value);
        fix_statement(run, finding, up, down);
    }
}

void
check_default_string_null(struct check_run *run)
{
    check_each_table(run, visit_default);
}

static void
report_disabled(struct check_run *run, const struct object *relation, const struct trigger *trigger)
{
    struct finding *finding = check_report(run, trigger, "Trigger %s is disabled",
                                           check_path(run, trigger));
    check_detail(run, finding, "Changes to %s go through without it, and nothing says so.",
                 check_path(run, relation));
    check_advice(run, finding,
                 "Enable it, or drop it if nobody misses it. Changes made meanwhile "
                 "were not seen by it.");
    check_evidence(run, finding, "Trigger", trigger->definition);
    g_autofree char *up = sql_text("ALTER TABLE %O ENABLE TRIGGER %I", relation, trigger->name);
    g_autofree char *down = sql_text("ALTER TABLE %O DISABLE TRIGGER %I", relation, trigger->name);
    fix_statement(run, finding, up, down);
}

static void
visit_triggers(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->triggers.count; i++) {
        const struct trigger *trigger = &table->triggers.items[i];
        if (trigger->enabled == TRIGGER_DISABLED && trigger->inherited != YES)
            report_disabled(run, &table->object, trigger);
    }
}

void
check_trigger_disabled(struct check_run *run)
{
    check_each_table(run, visit_triggers);
}
