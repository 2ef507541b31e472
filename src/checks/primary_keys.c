/* primary_keys.c - tables without a primary key, and what could become one. */
#include "base/text.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

static const struct constraint *
find_primary_key(const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_PRIMARY_KEY)
            return &table->constraints.items[i];
    return NULL;
}

static bool
key_is_usable(const struct table *table, const struct key *key)
{
    const struct column *column = key->column == NULL ? NULL : table_column(table, key->column);
    return column != NULL && column->not_null == YES && key->default_operator_class == YES &&
           key->descending != YES && key->nulls_first != YES;
}

/* Whether ALTER TABLE … ADD PRIMARY KEY could stand on these keys: unique, all rows, never NULL. */
static bool
could_be_primary(const struct table *table, const struct index *index)
{
    bool could = index->unique == YES && index->valid == YES && index->ready == YES &&
                 index->predicate == NULL && text_equal(index->method, "btree");
    for (size_t i = 0; could && i < index->keys.count; i++)
        could = key_is_usable(table, &index->keys.items[i]);
    return could;
}

static const struct index *
find_candidate(const struct table *table)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (could_be_primary(table, &table->indexes.items[i]))
            return &table->indexes.items[i];
    return NULL;
}

static void
append_column(GPtrArray *columns, const char *name)
{
    g_ptr_array_add(columns, (gpointer)(guintptr)name);
}

/* The columns of a table that only joins others: each one part of a foreign key and never NULL. */
static bool
find_join_columns(const struct table *table, GPtrArray *columns)
{
    size_t keys = 0;
    for (size_t i = 0; i < table->constraints.count; i++)
        keys += foreign_key_is_written(&table->constraints.items[i]);
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        bool joins = false;
        for (size_t j = 0; !joins && j < table->constraints.count; j++)
            joins = foreign_key_is_written(&table->constraints.items[j]) &&
                    names_hold(&table->constraints.items[j].columns, column->name);
        if (!joins || column->not_null != YES)
            return false;
        append_column(columns, column->name);
    }
    return keys >= 2;
}

static void
propose_columns(struct check_run *run, struct finding *finding, const struct table *table,
                const struct names *columns)
{
    g_autofree char *up = sql_text("ALTER TABLE %O ADD PRIMARY KEY (%N)", &table->object, columns);
    g_autofree char *stem = g_strdup_printf("%s_pkey", table->name);
    if (strlen(stem) > 63) {
        fix_statement(run, finding, up, NULL);
        return;
    }
    g_autofree char *down = sql_text("ALTER TABLE %O DROP CONSTRAINT %I", &table->object, stem);
    fix_statement(run, finding, up, down);
}

static void
propose_index(struct check_run *run, struct finding *finding, const struct table *table,
              const struct index *index)
{
    finding->severity = SEVERITY_NOTE;
    check_detail(run, finding,
                 "%s tells its rows apart, but replication and many tools look for a "
                 "primary key.",
                 check_path(run, index));
    check_evidence(run, finding, "Unique index", index->definition);
    bool is_free = !g_hash_table_contains(run->bound_indexes, index);
    if (is_free && table->kind == TABLE_ORDINARY) {
        check_advice(run, finding, "Make %s the primary key.", check_path(run, index));
        g_autofree char *up = sql_text("ALTER TABLE %O ADD PRIMARY KEY USING INDEX %I",
                                       &table->object, index->name);
        fix_statement(run, finding, up, NULL);
        return;
    }
    check_advice(run, finding, "Make the columns of %s the primary key.", check_path(run, index));
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    for (size_t i = 0; i < index->keys.count; i++)
        append_column(columns, index->keys.items[i].column);
    const struct names names = {columns->len, (const char **)columns->pdata};
    propose_columns(run, finding, table, &names);
}

/* The key of a partitioned table needs the columns it is divided by, so one new column cannot be
 * it. */
static void
propose_new_column(struct check_run *run, struct finding *finding, const struct table *table)
{
    if (table_column(table, "id") != NULL || table->kind == TABLE_PARTITIONED) {
        check_advice(run, finding,
                     "Choose the columns that tell its rows apart, and make them the "
                     "primary key.");
        return;
    }
    check_advice(run, finding,
                 "Make the columns that tell its rows apart the primary key, or add "
                 "one; PostgreSQL writes the table anew for it.");
    g_autofree char *up = sql_text("ALTER TABLE %O ADD COLUMN id bigint GENERATED BY DEFAULT AS "
                                   "IDENTITY PRIMARY KEY",
                                   &table->object);
    g_autofree char *down = sql_text("ALTER TABLE %O DROP COLUMN id", &table->object);
    fix_statement(run, finding, up, down);
}

static void
visit_keyless(struct check_run *run, const struct table *table)
{
    if (table->kind == TABLE_FOREIGN || find_primary_key(table) != NULL)
        return;
    struct finding *finding = check_report(run, table, "Table %s has no primary key",
                                           check_path(run, table));
    const struct index *candidate = find_candidate(table);
    if (candidate != NULL) {
        propose_index(run, finding, table, candidate);
        return;
    }
    check_detail(run, finding,
                 "The same row can be there twice, nobody can change or delete just "
                 "one of the two, and logical replication refuses updates.");
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    if (find_join_columns(table, columns)) {
        const struct names names = {columns->len, (const char **)columns->pdata};
        check_advice(run, finding,
                     "It only joins other tables: make its columns the primary key, "
                     "after deleting rows that are there twice.");
        propose_columns(run, finding, table, &names);
    } else {
        propose_new_column(run, finding, table);
    }
}

void
check_table_no_pk(struct check_run *run)
{
    check_each_table(run, visit_keyless);
}
