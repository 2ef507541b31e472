/* names.c - names that must be quoted, or that PostgreSQL cut. One finding for each table; where
 * most tables have such names, one for the database. */
#include "base/text.h"
#include "checks/families.h"

#include <string.h>

#define NAME_MOST 63 /* bytes that PostgreSQL keeps */

/* Reserved words of PostgreSQL (pg_get_keywords, category R), without which no query names a column
 * unquoted. */
static const char *const reserved[] = {"all",          "analyse",
                                       "analyze",      "and",
                                       "any",          "array",
                                       "as",           "asc",
                                       "asymmetric",   "both",
                                       "case",         "cast",
                                       "check",        "collate",
                                       "column",       "constraint",
                                       "create",       "current_catalog",
                                       "current_date", "current_role",
                                       "current_time", "current_timestamp",
                                       "current_user", "default",
                                       "deferrable",   "desc",
                                       "distinct",     "do",
                                       "else",         "end",
                                       "except",       "false",
                                       "fetch",        "for",
                                       "foreign",      "from",
                                       "grant",        "group",
                                       "having",       "in",
                                       "initially",    "intersect",
                                       "into",         "lateral",
                                       "leading",      "limit",
                                       "localtime",    "localtimestamp",
                                       "not",          "null",
                                       "offset",       "on",
                                       "only",         "or",
                                       "order",        "placing",
                                       "primary",      "references",
                                       "returning",    "select",
                                       "session_user", "some",
                                       "symmetric",    "table",
                                       "then",         "to",
                                       "trailing",     "true",
                                       "union",        "unique",
                                       "user",         "using",
                                       "variadic",     "when",
                                       "where",        "window",
                                       "with",         NULL};

static bool
is_reserved(const char *name)
{
    return g_strv_contains(reserved, name);
}

static bool
needs_quotes(const char *name)
{
    if (!g_ascii_islower(*name) && *name != '_')
        return true;
    for (const char *c = name; *c != '\0'; c++)
        if (!g_ascii_islower(*c) && !g_ascii_isdigit(*c) && *c != '_' && *c != '$')
            return true;
    return false;
}

struct name_rule {
    const char *slug;
    bool (*fits)(const char *name);
    const char *what;
    const char *many; /* the same said of a whole database */
    const char *detail;
    const char *advice;
};

static const struct name_rule name_rules[] = {
    {"name-needs-quotes", needs_quotes, "must be written in quotes", "must be written in quotes",
     "Without the quotes PostgreSQL looks for another name, in lower case, and says that it does "
     "not exist.",
     "Rename to lower case and underscores while nothing else uses the name; in Ecto, `source:` "
     "keeps the field's."},
    {"name-reserved", is_reserved, "is a reserved word", "are reserved words",
     "Ecto and ORMs quote it; every hand-written query that forgets to is a syntax error, or "
     "(`user`, `current_date`) silently means something else.",
     "Rename it: `users`, `position`, `grouping`."},
};

static void
report_names(struct check_run *run, const struct name_rule *rule, const struct table *table,
             const GPtrArray *names)
{
    const char *first = names->pdata[0];
    const char *whose = g_str_equal(first, table->name)
                            ? check_path(run, table)
                            : check_columns(run, table, &(struct names){1, &first});
    struct finding *finding = NULL;
    if (names->len == 1)
        finding = check_report(run, table, "%s %s", whose, rule->what);
    else
        finding = check_report(run, table, "%s of %s, %s the first, %s",
                               check_count(run, names->len, "name"), check_path(run, table),
                               check_code(run, first), rule->what);
    check_detail(run, finding, "%s", rule->detail);
    check_advice(run, finding, "%s", rule->advice);
    for (guint i = 0; i < names->len; i++)
        check_evidence(run, finding, "Name", names->pdata[i]);
}

static GPtrArray *
collect_names(const struct name_rule *rule, const struct table *table)
{
    GPtrArray *names = g_ptr_array_new();
    if (rule->fits(table->name))
        g_ptr_array_add(names, (gpointer)(guintptr)table->name);
    for (size_t i = 0; i < table->columns.count; i++)
        if (table->columns.items[i].inherited != YES && rule->fits(table->columns.items[i].name))
            g_ptr_array_add(names, (gpointer)(guintptr)table->columns.items[i].name);
    return names;
}

void
check_name(struct check_run *run)
{
    const struct name_rule *rule = name_rules;
    while (!g_str_equal(rule->slug, run->rule->slug))
        rule++;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    guint tables = 0;
    for (guint i = 0; i < run->tables->len; i++) {
        g_ptr_array_add(found, collect_names(rule, run->tables->pdata[i]));
        tables += ((const GPtrArray *)found->pdata[i])->len > 0;
    }
    if (check_is_habit(run, tables)) {
        struct finding *finding = check_report(run, NULL, "Names of %s %s",
                                               check_count(run, tables, "table"), rule->many);
        finding->severity = SEVERITY_NOTE;
        check_detail(run, finding, "%s", rule->detail);
        check_advice(run, finding,
                     "It is how this database is written: keep to it, and accept the finding.");
        return;
    }
    for (guint i = 0; i < found->len; i++)
        if (((const GPtrArray *)found->pdata[i])->len > 0)
            report_names(run, rule, run->tables->pdata[i], found->pdata[i]);
}

/* ---- name-truncated ---- */

struct cut_names {
    struct check_run *run;
    unsigned usual; /* those that Ecto made, which are one finding */
};

static void
visit_long(struct cut_names *cut, const void *object, const char *name)
{
    if (strlen(name) < NAME_MOST)
        return;
    struct check_run *run = cut->run;
    if (run->profile == PROFILE_ECTO) {
        cut->usual++;
        return;
    }
    struct finding *finding = check_report(run, object, "Name %s is as long as names can be",
                                           check_code(run, name));
    check_detail(run, finding,
                 "PostgreSQL cuts what is longer, with a notice that nobody reads: two such names "
                 "can become one, and code that looks for the whole name does not find it.");
    check_advice(run, finding, "Give it a shorter name of your own.");
}

void
check_name_truncated(struct check_run *run)
{
    struct cut_names cut = {run, 0};
    for (guint i = 0; i < run->tables->len; i++) {
        const struct table *table = run->tables->pdata[i];
        visit_long(&cut, table, table->name);
        for (size_t j = 0; j < table->constraints.count; j++)
            if (table->constraints.items[j].inherited != YES)
                visit_long(&cut, &table->constraints.items[j], table->constraints.items[j].name);
        for (size_t j = 0; j < table->indexes.count; j++)
            if (index_constraint(&table->indexes.items[j]) == NULL)
                visit_long(&cut, &table->indexes.items[j], table->indexes.items[j].name);
    }
    if (cut.usual == 0)
        return;
    struct finding *finding = check_report(run, NULL, "%s as long as names can be",
                                           cut.usual == 1 ? "One name is"
                                                          : check_count(run, cut.usual, "name"));
    check_detail(run, finding,
                 "Ecto puts the table and all columns into the name of an index, and PostgreSQL "
                 "cuts it.");
    check_advice(run, finding, "Write `name:` where the columns are many.");
}
