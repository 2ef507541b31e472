/* export_dbml.c - DBML, as dbdiagram.io and dbdocs.io read it. Names stand in double quotes, texts
 * in single ones, SQL between backquotes, which nothing can escape. What DBML refuses, such as a
 * table without columns, stands in a comment. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "report/export.h"

#include <string.h>

/* A backslash escapes itself, the quote, and with n the end of a line. */
static void
put_quoted(GString *target, char quote, const char *text)
{
    g_autofree char *clean = export_text(text);
    g_string_append_c(target, quote);
    for (const char *c = clean; *c != '\0'; c++) {
        if (*c == quote || *c == '\\')
            g_string_append_c(target, '\\');
        if (*c == '\n')
            g_string_append(target, "\\n");
        else
            g_string_append_c(target, *c);
    }
    g_string_append_c(target, quote);
}

static void
put_sql(GString *target, const char *sql)
{
    g_autofree char *clean = export_text(sql);
    g_autofree char *code = text_code(g_strdelimit(clean, "\n\t", ' '));
    g_string_append(target, code);
}

static void
put_qualified(GString *target, const char *schema, const char *name)
{
    put_quoted(target, '"', schema);
    g_string_append_c(target, '.');
    put_quoted(target, '"', name);
}

static void
put_note(GString *target, const char *before, const char *note)
{
    if (text_is_empty(note))
        return;
    g_string_append(target, before);
    put_quoted(target, '\'', note);
}

/* A line of what cannot be said, and why. */
static void
put_unsaid(GString *target, const char *indent, const char *what, const char *name, const char *why)
{
    g_string_append(target, indent);
    g_string_append(target, "// ");
    g_string_append(target, what);
    g_string_append_c(target, ' ');
    put_quoted(target, '"', name);
    g_string_append(target, why);
    g_string_append_c(target, '\n');
}

/* ---- columns ---- */

/* An enum of the document goes by its name and schema; an array of one is a text as others are. */
static void
put_type(GString *target, const struct column *column)
{
    const struct object *type = column->type_object.object;
    if (type != NULL && type->kind == &kind_enum_type && !g_str_has_suffix(column->type, "]"))
        put_qualified(target, object_schema(type), object_name(type));
    else
        put_quoted(target, '"', column->type);
}

static bool
is_whole_primary_key(const struct column *column)
{
    const struct constraint *key = table_primary_key(object_table(column));
    return key != NULL && key->columns.count == 1 && names_contain(&key->columns, column->name);
}

static void
put_column(GString *target, const struct model *model, const struct column *column)
{
    g_autofree char *note = export_note(model, column);
    bool counts = column->identity == IDENTITY_ALWAYS || column->identity == IDENTITY_BY_DEFAULT ||
                  model_sequence(model, column) != NULL;
    g_string_append(target, "  ");
    put_quoted(target, '"', column->name);
    g_string_append_c(target, ' ');
    put_type(target, column);
    g_string_append(target, is_whole_primary_key(column) ? " [pk, " : " [");
    g_string_append(target, column->not_null == YES ? "not null" : "null");
    if (counts)
        g_string_append(target, ", increment");
    const char *value = column->generation_expression != NULL ? column->generation_expression
                                                              : column->default_value;
    if (value != NULL && !counts) {
        g_string_append(target, ", default: ");
        put_sql(target, value);
    }
    put_note(target, ", note: ", note);
    g_string_append(target, "]\n");
}

static void
put_columns(GString *target, const struct names *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        g_string_append(target, i == 0 ? "(" : ", ");
        put_quoted(target, '"', columns->items[i]);
    }
    g_string_append_c(target, ')');
}

/* ---- indexes and checks ---- */

