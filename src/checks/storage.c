/* storage.c - how a table is kept: settings and shapes that surprise people later. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

#define WIDE_COLUMNS    60
#define NULLABLE_LEAST  3
#define LARGE_TABLE     25000000
#define LARGE_DEFAULTED 1000000
#define SCANNED_ROWS    10000
#define SCANNED_LEAST   100
#define SCANNED_TIMES   10

static void
visit_unlogged(struct check_run *run, const struct table *table)
{
    if (table->unlogged != YES)
        return;
    struct finding *finding = check_report(run, table, "%s is empty after a crash",
                                           check_path(run, table));
    check_detail(run, finding,
                 "It is UNLOGGED: replicas do not have its rows, backups that copy the log do not "
                 "bring them back, and a crash empties it.");
    check_advice(run, finding,
                 "Fine for what can be computed again; then accept the finding. Else make it "
                 "LOGGED, which writes it anew under a lock.");
    g_autofree char *up = sql_text("ALTER TABLE %O SET LOGGED", &table->object);
    g_autofree char *down = sql_text("ALTER TABLE %O SET UNLOGGED", &table->object);
    fix_statement(run, finding, up, down);
}

void
check_table_unlogged(struct check_run *run)
{
    check_each_table(run, visit_unlogged);
}

static void
visit_rules(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->rules.count; i++) {
        const struct rewrite_rule *rule = &table->rules.items[i];
        struct finding *finding = check_report(run, rule, "%s rewrites statements about %s",
                                               check_path(run, rule), check_path(run, table));
        check_detail(run, finding,
                     "A rule changes the query before it is planned: what it computes may be "
                     "computed twice, counts of rows are not those of the statement, and COPY goes "
                     "past it.");
        check_advice(run, finding, "Write a trigger, or a view, that does the same.");
        check_evidence(run, finding, "Rule", rule->definition);
    }
}

void
check_rule_used(struct check_run *run)
{
    check_each_table(run, visit_rules);
}

static void
visit_inheritance(struct check_run *run, const struct table *table)
{
    if (table->inherits.count == 0)
        return;
    struct finding *finding = check_report(run, table, "%s inherits from another table",
                                           check_path(run, table));
    check_detail(run, finding,
                 "Its rows show in the parent, but keys, unique indexes and foreign keys of the "
                 "parent do not hold for them.");
    check_advice(run, finding, "Partition the parent, or keep two tables and a view over both.");
    for (size_t i = 0; i < table->inherits.count; i++)
        check_evidence(run, finding, "Parent", table->inherits.items[i].path);
}

void
check_table_inheritance(struct check_run *run)
{
    check_each_table(run, visit_inheritance);
}

/* "autovacuum_enabled=false", also "off" and the like. */
static bool
turns_off(const char *option)
{
    static const char *const words[] = {"false", "off", "no", "0", NULL};
    const char *name = "autovacuum_enabled=";
    return g_str_has_prefix(option, name) && g_strv_contains(words, option + strlen(name));
}

static void
visit_autovacuum(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->options.count; i++) {
        if (!turns_off(table->options.items[i]))
            continue;
        struct finding *finding = check_report(run, table, "Autovacuum is off for %s",
                                               check_path(run, table));
        check_detail(run, finding,
                     "Dead rows stay, statistics grow old, and at last the server vacuums it "
                     "anyway, all at once, to keep transaction numbers from running out.");
        check_advice(run, finding, "Turn it on; if it ran too often, change its thresholds.");
        check_evidence(run, finding, "Setting", table->options.items[i]);
        g_autofree char *up = sql_text("ALTER TABLE %O RESET (autovacuum_enabled)", &table->object);
        g_autofree char *down = sql_text("ALTER TABLE %O SET (autovacuum_enabled = false)",
                                         &table->object);
        fix_statement(run, finding, up, down);
    }
}

void
check_autovacuum_disabled(struct check_run *run)
{
    check_each_table(run, visit_autovacuum);
}

