/* plan_sql.c - the way up as a script for psql. */
#include "base/secret.h"
#include "base/secret_sql.h"
#include "base/sql_lexer.h"
#include "base/text.h"
#include "report/report.h"

/* A comment of one line, whatever is in the words. */
static void
put_comment(GString *text, const char *before, const char *words)
{
    g_autofree char *masked = secret_mask(words);
    g_autofree char *clean = text_clean(masked);
    g_string_append_printf(text, "-- %s%s\n", before, g_strdelimit(clean, "\n\t", ' '));
}

static void
put_statement(GString *text, const char *sql)
{
    g_autofree char *safe = secret_mask_sql(sql, SECRET_FOR_RUNNING);
    g_autofree char *complete = sql_complete(safe);
    if (*complete == '\0')
        return;
    if (!g_str_equal(safe, sql))
        put_comment(text, "", "a password was left out here");
    g_string_append_printf(text, "%s\n", complete);
}

static void
put_steps(GString *text, const struct migration_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        const struct migration_step *step = &plan->steps[i];
        if (step->kind != STEP_OPAQUE) {
            put_statement(text, step->sql);
            continue;
        }
        put_comment(text, "opaque: ", step->source);
        put_comment(text, "  because ", step->reason);
    }
    if (plan->end != PLAN_COMPLETE)
        put_comment(text, "here it refuses: ", plan->reason);
}

/* In a transaction of its own, unless all share one. */
static void
put_plan(GString *text, const struct migration_plan *plan, enum transactions transactions)
{
    bool wrapped = plan->isolation == IN_TRANSACTION && plan->count > 0 &&
                   transactions == TRANSACTION_FOR_EACH;
    if (wrapped)
        g_string_append(text, "BEGIN;\n");
    put_steps(text, plan);
    if (wrapped)
        g_string_append(text, plan->end == PLAN_COMPLETE ? "COMMIT;\n" : "ROLLBACK;\n");
}

GString *
report_plan_sql(const struct migrations *migrations)
{
    GString *text = g_string_new(NULL);
    bool together = migrations->transactions == TRANSACTION_FOR_ALL;
    if (together)
        g_string_append(text, "BEGIN;\n\n");
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration *migration = &migrations->items[i];
        put_comment(text, "", migration->file);
        put_plan(text, &migration->up, migrations->transactions);
        if (migration->kind == MIGRATION_DUMP) /* dumps set what later sessions do not have */
            g_string_append(text, "RESET ALL;\n");
        g_string_append_c(text, '\n');
    }
    if (together)
        g_string_append(text, "COMMIT;\n");
    return text;
}
