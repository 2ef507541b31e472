/* replication.c - published tables whose rows a subscriber could not tell apart. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

static bool
publishes(const struct publication *publication, const struct table *table)
{
    bool changes = names_hold(&publication->operations, "update") ||
                   names_hold(&publication->operations, "delete");
    if (!changes)
        return false;
    for (size_t i = 0; i < publication->tables.count; i++)
        if (publication->tables.items[i].table.object == &table->object)
            return true;
    return publication->all_tables == YES || names_hold(&publication->schemas, table->schema);
}

/* The publication of its changes; NULL for none. */
static const struct publication *
find_publication(const struct check_run *run, const struct table *table)
{
    const struct catalog *catalog = run->model->catalog;
    for (size_t i = 0; i < catalog->publications.count; i++)
        if (publishes(&catalog->publications.items[i], table))
            return &catalog->publications.items[i];
    return NULL;
}

static bool
has_identity(const struct table *table)
{
    return table->replica_identity == REPLICA_FULL || table->replica_identity == REPLICA_INDEX ||
           (table->replica_identity == REPLICA_DEFAULT && table_primary_key(table) != NULL);
}

static void
visit_published(struct check_run *run, const struct table *table)
{
    const struct publication *publication = find_publication(run, table);
    bool replicated = table->unlogged != YES && table->kind != TABLE_FOREIGN;
    if (publication == NULL || !replicated || has_identity(table))
        return;
    struct finding *finding = check_report(
        run, table, "Rows of %s cannot be changed: it is published", check_path(run, table));
    check_detail(
        run, finding,
        "A subscriber could not tell which row is meant, so PostgreSQL refuses every UPDATE "
        "and DELETE of it.");
    check_advice(run, finding,
                 "Give it a primary key, or name what tells its rows apart: REPLICA IDENTITY USING "
                 "INDEX; with FULL, each change carries the whole old row.");
    check_evidence(run, finding, "Publication", publication->name);
    if (table->kind != TABLE_ORDINARY)
        return;
    g_autofree char *up = sql_text("ALTER TABLE %O REPLICA IDENTITY FULL", &table->object);
    g_autofree char *down = sql_text("ALTER TABLE %O REPLICA IDENTITY %S", &table->object,
                                     table->replica_identity == REPLICA_NOTHING ? "NOTHING"
                                                                                : "DEFAULT");
    fix_statement(run, finding, up, down);
}

void
check_replica_identity_missing(struct check_run *run)
{
    check_each_table(run, visit_published);
}
