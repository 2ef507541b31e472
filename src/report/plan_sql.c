/* plan_sql.c - the way up as a script for psql. */
#include "base/text.h"
#include "report/report.h"

#include <string.h>

/* A comment of one line, whatever is in the words. */
static void
put_comment(GString *text, const char *before, const char *words)
{
    g_autofree char *clean = text_clean(words);
    g_string_append_printf(text, "-- %s%s\n", before, g_strdelimit(clean, "\n\t", ' '));
}

/* Ends where a comment at the end of the statement cannot swallow the semicolon. */
static void
put_statement(GString *text, const char *sql)
{
    g_autofree char *statement = g_strchomp(g_strdup(sql));
    if (*statement == '\0')
        return;
    const char *newline = strrchr(statement, '\n');
    bool commented = strstr(newline != NULL ? newline : statement, "--") != NULL;
    bool ended = !commented && g_str_has_suffix(statement, ";");
    g_string_append_printf(text, "%s%s\n", statement, ended ? "" : commented ? "\n;" : ";");
}

static void
put_plan(GString *text, const struct migration_plan *plan)
{
    bool wrapped = plan->isolation == IN_TRANSACTION && plan->count > 0;
    if (wrapped)
        g_string_append(text, "BEGIN;\n");
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
    if (wrapped)
        g_string_append(text, plan->end == PLAN_COMPLETE ? "COMMIT;\n" : "ROLLBACK;\n");
}

GString *
report_plan_sql(const struct migrations *migrations)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration *migration = &migrations->items[i];
        put_comment(text, "", migration->file);
        put_plan(text, &migration->up);
        g_string_append_c(text, '\n');
    }
    return text;
}
