/* uniqueness.c - unique keys of several columns that stop working where one of them is NULL. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/families.h"

/* Whether the text holds "column IS NULL" (or "column IS NOT NULL") in so many words. */
static bool
says_null(const char *sql, const char *column, const char *const *rest)
{
    struct sql_token token;
    size_t matched = 0;
    bool named = false;
    while (sql != NULL && sql_next_word(&sql, &token)) {
        if (named && sql_is_word(&token, rest[matched])) {
            matched++;
            if (rest[matched] == NULL)
                return true;
            continue;
        }
        matched = 0;
        named = sql_is_name(&token, column);
    }
    return false;
}
static const char *const is_null[] = {"is", "null", NULL};
static const char *const is_not_null[] = {"is", "not", "null", NULL};

/* A unique index of its own for the rows where the column is NULL: what people wrote before
 * PostgreSQL knew NULLS NOT DISTINCT. */
static bool
has_companion(const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (table->indexes.items[i].unique == YES &&
            says_null(table->indexes.items[i].predicate, column, is_null))
            return true;
    return false;
}

/* The first key that lets equal rows in when it is NULL; NULL for none. */
static const struct column *
leaking_column(const struct table *table, const struct index *index)
{
    for (size_t i = 0; i < index->keys.count; i++) {
        const char *name = index->keys.items[i].column;
        const struct column *column = name == NULL ? NULL : table_column(table, name);
        if (column != NULL && !column_is_required(column) &&
            !says_null(index->predicate, name, is_not_null) && !has_companion(table, name))
            return column;
    }
    return NULL;
}

static void
report(struct check_run *run, const struct index *index, const struct column *column)
{
    const struct constraint *constraint = index_constraint(index);
    const void *object = constraint != NULL ? (const void *)constraint : index;
    struct finding *finding = check_report(run, object,
                                           "%s does not keep rows apart where %s is NULL",
                                           check_path(run, index), check_code(run, column->name));
    check_detail(run, finding,
                 "Two rows of %s may be equal in all of its columns as long as %s is "
                 "NULL.",
                 check_path(run, column->object.parent), check_path(run, column));
    if (run->model->catalog->postgresql >= 15)
        check_advice(run, finding,
                     "If that is not meant, make it `NULLS NOT DISTINCT`, or make the "
                     "column NOT NULL.");
    else
        check_advice(run, finding,
                     "If that is not meant, make the column NOT NULL, or add a unique "
                     "index on the other columns for the rows where it is NULL.");
    check_evidence(run, finding, "Unique index", index->definition);
}

static void
visit_unique(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = &table->indexes.items[i];
        if (index->unique != YES || index->primary == YES || index->nulls_not_distinct == YES ||
            index->keys.count < 2)
            continue;
        const struct column *column = leaking_column(table, index);
        if (column != NULL)
            report(run, index, column);
    }
}

void
check_unique_nullable(struct check_run *run)
{
    check_each_table(run, visit_unique);
}