static void
put_index(GString *target, const struct index *index)
{
    g_string_append(target, "    ");
    for (size_t i = 0; i < index->keys.count; i++) {
        const struct key *key = &index->keys.items[i];
        g_string_append(target, i == 0 ? "(" : ", ");
        if (key->column != NULL)
            put_quoted(target, '"', key->column);
        else
            put_sql(target, key->expression != NULL ? key->expression : "?");
    }
    g_string_append(target, ") [name: ");
    put_quoted(target, '"', index->name);
    if (index->primary == YES)
        g_string_append(target, ", pk");
    else if (index->unique == YES)
        g_string_append(target, ", unique");
    if (index->method != NULL) {
        g_string_append(target, ", type: ");
        put_quoted(target, '"', index->method);
    }
    g_autofree char *condition = index->predicate == NULL
                                     ? NULL
                                     : g_strconcat("WHERE ", index->predicate, NULL);
    put_note(target, ", note: ", condition);
    g_string_append(target, "]\n");
}

static void
put_indexes(GString *target, const struct table *table)
{
    if (table->indexes.count == 0)
        return;
    g_string_append(target, "\n  indexes {\n");
    for (size_t i = 0; i < table->indexes.count; i++)
        put_index(target, &table->indexes.items[i]);
    g_string_append(target, "  }\n");
}

/* What stands between the parentheses of "CHECK (…) NOT VALID". New memory; NULL: it is no such
 * text. */
static char *
condition_of(const struct constraint *check)
{
    const char *cursor = check->definition;
    const char *start = NULL;
    struct sql_token token;
    int depth = 0;
    while (sql_next(&cursor, &token)) {
        depth += sql_is_sign(&token, '(') - sql_is_sign(&token, ')');
        if (start == NULL && depth == 1)
            start = cursor;
        else if (start != NULL && depth == 0)
            return g_strndup(start, (gsize)(token.text - start));
    }
    return NULL;
}

static void
put_checks(GString *target, const struct table *table)
{
    bool begun = false;
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *check = &table->constraints.items[i];
        g_autofree char *condition = check->kind == CONSTRAINT_CHECK ? condition_of(check) : NULL;
        if (condition == NULL)
            continue;
        g_string_append(target, begun ? "    " : "\n  checks {\n    ");
        put_sql(target, condition);
        g_string_append(target, " [name: ");
        put_quoted(target, '"', check->name);
        g_string_append(target, "]\n");
        begun = true;
    }
    if (begun)
        g_string_append(target, "  }\n");
}

static void
put_table(GString *target, const struct model *model, const struct table *table)
{
    g_autofree char *note = export_note(model, table);
    g_string_append_c(target, '\n');
    if (table->columns.count == 0) {
        put_unsaid(target, "", "Table", table->object.path, " has no columns.");
        return;
    }
    g_string_append(target, "Table ");
    put_qualified(target, table->schema, table->name);
    g_string_append(target, " {\n");
    for (size_t i = 0; i < table->columns.count; i++)
        put_column(target, model, &table->columns.items[i]);
    put_indexes(target, table);
    put_checks(target, table);
    put_note(target, "\n  Note: ", note);
    if (!text_is_empty(note))
        g_string_append_c(target, '\n');
    g_string_append(target, "}\n");
}

/* ---- references ---- */

struct writing {
    GString *target;
    const struct model *model;
    GHashTable *pairs; /* of ends between which a reference is written */
};

/* A table and some of its columns, whatever their order. */
static void
append_end(GString *end, const struct model *model, const struct table *table,
           const struct names *columns)
{
    g_string_append_printf(end, "%zu", export_number(model, table));
    for (size_t i = 0; i < table->columns.count; i++)
        if (names_contain(columns, table->columns.items[i].name))
            g_string_append_printf(end, ".%zu", i);
}

