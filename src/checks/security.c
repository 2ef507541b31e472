/* security.c - doors that look closed and are not. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

static void
visit_policies(struct check_run *run, const struct table *table)
{
    if (table->policies.count == 0 || table->row_security != NO)
        return;
    struct finding *finding = check_report(run, table,
                                           "Row security of %s is off, so its policies do nothing",
                                           check_path(run, table));
    check_detail(run, finding, "Everybody who may read the table reads all of its rows.");
    check_advice(run, finding, "Enable row security, or drop the policies.");
    for (size_t i = 0; i < table->policies.count; i++)
        check_evidence(run, finding, "Policy", table->policies.items[i].name);
    g_autofree char *up = sql_text("ALTER TABLE %O ENABLE ROW LEVEL SECURITY", &table->object);
    g_autofree char *down = sql_text("ALTER TABLE %O DISABLE ROW LEVEL SECURITY", &table->object);
    fix_statement(run, finding, up, down);
}

void
check_rls_policy_but_disabled(struct check_run *run)
{
    check_each_table(run, visit_policies);
}

static bool
sets_search_path(const struct function *function)
{
    for (size_t i = 0; i < function->settings.count; i++)
        if (g_ascii_strncasecmp(function->settings.items[i], "search_path=", 12) == 0)
            return true;
    return false;
}

/* A body in SQL itself (BEGIN ATOMIC … or RETURN …), not in a string: its names were looked up when
 * the function was made. */
static bool
body_is_parsed(const struct function *function)
{
    const char *cursor = function->definition;
    struct sql_token token;
    bool after_as = false;
    if (!text_equal(function->language, "sql"))
        return false;
    while (sql_next_word(&cursor, &token)) {
        if (after_as && token.kind == SQL_STRING)
            return false;
        after_as = sql_is_word(&token, "as");
    }
    return true;
}

static void
report_search_path(struct check_run *run, const struct function *function)
{
    struct finding *finding = check_report(
        run, function, "%s runs with its owner's rights and the caller's search path",
        check_path(run, function));
    check_detail(run, finding,
                 "A caller who may create a table or function in any schema can put it "
                 "in front of the one that is meant, and it runs as the owner.");
    check_advice(run, finding,
                 "Fix its search path: the schemas it needs that only trusted people "
                 "can write to, and `pg_temp` last.");
    check_evidence(run, finding, "Function", function->definition);
    const char *word = function->kind == FUNCTION_PROCEDURE ? "PROCEDURE" : "FUNCTION";
    g_autofree char *up = sql_text("ALTER %S %O SET search_path = pg_catalog, %I, pg_temp", word,
                                   &function->object, function->schema);
    g_autofree char *down = sql_text("ALTER %S %O RESET search_path", word, &function->object);
    fix_statement(run, finding, up, down);
}

void
check_secdef_no_search_path(struct check_run *run)
{
    const struct function_list *functions = &run->model->catalog->functions;
    for (size_t i = 0; i < functions->count; i++) {
        const struct function *function = &functions->items[i];
        if (function->security_definer == YES && !sets_search_path(function) &&
            !body_is_parsed(function) && !check_skips_name(function->name))
            report_search_path(run, function);
    }
}
