/* definition.c - most kinds have a definition of the server's; tables, columns and types are put
 * together here. */
#include "runbook/definition.h"

#include "postgres/connection.h"

#include <string.h>

char *
definition_name(const struct object *object)
{
    const char *name = object_name(object);
    if (object->kind == &kind_function) {
        const struct function *function = (const struct function *)(const void *)object;
        g_autofree char *qualified = sql_quote_qualified(function->schema, name);
        return g_strdup_printf("%s(%s)", qualified, function->argument_types);
    }
    if (object->kind == &kind_schema || object->kind == &kind_extension ||
        object->kind == &kind_column || object->kind == &kind_constraint ||
        object->kind == &kind_trigger || object->kind == &kind_policy ||
        object->kind == &kind_rewrite_rule || object->kind == &kind_domain_constraint ||
        object->kind == &kind_attribute)
        return sql_quote_name(name);
    return sql_quote_qualified(object_schema(object), name);
}

static const char *const function_words[] = {
    [function_kind_UNKNOWN] = "FUNCTION", [FUNCTION_PLAIN] = "FUNCTION",
    [FUNCTION_PROCEDURE] = "PROCEDURE",   [FUNCTION_AGGREGATE] = "AGGREGATE",
    [FUNCTION_WINDOW] = "FUNCTION",
};

char *
definition_subject(const struct object *object)
{
    static const struct {
        const struct kind *kind;
        const char *word;
    } words[] = {
        {&kind_schema, "SCHEMA"},
        {&kind_extension, "EXTENSION"},
        {&kind_enum_type, "TYPE"},
        {&kind_domain, "DOMAIN"},
        {&kind_composite_type, "TYPE"},
        {&kind_range_type, "TYPE"},
        {&kind_sequence, "SEQUENCE"},
        {&kind_table, "TABLE"},
        {&kind_index, "INDEX"},
        {&kind_constraint, "CONSTRAINT"},
        {&kind_trigger, "TRIGGER"},
        {&kind_policy, "POLICY"},
        {&kind_view, "VIEW"},
        {&kind_rewrite_rule, "RULE"},
        {&kind_statistics, "STATISTICS"},
    };
    g_autofree char *name = definition_name(object);
    if (object->kind == &kind_column || object->kind == &kind_attribute) {
        g_autofree char *parent = definition_name(object->parent);
        return g_strdup_printf("COLUMN %s.%s", parent, name);
    }
    if (object->kind == &kind_domain_constraint) {
        g_autofree char *parent = definition_name(object->parent);
        return g_strdup_printf("CONSTRAINT %s ON DOMAIN %s", name, parent);
    }
    if (object->kind == &kind_view &&
        ((const struct view *)(const void *)object)->materialized == YES)
        return g_strdup_printf("MATERIALIZED VIEW %s", name);
    if (object->kind == &kind_function)
        return g_strdup_printf(
            "%s %s", function_words[((const struct function *)(const void *)object)->kind], name);
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (words[i].kind != object->kind)
            continue;
        bool within = object->kind == &kind_constraint || object->kind == &kind_trigger ||
                      object->kind == &kind_policy || object->kind == &kind_rewrite_rule;
        g_autofree char *parent = within ? definition_name(object->parent) : NULL;
        return within ? g_strdup_printf("%s %s ON %s", words[i].word, name, parent)
                      : g_strdup_printf("%s %s", words[i].word, name);
    }
    return NULL;
}

static void
add(GPtrArray *statements, char *text)
{
    g_ptr_array_add(statements, text);
}

/* "title text DEFAULT ''::text NOT NULL" */
static char *
column_text(const struct column *column)
{
    g_autofree char *name = sql_quote_name(column->name);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s %s", name, column->type);
    if (column->collation != NULL)
        g_string_append_printf(text, " COLLATE %s", column->collation);
    if (column->generation_expression != NULL)
        g_string_append_printf(text, " GENERATED ALWAYS AS (%s) %s", column->generation_expression,
                               column->generated == GENERATED_VIRTUAL ? "VIRTUAL" : "STORED");
    else if (column->default_value != NULL)
        g_string_append_printf(text, " DEFAULT %s", column->default_value);
    if (column->identity == IDENTITY_ALWAYS || column->identity == IDENTITY_BY_DEFAULT)
        g_string_append_printf(text, " GENERATED %s AS IDENTITY",
                               column->identity == IDENTITY_ALWAYS ? "ALWAYS" : "BY DEFAULT");
    if (column->not_null == YES)
        g_string_append(text, " NOT NULL");
    return g_string_free(text, FALSE);
}

static void
make_column(const struct object *object, GPtrArray *statements)
{
    g_autofree char *table = definition_name(object->parent);
    g_autofree char *text = column_text((const struct column *)(const void *)object);
    add(statements, g_strdup_printf("ALTER TABLE %s ADD COLUMN %s;", table, text));
}