static void
visit_default_partition(struct check_run *run, const struct table *table)
{
    const struct tables *partitions = model_partitions(run->model, table);
    for (size_t i = 0; i < partitions->count; i++) {
        const struct table *partition = partitions->items[i];
        if (!text_equal(partition->partition_bound, "DEFAULT"))
            continue;
        struct finding *finding = check_report(run, table, "%s takes what no partition takes",
                                               check_path(run, partition));
        check_detail(run, finding,
                     "Each new partition of %s reads all of it under a lock, to see that no row "
                     "belongs into the new one.",
                     check_path(run, table));
        check_advice(run, finding,
                     "Keep it empty, and look whether it is. A CHECK on it that says so spares the "
                     "reading.");
        check_evidence(run, finding, "Default partition", partition->object.path);
    }
}

void
check_partition_default_present(struct check_run *run)
{
    check_each_table(run, visit_default_partition);
}

/* ---- partition-widens-key ---- */

/* The only column of the key that the table is not divided by; NULL when there are more, or none.
 */
static const char *
only_other(const struct table *table, const struct constraint *key)
{
    const char *alone = NULL;
    for (size_t i = 0; i < key->columns.count; i++) {
        if (sql_has_name(table->partition_key, key->columns.items[i]))
            continue;
        if (alone != NULL)
            return NULL;
        alone = key->columns.items[i];
    }
    return alone;
}

static void
visit_widened(struct check_run *run, const struct table *table)
{
    const struct constraint *key = table_primary_key(table);
    if (table->kind != TABLE_PARTITIONED || key == NULL || key->columns.count < 2)
        return;
    const char *alone = only_other(table, key);
    if (alone == NULL)
        return;
    struct finding *finding = check_report(run, key, "%s alone is not unique",
                                           check_columns(run, table, &(struct names){1, &alone}));
    check_detail(run, finding,
                 "The key of a partitioned table holds the columns that it is divided by, so two "
                 "partitions may have the same %s, and no foreign key can point to it.",
                 check_code(run, alone));
    check_advice(run, finding,
                 "Nothing to change where a sequence or a UUID fills it; write it down for those "
                 "who look rows up.");
    check_constraint(run, finding, "Primary key", key);
    check_evidence(run, finding, "Partition key", table->partition_key);
}

void
check_partition_widens_key(struct check_run *run)
{
    check_each_table(run, visit_widened);
}

/* ---- what was observed ---- */

static int64_t
rows_of(const struct check_run *run, const struct table *table)
{
    const struct table_observation *seen = model_observed_table(run->model, table);
    return seen != NULL && table->kind == TABLE_ORDINARY ? seen->row_estimate : NUMBER_UNKNOWN;
}

static void
visit_large(struct check_run *run, const struct table *table)
{
    int64_t rows = rows_of(run, table);
    if (rows < LARGE_TABLE)
        return;
    struct finding *finding = check_report(run, table, "%s has an estimate of %s rows in one piece",
                                           check_path(run, table), check_number(run, rows));
    finding->strength = STRENGTH_OBSERVED;
    check_detail(run, finding,
                 "To delete what is old costs as much as to write it; vacuum and index builds take "
                 "their time from hour to hour.");
    check_advice(run, finding,
                 "If rows grow old together, divide it by time, and drop old partitions whole.");
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
}

void
check_large_unpartitioned(struct check_run *run)
{
    check_each_table(run, visit_large);
}

static void
visit_scale_factor(struct check_run *run, const struct table *table)
{
    int64_t rows = rows_of(run, table);
    if (rows < LARGE_DEFAULTED)
        return;
    for (size_t i = 0; i < table->options.count; i++)
        if (g_str_has_prefix(table->options.items[i], "autovacuum_"))
            return;
    struct finding *finding = check_report(run, table, "%s is vacuumed after %s dead rows",
                                           check_path(run, table), check_number(run, rows / 5));
    finding->strength = STRENGTH_OBSERVED;
    check_detail(run, finding,
                 "Autovacuum waits for a fifth of a table by default, which was made for small "
                 "ones.");
    check_advice(run, finding, "Lower its share, so that it comes more often and does less.");
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
    g_autofree char *up = sql_text("ALTER TABLE %O SET (autovacuum_vacuum_scale_factor = 0.01, "
                                   "autovacuum_analyze_scale_factor = 0.01)",
                                   &table->object);
    g_autofree char *down = sql_text("ALTER TABLE %O RESET (autovacuum_vacuum_scale_factor, "
                                     "autovacuum_analyze_scale_factor)",
                                     &table->object);
    fix_statement(run, finding, up, down);
}

