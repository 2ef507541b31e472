/* index.c - what an index is for, as far as the catalog proves it. */
#include "model/model.h"

#include "base/sql_lexer.h"
#include "base/text.h"
#include "model/index.h"

#include <string.h>

/* Takes "column IS NOT NULL" and says whether the column is one of these. */
static bool
take_not_null(const char **cursor, struct sql_token *token, const struct names *columns)
{
    if (token->kind != SQL_WORD && token->kind != SQL_QUOTED)
        return false;
    g_autofree char *column = sql_identifier(token);
    static const char *const rest[] = {"is", "not", "null"};
    for (size_t i = 0; i < G_N_ELEMENTS(rest); i++)
        if (!sql_next_word(cursor, token) || !sql_is_word(token, rest[i]))
            return false;
    return names_contain(columns, column);
}

static bool
next_beside_parentheses(const char **cursor, struct sql_token *token)
{
    while (sql_next_word(cursor, token))
        if (!sql_is_sign(token, '(') && !sql_is_sign(token, ')'))
            return true;
    return false;
}

/* PostgreSQL prints ((a IS NOT NULL) AND (b IS NOT NULL)); in a chain of nothing else the
 * parentheses mean nothing. */
static bool
predicate_is_only_not_null(const char *predicate, const struct names *columns)
{
    const char *cursor = predicate;
    struct sql_token token;
    do {
        if (!next_beside_parentheses(&cursor, &token) || !take_not_null(&cursor, &token, columns))
            return false;
        if (!next_beside_parentheses(&cursor, &token))
            return true;
    } while (sql_is_word(&token, "and"));
    return false;
}

bool
index_covers(const struct index *index, const struct names *columns)
{
    return index->valid == YES && index->ready == YES &&
           (index->predicate == NULL || predicate_is_only_not_null(index->predicate, columns));
}

/* A key that an equality on this column can use: the column itself, in its own collation. */
static bool
key_is_one_of(const struct key *key, const struct names *columns)
{
    bool foreign_collation = key->collation != NULL && key->default_collation == NO;
    return key->column != NULL && !foreign_collation && names_contain(columns, key->column);
}

/* Each column stands among the first keys, in any order. */
static bool
keys_begin_with(const struct index *index, const struct names *columns)
{
    if (columns->count == 0 || index->keys.count < columns->count)
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (!key_is_one_of(&index->keys.items[i], columns))
            return false;
    for (size_t i = 0; i < columns->count; i++) {
        size_t j = 0;
        while (j < columns->count && !text_equal(index->keys.items[j].column, columns->items[i]))
            j++;
        if (j == columns->count)
            return false;
    }
    return true;
}

bool
index_supports(const struct index *index, const struct constraint *foreign_key)
{
    g_assert(foreign_key->kind == CONSTRAINT_FOREIGN_KEY);
    bool finds_equals = text_equal(index->method, "btree") || text_equal(index->method, "hash");
    return finds_equals && index->object.parent == foreign_key->object.parent &&
           index_covers(index, &foreign_key->columns) &&
           keys_begin_with(index, &foreign_key->columns);
}

static bool
table_has_support(const struct table *table, const struct constraint *foreign_key)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (index_supports(&table->indexes.items[i], foreign_key))
            return true;
    return false;
}

/* The copy of the key that the server keeps at the partition says which rows that one holds. */
static bool
partition_has_support(const struct table *partition, const struct constraint *foreign_key)
{
    for (size_t i = 0; i < partition->constraints.count; i++) {
        const struct constraint *copy = &partition->constraints.items[i];
        if (copy->kind == CONSTRAINT_FOREIGN_KEY &&
            names_equal(&copy->columns, &foreign_key->columns))
            return table_has_support(partition, copy);
    }
    return false;
}

bool
foreign_key_has_index(const struct model *model, const struct constraint *foreign_key)
{
    const struct table *table = object_table(foreign_key);
    if (table_has_support(table, foreign_key))
        return true;
    g_autoptr(GPtrArray) family = table_family(model, table);
    bool any = false;
    for (guint i = 0; i < family->len; i++) {
        const struct table *partition = family->pdata[i];
        if (partition == table || partition->kind == TABLE_PARTITIONED)
            continue;
        if (!partition_has_support(partition, foreign_key))
            return false;
        any = true;
    }
    return any;
}

const struct constraint *
index_constraint(const struct index *index)
{
    const struct table *table = object_table(index);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        /* A foreign key names the index it points to, which is not its own. */
        if (constraint->index.object == index && constraint->kind != CONSTRAINT_FOREIGN_KEY)
            return constraint;
    }
    return NULL;
}

static unsigned
constraint_role(const struct constraint *constraint)
{
    if (constraint == NULL)
        return 0;
    return constraint->kind == CONSTRAINT_PRIMARY_KEY ? INDEX_PRIMARY_KEY : INDEX_CONSTRAINT;
}

static bool
is_target(const struct model *model, const struct index *index)
{
    const struct table *table = object_table(index);
    const struct references *references = model_references(model, table);
    for (size_t i = 0; i < references->count; i++) {
        const struct constraint *foreign_key = references->items[i];
        if (foreign_key->index.object == index)
            return true;
        if (foreign_key->index.path == NULL && index->unique == YES &&
            index->keys.count == foreign_key->referenced_columns.count &&
            keys_begin_with(index, &foreign_key->referenced_columns))
            return true;
    }
    return false;
}

static bool
is_support(const struct index *index)
{
    const struct table *table = object_table(index);
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && index_supports(index, constraint))
            return true;
    }
    return false;
}

unsigned
index_roles(const struct model *model, const struct index *index)
{
    unsigned roles = constraint_role(index_constraint(index));
    if (index->primary == YES)
        roles |= INDEX_PRIMARY_KEY;
    if (index->unique == YES)
        roles |= INDEX_UNIQUE;
    if (index->predicate != NULL)
        roles |= INDEX_PARTIAL;
    if (object_table(index) == NULL)
        return roles;
    if (is_target(model, index))
        roles |= INDEX_FOREIGN_KEY_TARGET;
    if (is_support(index))
        roles |= INDEX_FOREIGN_KEY_SUPPORT;
    return roles;
}
