/* code_queries.c - hints about queries in code. Nothing is proved: how many items a list has, and
 * how many rows a table, the code does not say. */
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"

/* What a habit costs, and what to do instead. */
static const struct {
    const char *words; /* behind the function's name */
    const char *detail;
    const char *advice;
} habits[] = {
    [QUERY_IN_LOOP] = {"asks the database once for each item of a list",
                       "A hundred items are a hundred queries and a hundred times the way to the "
                       "server.",
                       "Ask once, with `where: x.id in ^ids` or `Repo.preload` of the whole list."},
    [QUERY_OFFSET] =
        {"turns pages with OFFSET",
         "PostgreSQL reads and throws away every row before the page, and rows move "
         "between pages when one is added.",
         "Remember the last row of the page and go on behind it, with an index in that "
         "order."},
    [QUERY_UNBOUNDED] = {"loads a whole table",
                         "It takes as much memory as there are rows, and nobody notices before "
                         "there are many.",
                         "Add a `limit`, page by key, or use `Repo.stream`."},
    [QUERY_GROUPS] = {"groups by the primary key of the only table it reads",
                      "Every group is one row: count is 1, and min, max and sum are the value "
                      "itself.",
                      "Leave `group_by` out, or join what is to be counted."},
};

/* Whether the field is the primary key alone. */
static bool
is_whole_key(const struct schema_module *module, const char *name)
{
    size_t keys = 0;
    for (size_t i = 0; i < module->field_count; i++)
        keys += module->fields[i].is_primary_key;
    const struct schema_field *field = schema_field_find(module, name);
    return keys == 1 && field != NULL && field->is_primary_key;
}

static bool
holds(const struct query_hint *hint, const struct schema_module *module)
{
    if (hint->habit == QUERY_GROUPS)
        return module != NULL && is_whole_key(module, hint->field);
    return hint->habit != QUERY_UNBOUNDED || (module != NULL && module->table != NULL);
}

static void
report(struct check_run *run, const struct query_hint *hint, const struct schema_module *module)
{
    const struct table *table = module != NULL ? model_module_table(run->model, module) : NULL;
    if (table != NULL && check_skips_table(run, table))
        return;
    struct finding *finding = check_report(run, table, "%s %s", check_code(run, hint->function),
                                           habits[hint->habit].words);
    finding->file = hint->place.file;
    finding->line = hint->place.line;
    finding->strength = hint->habit == QUERY_GROUPS ? STRENGTH_PROVED : STRENGTH_HINT;
    check_evidence(run, finding, "Code", hint->source);
    check_detail(run, finding, "%s", habits[hint->habit].detail);
    check_advice(run, finding, "%s", habits[hint->habit].advice);
}

static void
report_habit(struct check_run *run, enum query_habit habit)
{
    const struct schema_modules *schemas = run->model->schemas;
    for (size_t i = 0; schemas != NULL && i < schemas->hint_count; i++) {
        const struct query_hint *hint = &schemas->hints[i];
        const struct schema_module *module = hint->module != NULL
                                                 ? schema_module_find(schemas, hint->module)
                                                 : NULL;
        if (hint->habit == habit && holds(hint, module))
            report(run, hint, module);
    }
}

void
check_query_group_by_key(struct check_run *run)
{
    report_habit(run, QUERY_GROUPS);
}

void
check_query_in_loop(struct check_run *run)
{
    report_habit(run, QUERY_IN_LOOP);
}

void
check_query_offset(struct check_run *run)
{
    report_habit(run, QUERY_OFFSET);
}

void
check_query_unbounded(struct check_run *run)
{
    report_habit(run, QUERY_UNBOUNDED);
}
