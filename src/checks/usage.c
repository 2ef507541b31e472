/* usage.c - what nothing used for so long that it may go, as all servers counted it. */
#include "checks/families.h"
#include "checks/fix.h"
#include "model/plans.h"
#include "model/series.h"
#include "model/size.h"

#include <string.h>

#define SMALL_INDEX ((int64_t)1024 * 1024)       /* bytes that are not worth a word */
#define LARGE_INDEX ((int64_t)1024 * 1024 * 100) /* and from here on a warning */

static void
show_window(struct check_run *run, struct finding *finding, const struct window *window)
{
    finding->strength = STRENGTH_OBSERVED;
    check_evidence(run, finding, "From", window->from);
    check_evidence(run, finding, "To", window->to);
    check_evidence(run, finding, "Observed",
                   window->servers == 1
                       ? "the primary, which has no standby"
                       : arena_printf(run->arena, "all %s servers",
                                      check_number(run, (int64_t)window->servers)));
}

static const char *
megabytes(struct check_run *run, int64_t bytes)
{
    return arena_printf(run->arena, "%s MB", check_number(run, bytes / ((int64_t)1024 * 1024)));
}

/* ---- index-unused ---- */

/* Statistics of an expression are those of its index: the planner reads them without a scan. */
static bool
has_expression(const struct index *index)
{
    for (size_t i = 0; i < index->keys.count; i++)
        if (index->keys.items[i].column == NULL)
            return true;
    return false;
}

/* It does what no scan counts: keeps a rule, finds rows of a foreign key, identifies rows of a
 * replica, orders the table. */
static bool
has_other_use(const struct check_run *run, const struct index *index)
{
    unsigned needed = INDEX_PRIMARY_KEY | INDEX_CONSTRAINT | INDEX_UNIQUE |
                      INDEX_FOREIGN_KEY_TARGET | INDEX_FOREIGN_KEY_SUPPORT;
    return (index_roles(run->model, index) & needed) != 0 || index->replica_identity == YES ||
           index->clustered == YES || has_expression(index);
}

static void
report_index(struct check_run *run, const struct index *index, int64_t bytes,
             const struct window *window)
{
    struct finding *finding = check_report(run, index, "Index %s was not scanned for %s",
                                           check_path(run, index),
                                           check_count(run, window->days, "day"));
    int64_t uses = (int64_t)model_index_uses(run->model, index)->count;
    finding->severity = bytes >= LARGE_INDEX ? SEVERITY_WARNING : SEVERITY_NOTE;
    check_detail(run, finding,
                 "Every insert writes it, and it keeps %s of disk; no server answered a query "
                 "with it in that time.",
                 megabytes(run, bytes));
    check_advice(run, finding,
                 "Ask whether something runs less often than that, such as the close of a year. If "
                 "not, drop it.");
    check_evidence(run, finding, "Index", index->definition);
    if (uses > 0)
        check_evidence(run, finding, "It could serve", check_count(run, uses, "known query"));
    show_window(run, finding, window);
    fix_drop_index(run, finding, index);
}

static void
visit_indexes(struct check_run *run, const struct table *table)
{
    struct window window;
    if (series_table_unused(run->model, table, &window))
        return; /* all of it is another finding */
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = &table->indexes.items[i];
        int64_t bytes = model_index_size(run->model, index);
        if (index->valid == YES && index->ready == YES && bytes >= SMALL_INDEX &&
            !has_other_use(run, index) && series_index_unused(run->model, index, &window))
            report_index(run, index, bytes, &window);
    }
}

void
check_index_unused(struct check_run *run)
{
    check_each_table(run, visit_indexes);
}

/* ---- table-unused ---- */

/* Free with g_free. */
static char *
name_of_unused(const struct table *table)
{
    enum { NAME_MOST = 63 }; /* bytes of an identifier */
    const char *end = "_unused";
    size_t room = MIN(strlen(table->name), NAME_MOST - strlen(end));
    while (room > 0 && (table->name[room] & 0xC0) == 0x80)
        room--;
    return g_strdup_printf("%.*s%s", (int)room, table->name, end);
}

static void
visit_table(struct check_run *run, const struct table *table)
{
    struct window window;
    if (!series_table_unused(run->model, table, &window))
        return;
    struct table_size size = model_table_size(run->model, table);
    struct finding *finding = check_report(run, table, "%s was neither read nor written for %s",
                                           check_path(run, table),
                                           check_count(run, window.days, "day"));
    check_detail(run, finding,
                 "No server read a row of it or wrote one in that time; not even pg_dump, which "
                 "counts as a reader.");
    check_advice(run, finding,
                 "Ask who needs it, take its rows elsewhere where somebody may, and give it "
                 "another name for a while before it goes: that can be taken back at once.");
    if (size.rows != NUMBER_UNKNOWN)
        check_evidence(run, finding, "Rows", check_number(run, size.rows));
    show_window(run, finding, &window);
    g_autofree char *unused = name_of_unused(table);
    g_autofree char *up = sql_text("ALTER TABLE %O RENAME TO %I", &table->object, unused);
    g_autofree char *down = sql_text("ALTER TABLE %I.%I RENAME TO %I", table->schema, unused,
                                     table->name);
    fix_statement(run, finding, up, down);
}

void
check_table_unused(struct check_run *run)
{
    check_each_table(run, visit_table);
}
