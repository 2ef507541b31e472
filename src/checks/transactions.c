/* transactions.c - what logs show of transactions: those that only read, those that take long, and
 * writes to tables that belong together, each for itself. */
#include "checks/families.h"
#include "checks/query_names.h"

#include <string.h>

static const char *
unit_word(const struct deed *deed)
{
    switch (deed->unit) {
    case UNIT_TEST:
        return "test";
    case UNIT_REQUEST:
        return "request";
    case UNIT_NONE:
    case UNIT_ROLLED_BACK:
    case UNIT_COMMITTED:
        break;
    }
    return "transaction";
}

static bool
is_of_test(const struct deed *deed)
{
    return deed->site.file != NULL && g_str_has_prefix(deed->site.file, "test/");
}

static void
show(struct check_run *run, struct finding *finding, const struct deed *deed)
{
    finding->strength = STRENGTH_OBSERVED;
    finding->query = deed->first;
    finding->file = deed->site.file;
    finding->line = deed->site.line;
    check_evidence(run, finding, "Seen in",
                   check_count(run, (int64_t)deed->units, unit_word(deed)));
    check_evidence(run, finding, "Asked by", deed->site.function);
}

static void
each_deed(struct check_run *run, enum deed_kind kind,
          void (*report)(struct check_run *run, const struct deed *deed, const struct table *table))
{
    const struct workload *workload = run->model->workload;
    for (size_t i = 0; workload != NULL && i < workload->deed_count; i++) {
        const struct deed *deed = &workload->deeds[i];
        const struct table *table = check_query_table(run, deed->first);
        if (deed->kind == kind && table != NULL && !is_of_test(deed))
            report(run, deed, table);
    }
}

static void
report_reads(struct check_run *run, const struct deed *deed, const struct table *table)
{
    struct finding *finding = check_report(run, table, "A transaction of %s on %s only reads",
                                           check_count(run, deed->statements, "statement"),
                                           check_path(run, table));
    check_detail(run, finding,
                 "By itself a transaction does not make its queries see the same rows: each sees "
                 "what was committed before it. It holds a connection, and costs two more ways to "
                 "the server.");
    check_advice(run, finding,
                 "Leave the transaction out, or ask for `REPEATABLE READ` where the queries must "
                 "agree.");
    check_evidence(run, finding, "First query", deed->first->text);
    show(run, finding, deed);
}

static void
report_long(struct check_run *run, const struct deed *deed, const struct table *table)
{
    struct finding *finding = check_report(run, table,
                                           "A transaction that begins on %s takes %.1f s",
                                           check_path(run, table), deed->ms / 1000);
    check_detail(run, finding,
                 "Its statements alone take as long, and what it locked stays locked until its "
                 "end; VACUUM keeps what was deleted since its beginning.");
    check_advice(run, finding,
                 "Do what needs no transaction before or after it, and work through many rows in "
                 "batches.");
    check_evidence(run, finding, "First query", deed->first->text);
    check_evidence(run, finding, "Statements", check_number(run, deed->statements));
    show(run, finding, deed);
}

/* Whether a foreign key joins the two. */
static bool
belong_together(const struct table *a, const struct table *b)
{
    for (size_t i = 0; i < a->constraints.count; i++) {
        const struct constraint *key = &a->constraints.items[i];
        if (key->kind == CONSTRAINT_FOREIGN_KEY && key->references.object != NULL &&
            table_root(key->references.object) == b)
            return true;
    }
    return false;
}

static void
report_apart(struct check_run *run, const struct deed *deed, const struct table *table)
{
    const struct table *other = check_query_table(run, deed->second);
    if (other == NULL || other == table ||
        (!belong_together(table, other) && !belong_together(other, table)))
        return;
    struct finding *finding = check_report(
        run, table, "%s and %s are written in one request, in no transaction",
        check_path(run, table), check_path(run, other));
    check_detail(run, finding,
                 "Each is committed by itself: where the second fails, the first stays.");
    check_advice(run, finding, "Write both in one `Ecto.Multi`, or in `Repo.transaction/2`.");
    check_evidence(run, finding, "First", deed->first->text);
    check_evidence(run, finding, "Second", deed->second->text);
    show(run, finding, deed);
}

void
check_transaction_read_only(struct check_run *run)
{
    each_deed(run, DEED_READS, report_reads);
}

void
check_transaction_long(struct check_run *run)
{
    each_deed(run, DEED_LONG, report_long);
}

void
check_writes_without_transaction(struct check_run *run)
{
    each_deed(run, DEED_WRITES_APART, report_apart);
}
