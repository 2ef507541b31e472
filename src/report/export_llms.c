/* export_llms.c - the schema as compact Markdown for language models, in the form of llms.txt: a
 * title, a quote that says what it is, then a part for each schema and relation. A column is one
 * line; of a note, its summary. */
#include "base/text.h"
#include "catalog/type_name.h"
#include "markup/markdown.h"
#include "report/export.h"
#include "report/markdown.h"

/* The summary of what people wrote, behind `before`. */
void
export_markdown_summary(GString *target, const struct model *model, const void *object,
                        const char *before, const char *after)
{
    g_autofree char *note = export_note(model, object);
    g_autofree char *summary = note == NULL ? NULL : markdown_summary(note);
    if (text_is_empty(summary))
        return;
    g_string_append(target, before);
    markdown_plain(target, summary);
    g_string_append(target, after);
}

static void
put_heading(GString *target, const char *level, const char *what, const char *name)
{
    g_string_append(target, level);
    g_string_append(target, what);
    markdown_span(target, name);
    g_string_append(target, "\n\n");
}

static void
put_column(GString *target, const struct model *model, const struct column *column)
{
    g_autofree char *type = type_alias(column->type);
    g_string_append(target, "- ");
    markdown_span(target, column->name);
    g_string_append_c(target, ' ');
    markdown_span(target, type);
    g_string_append(target, column->not_null == YES ? " not null" : "");
    if (column->generation_expression != NULL) {
        g_string_append(target, " generated as ");
        markdown_span(target, column->generation_expression);
    } else if (column->default_value != NULL) {
        g_string_append(target, " default ");
        markdown_span(target, column->default_value);
    } else if (column->identity == IDENTITY_ALWAYS || column->identity == IDENTITY_BY_DEFAULT) {
        g_string_append(target, " identity");
    }
    export_markdown_summary(target, model, column, ": ", "");
    g_string_append_c(target, '\n');
}

static void
put_columns(GString *target, const struct model *model, const struct column_list *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        put_column(target, model, &columns->items[i]);
    if (columns->count > 0)
        g_string_append_c(target, '\n');
}

/* A line of SQL, as the server says it. */
static void
put_definition(GString *target, const struct model *model, const void *object,
               const char *definition)
{
    g_string_append(target, "- ");
    markdown_span(target, definition);
    export_markdown_summary(target, model, object, ": ", "");
    g_string_append_c(target, '\n');
}

/* Indexes that stand behind a constraint say nothing that it does not. */
static void
put_rest(GString *target, const struct model *model, const struct table *table)
{
    gsize start = target->len;
    g_string_append(target, "Constraints and indexes:\n\n");
    gsize empty = target->len;
    for (size_t i = 0; i < table->constraints.count; i++)
        put_definition(target, model, &table->constraints.items[i],
                       table->constraints.items[i].definition);
    for (size_t i = 0; i < table->indexes.count; i++)
        if (index_constraint(&table->indexes.items[i]) == NULL)
            put_definition(target, model, &table->indexes.items[i],
                           table->indexes.items[i].definition);
    if (target->len > empty)
        g_string_append_c(target, '\n');
    else
        g_string_truncate(target, start);
}

void
export_markdown_table(GString *target, const struct model *model, const struct table *table,
                      const char *level)
{
    put_heading(target, level, "Table ", table->object.path);
    export_markdown_summary(target, model, table, "", "\n\n");
    put_columns(target, model, &table->columns);
    put_rest(target, model, table);
}

void
export_markdown_view(GString *target, const struct model *model, const struct view *view,
                     const char *level)
{
    put_heading(target, level, view->materialized == YES ? "Materialized view " : "View ",
                view->object.path);
    export_markdown_summary(target, model, view, "", "\n\n");
    put_columns(target, model, &view->columns);
    if (view->reads.count == 0)
        return;
    g_string_append(target, "Reads ");
    for (size_t i = 0; i < view->reads.count; i++) {
        g_string_append(target, i > 0 ? ", " : "");
        markdown_span(target, view->reads.items[i].path);
    }
    g_string_append(target, "\n\n");
}

static void
put_enum(GString *target, const struct model *model, const struct enum_type *type)
{
    put_heading(target, "### ", "Enum ", type->object.path);
    export_markdown_summary(target, model, type, "", "\n\n");
    for (size_t i = 0; i < type->labels.count; i++) {
        g_string_append(target, i > 0 ? ", " : "");
        markdown_span(target, type->labels.items[i]);
    }
    g_string_append(target, type->labels.count > 0 ? "\n\n" : "");
}

static void
put_functions(GString *target, const struct model *model, const char *schema)
{
    const struct function_list *functions = &model->catalog->functions;
    gsize start = target->len;
    for (size_t i = 0; i < functions->count; i++) {
        const struct function *function = &functions->items[i];
        if (!g_str_equal(function->schema, schema))
            continue;
        g_autofree char *line = g_strconcat(function->object.path,
                                            function->result != NULL ? " returns " : "",
                                            function->result, NULL);
        g_string_append(target, target->len == start ? "### Functions\n\n" : "");
        put_definition(target, model, function, line);
    }
    if (target->len > start)
        g_string_append_c(target, '\n');
}

static void
put_schema(GString *target, const struct model *model, const struct schema *schema)
{
    const struct catalog *catalog = model->catalog;
    put_heading(target, "## ", "Schema ", schema->object.path);
    export_markdown_summary(target, model, schema, "", "\n\n");
    for (size_t i = 0; i < catalog->enum_types.count; i++)
        if (g_str_equal(catalog->enum_types.items[i].schema, schema->name))
            put_enum(target, model, &catalog->enum_types.items[i]);
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (!table_is_partition(&catalog->tables.items[i]) &&
            g_str_equal(catalog->tables.items[i].schema, schema->name))
            export_markdown_table(target, model, &catalog->tables.items[i], "### ");
    for (size_t i = 0; i < catalog->views.count; i++)
        if (g_str_equal(catalog->views.items[i].schema, schema->name))
            export_markdown_view(target, model, &catalog->views.items[i], "### ");
    put_functions(target, model, schema->name);
}

static void
put_head(GString *target, const struct model *model)
{
    const struct catalog *catalog = model->catalog;
    const char *name = model->config->title != NULL ? model->config->title : catalog->name;
    g_string_append(target, "# ");
    markdown_plain(target, text_is_empty(name) ? "Database" : name);
    g_string_append(target, "\n\n> The schema of a PostgreSQL");
    if (catalog->postgresql != NUMBER_UNKNOWN)
        g_string_append_printf(target, " %" G_GINT64_FORMAT, catalog->postgresql);
    g_string_append(target, " database, made by dbdoc from its catalog and from what people wrote "
                            "about it.\n\n");
    g_autofree char *intro = model->intro == NULL ? NULL : export_text(model->intro);
    g_autofree char *summary = intro == NULL ? NULL : markdown_summary(intro);
    if (!text_is_empty(summary)) {
        markdown_plain(target, summary);
        g_string_append(target, "\n\n");
    }
    g_string_append(target, "Indexes that stand behind a constraint are not listed. A partitioned "
                            "table stands for its partitions.\n\n");
}

GString *
export_llms(const struct model *model)
{
    const struct schema_list *schemas = &model->catalog->schemas;
    GString *target = g_string_new(NULL);
    put_head(target, model);
    for (size_t i = 0; i < schemas->count; i++)
        put_schema(target, model, &schemas->items[i]);
    g_string_truncate(target, target->len - 1);
    return target;
}