static void
make_constraint(const struct object *object, GPtrArray *statements)
{
    g_autofree char *table = definition_name(object->parent);
    g_autofree char *name = definition_name(object);
    add(statements, g_strdup_printf("ALTER TABLE %s ADD CONSTRAINT %s %s;", table, name,
                                    ((const struct constraint *)(const void *)object)->definition));
}

static void
make_as_defined(const struct object *object, GPtrArray *statements)
{
    const struct field *field = kind_field(object->kind, "definition");
    const char *text = field_text(field, object);
    /* PostgreSQL ends a rule itself. */
    add(statements, g_strconcat(text, g_str_has_suffix(text, ";") ? NULL : ";", NULL));
}

static void
make_view(const struct object *object, GPtrArray *statements)
{
    const struct view *view = (const struct view *)(const void *)object;
    g_autofree char *name = definition_name(object);
    g_autofree char *body = g_strchomp(g_strdup(view->definition));
    size_t length = strlen(body);
    if (length > 0 && body[length - 1] == ';')
        body[length - 1] = '\0';
    add(statements, g_strdup_printf("CREATE %sVIEW %s AS %s;",
                                    view->materialized == YES ? "MATERIALIZED " : "", name, body));
}

static void
make_policy(const struct object *object, GPtrArray *statements)
{
    const struct policy *policy = (const struct policy *)(const void *)object;
    g_autofree char *table = definition_name(object->parent);
    g_autofree char *name = definition_name(object);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "CREATE POLICY %s ON %s AS %s FOR %s", name, table,
                           policy->permissive == NO ? "RESTRICTIVE" : "PERMISSIVE",
                           policy->command);
    for (size_t i = 0; i < policy->roles.count; i++) {
        g_autofree char *role = g_ascii_strcasecmp(policy->roles.items[i], "public") == 0
                                    ? g_strdup("PUBLIC")
                                    : sql_quote_name(policy->roles.items[i]);
        g_string_append_printf(text, "%s %s", i == 0 ? " TO" : ",", role);
    }
    if (policy->using_expression != NULL)
        g_string_append_printf(text, " USING (%s)", policy->using_expression);
    if (policy->check_expression != NULL)
        g_string_append_printf(text, " WITH CHECK (%s)", policy->check_expression);
    g_string_append_c(text, ';');
    add(statements, g_string_free(text, FALSE));
}

static void
make_table(const struct object *object, GPtrArray *statements)
{
    const struct table *table = (const struct table *)(const void *)object;
    g_autofree char *name = definition_name(object);
    GString *text = g_string_new("CREATE ");
    g_string_append_printf(text, "%sTABLE %s", table->unlogged == YES ? "UNLOGGED " : "", name);
    if (table->partition_of.path != NULL) {
        g_string_append_printf(text, " PARTITION OF %s %s", table->partition_of.path,
                               table->partition_bound);
    } else {
        g_string_append(text, " (");
        for (size_t i = 0; i < table->columns.count; i++) {
            g_autofree char *column = column_text(&table->columns.items[i]);
            g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", column);
        }
        g_string_append_c(text, ')');
    }
    if (table->partition_key != NULL)
        g_string_append_printf(text, " PARTITION BY %s", table->partition_key);
    g_string_append_c(text, ';');
    add(statements, g_string_free(text, FALSE));
    if (table->row_security == YES)
        add(statements, g_strdup_printf("ALTER TABLE %s ENABLE ROW LEVEL SECURITY;", name));
}

static void
make_enum(const struct object *object, GPtrArray *statements)
{
    const struct enum_type *type = (const struct enum_type *)(const void *)object;
    g_autofree char *name = definition_name(object);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "CREATE TYPE %s AS ENUM (", name);
    for (size_t i = 0; i < type->labels.count; i++) {
        g_autofree char *label = sql_quote_literal(type->labels.items[i]);
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", label);
    }
    g_string_append(text, ");");
    add(statements, g_string_free(text, FALSE));
}

static void
make_domain(const struct object *object, GPtrArray *statements)
{
    const struct domain *domain = (const struct domain *)(const void *)object;
    g_autofree char *name = definition_name(object);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "CREATE DOMAIN %s AS %s", name, domain->type);
    if (domain->default_value != NULL)
        g_string_append_printf(text, " DEFAULT %s", domain->default_value);
    if (domain->not_null == YES)
        g_string_append(text, " NOT NULL");
    for (size_t i = 0; i < domain->constraints.count; i++) {
        g_autofree char *constraint = sql_quote_name(domain->constraints.items[i].name);
        g_string_append_printf(text, " CONSTRAINT %s %s", constraint,
                               domain->constraints.items[i].definition);
    }
    g_string_append_c(text, ';');
    add(statements, g_string_free(text, FALSE));
}