/* Whether no other reference has these two ends, either way around, which DBML refuses. */
static bool
is_first(struct writing *writing, const struct table *table, const struct table *parent,
         const struct constraint *key)
{
    g_autoptr(GString) from = g_string_new(NULL);
    g_autoptr(GString) to = g_string_new(NULL);
    append_end(from, writing->model, table, &key->columns);
    append_end(to, writing->model, parent, &key->referenced_columns);
    int order = strcmp(from->str, to->str);
    return order != 0 &&
           g_hash_table_add(writing->pairs, g_strconcat(order < 0 ? from->str : to->str, " ",
                                                        order < 0 ? to->str : from->str, NULL));
}

static void
put_actions(GString *target, const struct constraint *key)
{
    static const char *const actions[] = {
        [ACTION_NO_ACTION] = "no action",     [ACTION_RESTRICT] = "restrict",
        [ACTION_CASCADE] = "cascade",         [ACTION_SET_NULL] = "set null",
        [ACTION_SET_DEFAULT] = "set default",
    };
    const char *on_delete = actions[key->on_delete];
    const char *on_update = actions[key->on_update];
    if (on_delete == NULL || on_update == NULL)
        return;
    g_string_append(target, " [delete: ");
    g_string_append(target, on_delete);
    g_string_append(target, ", update: ");
    g_string_append(target, on_update);
    g_string_append_c(target, ']');
}

static void
put_reference(struct writing *writing, const struct table *table, const struct constraint *key)
{
    GString *target = writing->target;
    const struct table *parent = export_target(key);
    if (parent == NULL)
        return;
    g_string_append_c(target, '\n');
    if (!is_first(writing, table, parent, key)) {
        put_unsaid(target, "", "Ref", key->object.path,
                   " is between columns that another one joins, or that are the same.");
        return;
    }
    g_string_append(target, "Ref ");
    put_quoted(target, '"', key->name);
    g_string_append(target, ": ");
    put_qualified(target, table->schema, table->name);
    g_string_append_c(target, '.');
    put_columns(target, &key->columns);
    g_string_append(target, foreign_key_is_unique(key) ? " - " : " > ");
    put_qualified(target, parent->schema, parent->name);
    g_string_append_c(target, '.');
    put_columns(target, &key->referenced_columns);
    put_actions(target, key);
    g_string_append_c(target, '\n');
}

static void
put_references(struct writing *writing)
{
    const struct table_list *tables = &writing->model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = &tables->items[i];
        for (size_t k = 0; k < table->constraints.count && !table_is_partition(table); k++)
            put_reference(writing, table, &table->constraints.items[k]);
    }
}

/* ---- enums ---- */

static void
put_label(GString *target, const char *label)
{
    if (*label == '\0') {
        put_unsaid(target, "  ", "The label", label, " is an empty text.");
        return;
    }
    g_string_append(target, "  ");
    put_quoted(target, '"', label);
    g_string_append_c(target, '\n');
}

static void
put_enum(GString *target, const struct enum_type *type)
{
    size_t said = 0;
    for (size_t i = 0; i < type->labels.count; i++)
        said += *type->labels.items[i] != '\0';
    g_string_append_c(target, '\n');
    if (said == 0) {
        put_unsaid(target, "", "Enum", type->object.path, " has no labels that DBML knows.");
        return;
    }
    g_string_append(target, "Enum ");
    put_qualified(target, type->schema, type->name);
    g_string_append(target, " {\n");
    for (size_t i = 0; i < type->labels.count; i++)
        put_label(target, type->labels.items[i]);
    g_string_append(target, "}\n");
}

GString *
export_dbml(const struct model *model)
{
    const struct catalog *catalog = model->catalog;
    GString *target = g_string_new("Project ");
    put_quoted(target, '"', catalog->name != NULL ? catalog->name : "database");
    g_string_append(target, " {\n  database_type: 'PostgreSQL'\n}\n");
    for (size_t i = 0; i < catalog->enum_types.count; i++)
        put_enum(target, &catalog->enum_types.items[i]);
    export_tables(target, model, put_table);
    g_autoptr(GHashTable) pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct writing writing = {target, model, pairs};
    put_references(&writing);
    return target;
}
