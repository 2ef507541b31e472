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

/* ---- rows ---- */

static void
visit_unanswered(struct check_run *run, const struct table *table)
{
    if (table->row_security != YES || table->policies.count > 0)
        return;
    struct finding *finding = check_report(run, table, "Nobody but the owner sees a row of %s",
                                           check_path(run, table));
    check_detail(run, finding,
                 "Row security is on and there is no policy: others read an empty table, without "
                 "an error.");
    check_advice(run, finding,
                 "Fine where only the owner or roles with BYPASSRLS are meant to read it. Else "
                 "write a policy.");
}

void
check_rls_enabled_no_policy(struct check_run *run)
{
    check_each_table(run, visit_unanswered);
}

static bool
is_always_true(const char *expression)
{
    struct sql_token token;
    bool found = false;
    while (expression != NULL && sql_next_word(&expression, &token)) {
        if (sql_is_sign(&token, '(') || sql_is_sign(&token, ')'))
            continue;
        if (found || !sql_is_word(&token, "true"))
            return false;
        found = true;
    }
    return found;
}

/* Whether it is meant for everybody, not for roles that it names. */
static bool
is_for_all(const struct policy *policy)
{
    return policy->roles.count == 0 || names_hold(&policy->roles, "public") ||
           names_hold(&policy->roles, "PUBLIC");
}

static bool
is_reading(const struct policy *policy)
{
    return policy->command != NULL && g_ascii_strcasecmp(policy->command, "select") == 0;
}

static void
visit_true(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->policies.count && table->row_security == YES; i++) {
        const struct policy *policy = &table->policies.items[i];
        bool open = is_always_true(policy->using_expression) ||
                    is_always_true(policy->check_expression);
        if (!open || policy->permissive == NO || is_reading(policy))
            continue;
        struct finding *finding = check_report(run, policy, "Policy %s lets every row be written",
                                               check_path(run, policy));
        if (!is_for_all(policy))
            finding->severity = SEVERITY_NOTE;
        check_detail(run, finding,
                     "Its condition is `true`, and permissive policies are joined with OR: for its "
                     "command the others decide nothing.");
        check_advice(run, finding,
                     "Write who may change which row. If a role is meant to change all, say so in "
                     "the policy's comment and accept the finding.");
        check_evidence(run, finding, "Command", policy->command);
        check_evidence(run, finding, "USING", policy->using_expression);
        check_evidence(run, finding, "WITH CHECK", policy->check_expression);
    }
}

void
check_rls_policy_always_true(struct check_run *run)
{
    check_each_table(run, visit_true);
}

/* Whether a call stands outside a sub-select, where it runs once for each row. */
static bool
calls_for_each_row(const char *expression)
{
    struct sql_token token;
    unsigned depth = 0;
    unsigned within = 0; /* the depth of the sub-select; 0: none */
    bool opened = false;
    while (expression != NULL && sql_next_word(&expression, &token)) {
        if (sql_is_sign(&token, '(')) {
            depth++;
        } else if (sql_is_sign(&token, ')')) {
            if (within == depth)
                within = 0;
            depth -= depth > 0;
        } else if (opened && within == 0 && sql_is_word(&token, "select")) {
            within = depth;
        } else if (within == 0 && sql_is_word(&token, "current_setting")) {
            return true;
        }
        opened = sql_is_sign(&token, '(');
    }
    return false;
}

static void
visit_per_row(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->policies.count; i++) {
        const struct policy *policy = &table->policies.items[i];
        if (!calls_for_each_row(policy->using_expression) &&
            !calls_for_each_row(policy->check_expression))
            continue;
        struct finding *finding = check_report(
            run, policy, "Policy %s asks for a setting for each row", check_path(run, policy));
        check_detail(run, finding,
                     "`current_setting` is called again for every row that is read, although it "
                     "cannot change meanwhile.");
        check_advice(run, finding,
                     "Write `(SELECT current_setting(…))`: the planner then asks once.");
        check_evidence(run, finding, "USING", policy->using_expression);
        check_evidence(run, finding, "WITH CHECK", policy->check_expression);
    }
}

void
check_rls_per_row_function(struct check_run *run)
{
    check_each_table(run, visit_per_row);
}

static void
visit_several(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->policies.count; i++) {
        const struct policy *policy = &table->policies.items[i];
        for (size_t j = 0; policy->permissive != NO && j < i; j++) {
            const struct policy *other = &table->policies.items[j];
            if (other->permissive == NO || !text_equal(policy->command, other->command) ||
                !names_equal(&policy->roles, &other->roles))
                continue;
            struct finding *finding = check_report(
                run, policy, "Policies %s and %s of %s are joined with OR",
                check_code(run, policy->name), check_code(run, other->name),
                check_path(run, table));
            check_detail(run, finding,
                         "Both are permissive, for the same command and roles: a row passes that "
                         "fits one of them, and both are computed.");
            check_advice(run, finding,
                         "Write one policy; make restrictive what must hold as well.");
            break;
        }
    }
}

void
check_rls_multiple_permissive(struct check_run *run)
{
    check_each_table(run, visit_several);
}

/* ---- views ---- */

static bool
runs_as_caller(const struct view *view)
{
    static const char *const on[] = {"security_invoker=true", "security_invoker=on",
                                     "security_invoker=1", "security_invoker=yes"};
    for (size_t i = 0; i < G_N_ELEMENTS(on); i++)
        if (names_hold(&view->options, on[i]))
            return true;
    return false;
}

void
check_view_not_security_invoker(struct check_run *run)
{
    const struct view_list *views = &run->model->catalog->views;
    for (size_t i = 0; i < views->count; i++) {
        const struct view *view = &views->items[i];
        if (view->materialized == YES || runs_as_caller(view) ||
            run->model->catalog->postgresql < 15)
            continue;
        for (size_t j = 0; j < view->reads.count; j++) {
            const struct object *object = view->reads.items[j].object;
            const struct table *table = object != NULL && object->kind == &kind_table
                                            ? (const void *)object
                                            : NULL;
            if (table == NULL || table->row_security != YES)
                continue;
            struct finding *finding = check_report(run, view, "View %s shows what policies hide",
                                                   check_path(run, view));
            check_detail(run, finding,
                         "It reads %s with its owner's rights, so the row security there is the "
                         "owner's, not that of whoever asks.",
                         check_path(run, table));
            check_advice(run, finding,
                         "Set `security_invoker`, unless the view is meant to show more.");
            check_evidence(run, finding, "Reads", table->object.path);
            g_autofree char *up = sql_text("ALTER VIEW %O SET (security_invoker = true)",
                                           &view->object);
            g_autofree char *down = sql_text("ALTER VIEW %O RESET (security_invoker)",
                                             &view->object);
            fix_statement(run, finding, up, down);
            break;
        }
    }
}
