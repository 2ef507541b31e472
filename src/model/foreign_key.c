/* foreign_key.c - how many rows stand at each end of a foreign key. */
#include "model/model.h"

#include "model/index.h"

/* NULL is kept out by the column or by its domain. */
static bool
is_nullable(const struct column *column)
{
    const struct object *type = column->type_object.object;
    if (type != NULL && type->kind == &kind_domain &&
        ((const struct domain *)type)->not_null == YES)
        return false;
    return column->not_null != YES;
}

bool
foreign_key_is_optional(const struct constraint *foreign_key)
{
    const struct table *table = object_table(foreign_key);
    size_t nullable = 0;
    for (size_t i = 0; i < foreign_key->columns.count; i++) {
        const struct column *column = table_column(table, foreign_key->columns.items[i]);
        nullable += column != NULL && is_nullable(column);
    }
    /* MATCH FULL wants all columns NULL or none, so one NOT NULL column settles it. */
    return foreign_key->match == MATCH_FULL ? nullable == foreign_key->columns.count : nullable > 0;
}

static bool
constraint_is_unique_within(const struct constraint *constraint, const struct names *columns)
{
    if (constraint->kind != CONSTRAINT_PRIMARY_KEY && constraint->kind != CONSTRAINT_UNIQUE)
        return false;
    for (size_t i = 0; i < constraint->columns.count; i++)
        if (!names_contain(columns, constraint->columns.items[i]))
            return false;
    return constraint->columns.count > 0;
}

static bool
index_is_unique_within(const struct index *index, const struct names *columns)
{
    if (index->unique != YES || !index_covers(index, columns))
        return false;
    for (size_t i = 0; i < index->keys.count; i++) {
        const char *column = index->keys.items[i].column;
        if (column == NULL || !names_contain(columns, column))
            return false;
    }
    return index->keys.count > 0;
}

bool
foreign_key_is_unique(const struct constraint *foreign_key)
{
    const struct table *table = object_table(foreign_key);
    const struct names *columns = &foreign_key->columns;
    for (size_t i = 0; i < table->constraints.count; i++)
        if (constraint_is_unique_within(&table->constraints.items[i], columns))
            return true;
    for (size_t i = 0; i < table->indexes.count; i++)
        if (index_is_unique_within(&table->indexes.items[i], columns))
            return true;
    return false;
}
