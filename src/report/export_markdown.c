/* export_markdown.c - a folder of Markdown: a file for each table and view, named as its page, and
 * README.md, which lists them by schema. */
#include "catalog/address.h"
#include "report/export.h"
#include "report/markdown.h"

static char *
file_of(const void *relation)
{
    g_autofree char *slug = slug_of(relation);
    return g_strconcat(slug, ".md", NULL);
}

static void
put_link(GString *target, const struct object *relation)
{
    g_autofree char *file = file_of(relation);
    g_string_append_c(target, '[');
    markdown_span(target, relation->path);
    g_string_append(target, "](");
    g_string_append(target, file);
    g_string_append_c(target, ')');
}

/* ---- one file ---- */

static void
put_item(GString *target, const struct object *relation, const char *words)
{
    g_string_append(target, "- ");
    put_link(target, relation);
    if (words != NULL) {
        g_string_append(target, ": ");
        markdown_span(target, words);
    }
    g_string_append_c(target, '\n');
}

static void
put_parents(GString *target, const struct table *table)
{
    gsize start = target->len;
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct table *parent = export_target(&table->constraints.items[i]);
        if (parent == NULL)
            continue;
        g_string_append(target, target->len == start ? "References:\n\n" : "");
        put_item(target, &parent->object, table->constraints.items[i].name);
    }
    g_string_append(target, target->len > start ? "\n" : "");
}

static void
put_children(GString *target, const struct model *model, const struct table *table)
{
    const struct references *references = model_references(model, table);
    gsize start = target->len;
    for (size_t i = 0; i < references->count; i++) {
        const struct table *child = object_table(references->items[i]);
        if (table_is_partition(child))
            continue;
        g_string_append(target, target->len == start ? "Referenced by:\n\n" : "");
        put_item(target, &child->object, references->items[i]->definition);
    }
    g_string_append(target, target->len > start ? "\n" : "");
}

static void
put_readers(GString *target, const struct model *model, const void *relation)
{
    const struct views *views = model_readers(model, relation);
    g_string_append(target, views->count > 0 ? "Read by:\n\n" : "");
    for (size_t i = 0; i < views->count; i++)
        put_item(target, &views->items[i]->object, NULL);
    g_string_append(target, views->count > 0 ? "\n" : "");
}

static bool
add(GString *text, const void *relation, export_add *add_file, void *data, GError **error)
{
    g_autofree char *file = file_of(relation);
    g_string_append(text, "All tables: [README.md](README.md)\n");
    return add_file(file, text, data, error);
}

static bool
add_table(const struct model *model, const struct table *table, export_add *add_file, void *data,
          GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    export_markdown_table(text, model, table, "# ");
    put_parents(text, table);
    put_children(text, model, table);
    put_readers(text, model, table);
    return add(text, table, add_file, data, error);
}

static bool
add_view(const struct model *model, const struct view *view, export_add *add_file, void *data,
         GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    export_markdown_view(text, model, view, "# ");
    put_readers(text, model, view);
    return add(text, view, add_file, data, error);
}

/* ---- the list ---- */

static void
put_listed(GString *target, const struct model *model, const struct object *relation)
{
    g_string_append(target, "- ");
    put_link(target, relation);
    export_markdown_summary(target, model, relation, ": ", "");
    g_string_append_c(target, '\n');
}

static void
put_schema(GString *target, const struct model *model, const struct schema *schema)
{
    const struct catalog *catalog = model->catalog;
    g_string_append(target, "## Schema ");
    markdown_span(target, schema->object.path);
    g_string_append(target, "\n\n");
    export_markdown_summary(target, model, schema, "", "\n\n");
    gsize start = target->len;
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (!table_is_partition(&catalog->tables.items[i]) &&
            g_str_equal(catalog->tables.items[i].schema, schema->name))
            put_listed(target, model, &catalog->tables.items[i].object);
    for (size_t i = 0; i < catalog->views.count; i++)
        if (g_str_equal(catalog->views.items[i].schema, schema->name))
            put_listed(target, model, &catalog->views.items[i].object);
    g_string_append(target, target->len > start ? "\n" : "");
}

static bool
add_list(const struct model *model, export_add *add_file, void *data, GError **error)
{
    const struct schema_list *schemas = &model->catalog->schemas;
    g_autoptr(GString) text = g_string_new("# Tables and views\n\n");
    for (size_t i = 0; i < schemas->count; i++)
        put_schema(text, model, &schemas->items[i]);
    g_string_truncate(text, text->len - 1);
    return add_file("README.md", text, data, error);
}

bool
export_markdown(const struct model *model, export_add *add_file, void *data, GError **error)
{
    const struct catalog *catalog = model->catalog;
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (!table_is_partition(&catalog->tables.items[i]) &&
            !add_table(model, &catalog->tables.items[i], add_file, data, error))
            return false;
    for (size_t i = 0; i < catalog->views.count; i++)
        if (!add_view(model, &catalog->views.items[i], add_file, data, error))
            return false;
    return add_list(model, add_file, data, error);
}
