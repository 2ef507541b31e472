/* replication.c - published tables whose rows a subscriber could not tell apart. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

#define SHOWN 5

/* ---- what is published ---- */

static bool
publishes_changes(const struct publication *publication)
{
    return names_hold(&publication->operations, "update") ||
           names_hold(&publication->operations, "delete");
}

static bool
names_table(const struct publication *publication, const struct table *table)
{
    if (publication->all_tables == YES || names_hold(&publication->schemas, table->schema))
        return true;
    for (size_t i = 0; i < publication->tables.count; i++)
        if (publication->tables.items[i].table.object == table)
            return true;
    return false;
}

/* By name, by its schema, or as a partition of what is. */
static bool
is_published(const struct publication *publication, const struct table *table)
{
    for (; table != NULL; table = table->partition_of.object)
        if (names_table(publication, table))
            return true;
    return false;
}

static const struct publication *
find_publication(const struct model *model, const struct table *table)
{
    const struct publication_list *publications = &model->catalog->publications;
    for (size_t i = 0; i < publications->count; i++)
        if (publishes_changes(&publications->items[i]) &&
            is_published(&publications->items[i], table))
            return &publications->items[i];
    return NULL;
}

/* ---- replica-identity-missing ---- */

/* What may name a row: every row has it once, and it is checked at once. */
static bool
names_rows(const struct table *table, const struct index *index)
{
    bool names = index->unique == YES && index->immediate == YES && index->valid == YES &&
                 index->predicate == NULL && index->keys.count > 0;
    for (size_t i = 0; names && i < index->keys.count; i++) {
        const char *name = index->keys.items[i].column;
        const struct column *column = name == NULL ? NULL : table_column(table, name);
        names = column != NULL && column->not_null == YES;
    }
    return names;
}

static const struct index *
find_index(const struct table *table, bool (*fits)(const struct table *, const struct index *))
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (fits(table, &table->indexes.items[i]))
            return &table->indexes.items[i];
    return NULL;
}

/* A deferrable primary key names no row: meanwhile two may have it. */
static bool
is_usable_key(const struct table *table, const struct index *index)
{
    (void)table;
    return index->primary == YES && index->immediate != NO && index->valid != NO;
}

static bool
is_identity(const struct table *table, const struct index *index)
{
    (void)table;
    return index->replica_identity == YES;
}

static bool
has_identity(const struct table *table)
{
    switch (table->replica_identity) {
    case REPLICA_FULL:
    case replica_identity_UNKNOWN:
        return true;
    case REPLICA_NOTHING:
        return false;
    case REPLICA_INDEX:
        return find_index(table, is_identity) != NULL;
    case REPLICA_DEFAULT:
        break;
    }
    return find_index(table, is_usable_key) != NULL;
}

/* Its rows, or those of its partitions; free with g_ptr_array_unref. */
static GPtrArray *
find_nameless(const struct model *model, const struct table *root)
{
    GPtrArray *found = g_ptr_array_new();
    g_autoptr(GPtrArray) family = table_family(model, root);
    for (guint i = 0; i < family->len; i++) {
        const struct table *table = family->pdata[i];
        if (table->kind == TABLE_ORDINARY && table->unlogged != YES && !has_identity(table) &&
            find_publication(model, table) != NULL)
            g_ptr_array_add(found, (gpointer)(guintptr)table);
    }
    return found;
}

static void
propose_identity(struct check_run *run, struct finding *finding, const struct table *table)
{
    const struct index *index = find_index(table, names_rows);
    g_autofree char *up = index != NULL
                              ? sql_text("ALTER TABLE %O REPLICA IDENTITY USING INDEX %I",
                                         &table->object, index->name)
                              : sql_text("ALTER TABLE %O REPLICA IDENTITY FULL", &table->object);
    g_autofree char *down = sql_text("ALTER TABLE %O REPLICA IDENTITY %S", &table->object,
                                     table->replica_identity == REPLICA_NOTHING ? "NOTHING"
                                                                                : "DEFAULT");
    fix_statement(run, finding, up, down);
}

static void
visit_nameless(struct check_run *run, const struct table *root)
{
    g_autoptr(GPtrArray) found = find_nameless(run->model, root);
    if (found->len == 0)
        return;
    const struct publication *publication = find_publication(run->model, found->pdata[0]);
    struct finding *finding = check_report(
        run, root, "Rows of %s cannot be changed: it is published", check_path(run, root));
    check_detail(run, finding,
                 "Publication %s sends them, and nothing tells a subscriber which row is meant: "
                 "there is no primary key that is checked at once, and no replica identity. "
                 "PostgreSQL refuses them.",
                 check_path(run, publication));
    check_advice(run, finding,
                 "Give it a primary key. Until then a unique index on columns that are NOT NULL "
                 "can be its replica identity, or the whole row, which is slow to find.");
    check_evidence(run, finding, "Publication", publication->name);
    for (guint i = 0; root->kind == TABLE_PARTITIONED && i < found->len && i < SHOWN; i++)
        check_evidence(run, finding, "Partition", check_said_path(found->pdata[i]));
    if (found->len == 1)
        propose_identity(run, finding, found->pdata[0]);
}

void
check_replica_identity_missing(struct check_run *run)
{
    if (run->model->catalog->publications.count > 0)
        check_each_table(run, visit_nameless);
}
