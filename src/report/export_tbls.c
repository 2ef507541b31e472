/* export_tbls.c - the schema.json of tbls, for the tools that read it. A table goes by its path
 * there. See "tbls out -t json" and its JSON Schema. */
#include "base/json.h"
#include "catalog/address.h"
#include "report/export.h"

static void
put_item(struct json *json, const char *text)
{
    g_autofree char *clean = text == NULL ? NULL : export_text(text);
    json_text(json, clean);
}

/* Nothing is "" to tbls. */
static void
put_text(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    put_item(json, text != NULL ? text : "");
}

static void
put_note(struct json *json, const struct model *model, const void *object)
{
    g_autofree char *note = export_note(model, object);
    put_text(json, "comment", note);
}

static void
put_names(struct json *json, const char *key, const struct names *names)
{
    json_key(json, key);
    json_array(json);
    for (size_t i = 0; i < names->count; i++)
        put_item(json, names->items[i]);
    json_close(json);
}

/* One object of a list, on a line of its own. */
static void
begin_item(struct json *json)
{
    json_break(json);
    json_object(json);
}

static void
begin_list(struct json *json, const char *key)
{
    json_key(json, key);
    json_array(json);
}

/* ---- tables and views ---- */

static void
put_columns(struct json *json, const struct model *model, const struct column_list *columns)
{
    begin_list(json, "columns");
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->items[i];
        begin_item(json);
        put_text(json, "name", column->name);
        put_text(json, "type", column->type);
        json_key(json, "nullable");
        json_boolean(json, column->not_null != YES);
        json_key(json, "default");
        put_item(json, column->default_value);
        if (column->generation_expression != NULL) {
            g_autofree char *generated = g_strconcat("GENERATED ALWAYS AS (",
                                                     column->generation_expression, ")", NULL);
            put_text(json, "extra_def", generated);
        }
        put_note(json, model, column);
        json_close(json);
    }
    json_close(json);
}

static void
put_indexes(struct json *json, const struct model *model, const struct index_list *indexes,
            const char *relation)
{
    begin_list(json, "indexes");
    for (size_t i = 0; i < indexes->count; i++) {
        const struct index *index = &indexes->items[i];
        begin_item(json);
        put_text(json, "name", index->name);
        put_text(json, "def", index->definition);
        put_text(json, "table", relation);
        begin_list(json, "columns");
        for (size_t k = 0; k < index->keys.count; k++)
            if (index->keys.items[k].column != NULL)
                put_item(json, index->keys.items[k].column);
        json_close(json);
        put_note(json, model, index);
        json_close(json);
    }
    json_close(json);
}

static void
put_triggers(struct json *json, const struct model *model, const struct trigger_list *triggers)
{
    begin_list(json, "triggers");
    for (size_t i = 0; i < triggers->count; i++) {
        begin_item(json);
        put_text(json, "name", triggers->items[i].name);
        put_text(json, "def", triggers->items[i].definition);
        put_note(json, model, &triggers->items[i]);
        json_close(json);
    }
    json_close(json);
}

static void
put_constraints(struct json *json, const struct model *model, const struct table *table)
{
    static const char *const types[] = {
        [constraint_kind_UNKNOWN] = "", [CONSTRAINT_PRIMARY_KEY] = "PRIMARY KEY",
        [CONSTRAINT_UNIQUE] = "UNIQUE", [CONSTRAINT_FOREIGN_KEY] = "FOREIGN KEY",
        [CONSTRAINT_CHECK] = "CHECK",   [CONSTRAINT_EXCLUSION] = "EXCLUDE",
    };
    begin_list(json, "constraints");
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        begin_item(json);
        put_text(json, "name", constraint->name);
        put_text(json, "type", types[constraint->kind]);
        put_text(json, "def", constraint->definition);
        put_text(json, "table", table->object.path);
        if (export_target(constraint) != NULL) {
            put_text(json, "referenced_table", constraint->references.path);
            put_names(json, "referenced_columns", &constraint->referenced_columns);
        }
        put_names(json, "columns", &constraint->columns);
        put_note(json, model, constraint);
        json_close(json);
    }
    json_close(json);
}

static void
begin_relation(struct json *json, const struct model *model, const struct object *relation,
               const char *type)
{
    begin_item(json);
    put_text(json, "name", relation->path);
    put_text(json, "type", type);
    put_note(json, model, relation);
}