static void
make_composite(const struct object *object, GPtrArray *statements)
{
    const struct composite_type *type = (const struct composite_type *)(const void *)object;
    g_autofree char *name = definition_name(object);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "CREATE TYPE %s AS (", name);
    for (size_t i = 0; i < type->attributes.count; i++) {
        g_autofree char *attribute = sql_quote_name(type->attributes.items[i].name);
        g_string_append_printf(text, "%s%s %s", i > 0 ? ", " : "", attribute,
                               type->attributes.items[i].type);
    }
    g_string_append(text, ");");
    add(statements, g_string_free(text, FALSE));
}

char *
definition_of_sequence(const struct sequence *sequence)
{
    return g_strdup_printf("AS %s INCREMENT BY %" G_GINT64_FORMAT " MINVALUE %" G_GINT64_FORMAT
                           " MAXVALUE %" G_GINT64_FORMAT " START WITH %" G_GINT64_FORMAT
                           " CACHE %" G_GINT64_FORMAT " %sCYCLE",
                           sequence->type, sequence->increment, sequence->minimum,
                           sequence->maximum, sequence->start, sequence->cache,
                           sequence->cycle == YES ? "" : "NO ");
}

static void
make_sequence(const struct object *object, GPtrArray *statements)
{
    const struct sequence *sequence = (const struct sequence *)(const void *)object;
    g_autofree char *name = definition_name(object);
    g_autofree char *numbers = definition_of_sequence(sequence);
    if (sequence->identity != YES) /* that comes with its column */
        add(statements, g_strdup_printf("CREATE SEQUENCE %s %s;", name, numbers));
}

static void
make_range(const struct object *object, GPtrArray *statements)
{
    const struct range_type *type = (const struct range_type *)(const void *)object;
    const struct {
        const char *option;
        const char *value;
    } options[] = {
        {"SUBTYPE_OPCLASS", type->operator_class},  {"COLLATION", type->collation},
        {"CANONICAL", type->canonical_function},    {"SUBTYPE_DIFF", type->difference_function},
        {"MULTIRANGE_TYPE_NAME", type->multirange},
    };
    g_autofree char *name = definition_name(object);
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "CREATE TYPE %s AS RANGE (SUBTYPE = %s", name, type->subtype);
    for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
        if (options[i].value != NULL)
            g_string_append_printf(text, ", %s = %s", options[i].option, options[i].value);
    g_string_append(text, ");");
    add(statements, g_string_free(text, FALSE));
}

static void
make_domain_constraint(const struct object *object, GPtrArray *statements)
{
    g_autofree char *domain = definition_name(object->parent);
    g_autofree char *name = definition_name(object);
    add(statements,
        g_strdup_printf("ALTER DOMAIN %s ADD CONSTRAINT %s %s;", domain, name,
                        ((const struct domain_constraint *)(const void *)object)->definition));
}

static void
make_attribute(const struct object *object, GPtrArray *statements)
{
    g_autofree char *type = definition_name(object->parent);
    g_autofree char *name = definition_name(object);
    add(statements, g_strdup_printf("ALTER TYPE %s ADD ATTRIBUTE %s %s;", type, name,
                                    ((const struct attribute *)(const void *)object)->type));
}

static void
make_named(const struct object *object, GPtrArray *statements)
{
    g_autofree char *name = definition_name(object);
    if (object->kind == &kind_schema) {
        add(statements, g_strdup_printf("CREATE SCHEMA %s;", name));
        return;
    }
    const struct extension *extension = (const struct extension *)(const void *)object;
    g_autofree char *schema = sql_quote_name(extension->schema);
    add(statements, g_strdup_printf("CREATE EXTENSION %s SCHEMA %s;", name, schema));
}

void
definition_statements(const struct object *object, GPtrArray *statements)
{
    static const struct {
        const struct kind *kind;
        void (*make)(const struct object *object, GPtrArray *statements);
    } makers[] = {
        {&kind_schema, make_named},
        {&kind_extension, make_named},
        {&kind_enum_type, make_enum},
        {&kind_domain, make_domain},
        {&kind_sequence, make_sequence},
        {&kind_composite_type, make_composite},
        {&kind_table, make_table},
        {&kind_column, make_column},
        {&kind_index, make_as_defined},
        {&kind_constraint, make_constraint},
        {&kind_trigger, make_as_defined},
        {&kind_policy, make_policy},
        {&kind_view, make_view},
        {&kind_function, make_as_defined},
        {&kind_range_type, make_range},
        {&kind_domain_constraint, make_domain_constraint},
        {&kind_attribute, make_attribute},
        {&kind_rewrite_rule, make_as_defined},
        {&kind_statistics, make_as_defined},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(makers); i++)
        if (makers[i].kind == object->kind)
            makers[i].make(object, statements);
}