void
check_autovacuum_large_defaults(struct check_run *run)
{
    check_each_table(run, visit_scale_factor);
}

/* How often its indexes were scanned; NUMBER_UNKNOWN when one was not observed. */
static int64_t
index_scans(const struct check_run *run, const struct table *table)
{
    int64_t scans = 0;
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index_observation *seen = model_observed_index(run->model,
                                                                    &table->indexes.items[i]);
        if (seen == NULL || seen->scans < 0)
            return NUMBER_UNKNOWN;
        scans += seen->scans;
    }
    return scans;
}

/* One such scan reads more than a page of results; a few of them are a report or a backup. */
static void
visit_scanned(struct check_run *run, const struct table *table)
{
    int64_t rows = rows_of(run, table);
    if (rows < SCANNED_ROWS)
        return;
    int64_t whole = model_observed_table(run->model, table)->sequential_scans;
    int64_t by_index = index_scans(run, table);
    if (by_index < 0 || whole < SCANNED_LEAST || whole / SCANNED_TIMES <= by_index)
        return;
    struct finding *finding = check_report(run, table, "%s was read whole %s times",
                                           check_path(run, table), check_number(run, whole));
    finding->strength = STRENGTH_OBSERVED;
    check_detail(run, finding,
                 "It has an estimate of %s rows, and its indexes were used %s in that time.",
                 check_number(run, rows), check_count(run, by_index, "time"));
    check_advice(run, finding,
                 "Look in pg_stat_statements for what asks for few of its rows, and index what it "
                 "compares.");
    check_evidence(run, finding, "Counters since", run->model->observations->counters_since);
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
    check_evidence(run, finding, "Node", run->model->observations->node);
}

void
check_table_seqscan_heavy(struct check_run *run)
{
    check_each_table(run, visit_scanned);
}

/* ---- shapes ---- */

static void
visit_wide(struct check_run *run, const struct table *table)
{
    if (table->columns.count <= WIDE_COLUMNS)
        return;
    struct finding *finding = check_report(
        run, table, "%s has %s", check_path(run, table),
        check_count(run, (int64_t)table->columns.count, "column"));
    check_detail(run, finding,
                 "Every update writes the whole row anew, and every `SELECT *` reads it.");
    check_advice(run, finding, "Move what changes or is read together to a table of its own.");
}

void
check_table_wide(struct check_run *run)
{
    check_each_table(run, visit_wide);
}

static void
visit_nullable(struct check_run *run, const struct table *table)
{
    size_t nullable = 0;
    bool keyed = false;
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        if (column_is_in_primary_key(column)) {
            keyed = true;
            continue;
        }
        if (column_is_required(column) || column->generated != GENERATED_NONE)
            return;
        nullable++;
    }
    if (nullable < NULLABLE_LEAST || !keyed || table->kind == TABLE_FOREIGN)
        return;
    struct finding *finding = check_report(run, table, "Every column of %s but its key may be NULL",
                                           check_path(run, table));
    check_detail(run, finding,
                 "A row that says nothing is as good as any, and every reader has to ask for each "
                 "value whether it is there.");
    check_advice(run, finding, "Make NOT NULL what a row cannot be without.");
}

void
check_table_all_nullable(struct check_run *run)
{
    check_each_table(run, visit_nullable);
}

static void
visit_few(struct check_run *run, const struct table *table)
{
    if (table->columns.count != 1 || table->inherits.count > 0)
        return;
    struct finding *finding = check_report(run, table, "%s has one column", check_path(run, table));
    check_detail(run, finding, "A row can say no more than that it is there.");
    check_advice(run, finding, "If it lists the values that a column may take, a CHECK does too.");
    check_column(run, finding, &table->columns.items[0]);
}

void
check_table_few_columns(struct check_run *run)
{
    check_each_table(run, visit_few);
}

static void
visit_isolated(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY)
            return;
    if (model_references(run->model, table)->count > 0)
        return;
    struct finding *finding = check_report(run, table, "No foreign key leads to %s or from it",
                                           check_path(run, table));
    check_detail(run, finding, "Nothing says how its rows belong to the rest.");
    check_advice(run, finding,
                 "Fine for settings, logs and queues; write down which of them it is.");
}

void
check_table_isolated(struct check_run *run)
{
    check_each_table(run, visit_isolated);
}