static void
put_table(struct json *json, const struct model *model, const struct table *table)
{
    begin_relation(json, model, &table->object,
                   table->kind == TABLE_FOREIGN ? "FOREIGN TABLE" : "BASE TABLE");
    put_columns(json, model, &table->columns);
    put_indexes(json, model, &table->indexes, table->object.path);
    put_constraints(json, model, table);
    put_triggers(json, model, &table->triggers);
    json_close(json);
}

static void
put_view(struct json *json, const struct model *model, const struct view *view)
{
    begin_relation(json, model, &view->object,
                   view->materialized == YES ? "MATERIALIZED VIEW" : "VIEW");
    put_columns(json, model, &view->columns);
    put_indexes(json, model, &view->indexes, view->object.path);
    put_triggers(json, model, &view->triggers);
    put_text(json, "def", view->definition);
    begin_list(json, "referenced_tables");
    for (size_t i = 0; i < view->reads.count; i++)
        put_item(json, view->reads.items[i].path);
    json_close(json);
    json_close(json);
}

static void
put_relations(struct json *json, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        const struct table *parent = export_target(constraint);
        if (parent == NULL)
            continue;
        begin_item(json);
        put_text(json, "table", table->object.path);
        put_names(json, "columns", &constraint->columns);
        put_text(json, "cardinality",
                 foreign_key_is_unique(constraint) ? "zero_or_one" : "zero_or_more");
        put_text(json, "parent_table", parent->object.path);
        put_names(json, "parent_columns", &constraint->referenced_columns);
        put_text(json, "parent_cardinality",
                 foreign_key_is_optional(constraint) ? "zero_or_one" : "exactly_one");
        put_text(json, "def", constraint->definition);
        json_key(json, "virtual");
        json_boolean(json, false);
        json_close(json);
    }
}

/* ---- the rest ---- */

static void
put_functions(struct json *json, const struct function_list *functions)
{
    static const char *const types[] = {
        [function_kind_UNKNOWN] = "",       [FUNCTION_PLAIN] = "FUNCTION",
        [FUNCTION_PROCEDURE] = "PROCEDURE", [FUNCTION_AGGREGATE] = "AGGREGATE",
        [FUNCTION_WINDOW] = "WINDOW",
    };
    begin_list(json, "functions");
    for (size_t i = 0; i < functions->count; i++) {
        const struct function *function = &functions->items[i];
        g_autofree char *name = address_path(
            (const char *const[]){function->schema, function->name}, 2, NULL);
        begin_item(json);
        put_text(json, "name", name);
        put_text(json, "return_type", function->result);
        put_text(json, "arguments", function->arguments);
        put_text(json, "type", types[function->kind]);
        json_close(json);
    }
    json_close(json);
}

static void
put_enums(struct json *json, const struct enum_type_list *types)
{
    begin_list(json, "enums");
    for (size_t i = 0; i < types->count; i++) {
        begin_item(json);
        put_text(json, "name", types->items[i].object.path);
        put_names(json, "values", &types->items[i].labels);
        json_close(json);
    }
    json_close(json);
}

static void
put_driver(struct json *json, const struct catalog *catalog)
{
    json_break(json);
    json_key(json, "driver");
    json_object(json);
    put_text(json, "name", "postgres");
    if (catalog->postgresql != NUMBER_UNKNOWN) {
        g_autofree char *version = g_strdup_printf("PostgreSQL %" G_GINT64_FORMAT,
                                                   catalog->postgresql);
        put_text(json, "database_version", version);
    }
    json_close(json);
}

GString *
export_tbls(const struct model *model)
{
    const struct catalog *catalog = model->catalog;
    struct json json;
    json_begin(&json);
    json_object(&json);
    put_text(&json, "name", catalog->name);
    put_text(&json, "desc", catalog->comment);
    begin_list(&json, "tables");
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (!table_is_partition(&catalog->tables.items[i]))
            put_table(&json, model, &catalog->tables.items[i]);
    for (size_t i = 0; i < catalog->views.count; i++)
        put_view(&json, model, &catalog->views.items[i]);
    json_close(&json);
    json_break(&json);
    begin_list(&json, "relations");
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (!table_is_partition(&catalog->tables.items[i]))
            put_relations(&json, &catalog->tables.items[i]);
    json_close(&json);
    json_break(&json);
    put_functions(&json, &catalog->functions);
    json_break(&json);
    put_enums(&json, &catalog->enum_types);
    put_driver(&json, catalog);
    json_close(&json);
    return json_end(&json);
}
