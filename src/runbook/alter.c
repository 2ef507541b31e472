/* alter.c - a row for each fact that ALTER can set. */
#include "runbook/alter.h"

#include "postgres/connection.h"
#include "runbook/definition.h"

/* ---- columns ---- */

static char *
of_column(const struct change *change, const char *words)
{
    g_autofree char *table = definition_name(change->before->parent);
    g_autofree char *name = definition_name(change->before);
    return g_strdup_printf("ALTER TABLE %s ALTER COLUMN %s %s;", table, name, words);
}

static char *
column_type(const struct change *change, const char *name)
{
    const struct column *wanted = (const struct column *)(const void *)change->before;
    g_autofree char *words = g_strdup_printf("TYPE %s USING %s::%s", wanted->type, name,
                                             wanted->type);
    return of_column(change, words);
}

static char *
column_not_null(const struct change *change, const char *name)
{
    (void)name;
    return of_column(change, ((const struct column *)(const void *)change->before)->not_null == YES
                                 ? "SET NOT NULL"
                                 : "DROP NOT NULL");
}

static char *
default_words(const char *value)
{
    return value != NULL ? g_strconcat("SET DEFAULT ", value, NULL) : g_strdup("DROP DEFAULT");
}

static char *
column_default(const struct change *change, const char *name)
{
    (void)name;
    g_autofree char *words = default_words(
        ((const struct column *)(const void *)change->before)->default_value);
    return of_column(change, words);
}

/* ---- tables ---- */

static char *
table_security(const struct change *change, const char *name)
{
    return g_strdup_printf("ALTER TABLE %s %s ROW LEVEL SECURITY;", name,
                           ((const struct table *)(const void *)change->before)->row_security == YES
                               ? "ENABLE"
                               : "DISABLE");
}

static char *
table_forced_security(const struct change *change, const char *name)
{
    return g_strdup_printf(
        "ALTER TABLE %s %s ROW LEVEL SECURITY;", name,
        ((const struct table *)(const void *)change->before)->forced_row_security == YES
            ? "FORCE"
            : "NO FORCE");
}

static char *
table_unlogged(const struct change *change, const char *name)
{
    return g_strdup_printf("ALTER TABLE %s SET %s;", name,
                           ((const struct table *)(const void *)change->before)->unlogged == YES
                               ? "UNLOGGED"
                               : "LOGGED");
}

/* That of an index is the index's own fact. */
static char *
table_replica_identity(const struct change *change, const char *name)
{
    static const char *const words[] = {
        [REPLICA_DEFAULT] = "DEFAULT",
        [REPLICA_NOTHING] = "NOTHING",
        [REPLICA_FULL] = "FULL",
        [REPLICA_INDEX] = NULL,
    };
    const struct table *wanted = (const struct table *)(const void *)change->before;
    size_t identity = (size_t)wanted->replica_identity;
    return identity >= G_N_ELEMENTS(words) || words[identity] == NULL
               ? NULL
               : g_strdup_printf("ALTER TABLE %s REPLICA IDENTITY %s;", name, words[identity]);
}

/* ---- domains, types and sequences ---- */

static char *
domain_not_null(const struct change *change, const char *name)
{
    return g_strdup_printf(
        "ALTER DOMAIN %s %s NOT NULL;", name,
        ((const struct domain *)(const void *)change->before)->not_null == YES ? "SET" : "DROP");
}

static char *
domain_default(const struct change *change, const char *name)
{
    g_autofree char *words = default_words(
        ((const struct domain *)(const void *)change->before)->default_value);
    return g_strdup_printf("ALTER DOMAIN %s %s;", name, words);
}

static char *
attribute_type(const struct change *change, const char *name)
{
    g_autofree char *type = definition_name(change->before->parent);
    return g_strdup_printf("ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s;", type, name,
                           ((const struct attribute *)(const void *)change->before)->type);
}

static char *
sequence_numbers(const struct change *change, const char *name)
{
    g_autofree char *words = definition_of_sequence(
        (const struct sequence *)(const void *)change->before);
    return g_strdup_printf("ALTER SEQUENCE %s %s;", name, words);
}

static char *
sequence_owner(const struct change *change, const char *name)
{
    const char *column = ((const struct sequence *)(const void *)change->before)->owned_by.path;
    return g_strdup_printf("ALTER SEQUENCE %s OWNED BY %s;", name,
                           column != NULL ? column : "NONE");
}

static const struct {
    const struct kind *kind;
    const char *field;
    char *(*write)(const struct change *change, const char *name);
} alterations[] = {
    {&kind_column, "type", column_type},
    {&kind_column, "not_null", column_not_null},
    {&kind_column, "default_value", column_default},
    {&kind_table, "row_security", table_security},
    {&kind_table, "forced_row_security", table_forced_security},
    {&kind_table, "unlogged", table_unlogged},
    {&kind_table, "replica_identity", table_replica_identity},
    {&kind_domain, "not_null", domain_not_null},
    {&kind_domain, "default_value", domain_default},
    {&kind_attribute, "type", attribute_type},
    {&kind_sequence, "type", sequence_numbers},
    {&kind_sequence, "start", sequence_numbers},
    {&kind_sequence, "minimum", sequence_numbers},
    {&kind_sequence, "maximum", sequence_numbers},
    {&kind_sequence, "increment", sequence_numbers},
    {&kind_sequence, "cache", sequence_numbers},
    {&kind_sequence, "cycle", sequence_numbers},
    {&kind_sequence, "owned_by", sequence_owner},
};

char *
alter_statement(const struct change *change)
{
    g_autofree char *name = definition_name(change->before);
    for (size_t i = 0; i < G_N_ELEMENTS(alterations); i++)
        if (alterations[i].kind == change->before->kind &&
            g_str_equal(alterations[i].field, change->field->name))
            return alterations[i].write(change, name);
    return NULL;
}
