/* draft.c - small models for tests. A draft is a snapshot in the making: what tests get went
 * through the same reader as a user's file. */
#include "draft.h"

#include "catalog/address.h"
#include "catalog/snapshot.h"

#include <glib.h>
#include <string.h>

struct draft *
draft_new(void)
{
    struct draft *draft = g_new0(struct draft, 1);
    draft->tables = json_pack("[]");
    draft->views = json_pack("[]");
    return draft;
}

void
draft_free(struct draft *draft)
{
    json_decref(draft->tables);
    json_decref(draft->views);
    model_free(draft->model);
    database_free(draft->database);
    g_free(draft);
}

static json_t *
draft_find(const struct draft *draft, const char *path)
{
    size_t i;
    json_t *table;
    json_array_foreach(draft->tables, i, table)
    {
        const char *names[] = {json_string_value(json_object_get(table, "schema")),
                               json_string_value(json_object_get(table, "name"))};
        g_autofree char *other = address_path(names, 2, NULL);
        if (g_str_equal(other, path))
            return table;
    }
    g_error("no table %s in the draft", path);
}

json_t *
draft_named_table(struct draft *draft, const char *schema, const char *name)
{
    json_t *table = json_pack("{s:s, s:s, s:s, s:[], s:[]}", "schema", schema, "name", name, "kind",
                              "ordinary", "columns", "constraints");
    json_array_append_new(draft->tables, table);
    return table;
}

void
draft_column(json_t *table, const char *name, const char *type, bool not_null)
{
    json_t *columns = json_object_get(table, "columns");
    json_array_append_new(columns,
                          json_pack("{s:s, s:s, s:b, s:i}", "name", name, "type", type, "not_null",
                                    not_null, "position", (int)json_array_size(columns) + 1));
}

json_t *
draft_words(const char *words)
{
    json_t *list = json_pack("[]");
    g_auto(GStrv) items = g_strsplit(words, " ", -1);
    for (size_t i = 0; items[i] != NULL; i++)
        json_array_append_new(list, json_string(items[i]));
    return list;
}

json_t *
draft_constraint(json_t *table, const char *kind, json_t *columns)
{
    json_t *constraints = json_object_get(table, "constraints");
    g_autofree char *name = g_strdup_printf("%s_%03zu", kind, json_array_size(constraints));
    json_t *constraint = json_pack("{s:s, s:s, s:o, s:s}", "name", name, "kind", kind, "columns",
                                   columns, "definition", "...");
    json_array_append_new(constraints, constraint);
    return constraint;
}

json_t *
draft_table(struct draft *draft, const char *path, const char *columns)
{
    g_auto(GStrv) names = g_strsplit(path, ".", 2);
    json_t *table = draft_named_table(draft, names[0], names[1]);
    json_t *primary = json_pack("[]");
    g_auto(GStrv) items = g_strsplit(columns, " ", -1);
    for (size_t i = 0; items[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit(items[i], ":", 2);
        size_t length = strcspn(parts[0], "*?");
        char mark = parts[0][length];
        parts[0][length] = '\0';
        draft_column(table, parts[0], parts[1] == NULL ? "bigint" : parts[1], mark != '?');
        if (mark == '*')
            json_array_append_new(primary, json_string(parts[0]));
    }
    if (json_array_size(primary) > 0)
        draft_constraint(table, "primary key", primary);
    else
        json_decref(primary);
    return table;
}

void
draft_unique(struct draft *draft, const char *path, const char *columns)
{
    draft_constraint(draft_find(draft, path), "unique", draft_words(columns));
}

json_t *
draft_reference(struct draft *draft, const char *child, const char *columns, const char *parent,
                const char *referenced)
{
    json_t *key = draft_constraint(draft_find(draft, child), "foreign key", draft_words(columns));
    json_object_set_new(key, "references", json_string(parent));
    json_object_set_new(key, "referenced_columns", draft_words(referenced));
    json_object_set_new(key, "match", json_string("simple"));
    json_object_set_new(key, "on_delete", json_string("no action"));
    return key;
}

void
draft_partition(struct draft *draft, const char *path, const char *parent)
{
    json_object_set_new(draft_find(draft, path), "partition_of", json_string(parent));
}

/* Those of the tables. */
static json_t *
draft_schemas(const struct draft *draft)
{
    json_t *names = json_pack("{}");
    json_t *schemas = json_pack("[]");
    size_t i;
    json_t *table;
    json_array_foreach(draft->tables, i, table)
    {
        json_t *name = json_object_get(table, "schema");
        if (json_object_get(names, json_string_value(name)) != NULL)
            continue;
        json_object_set(names, json_string_value(name), name);
        json_array_append_new(schemas, json_pack("{s:O}", "name", name));
    }
    json_decref(names);
    return schemas;
}

void
draft_view(struct draft *draft, const char *path, const char *reads, const char *uses)
{
    struct address_parts parts;
    g_assert_true(address_parse(path, &parts));
    json_array_append_new(draft->views,
                          json_pack("{s:s, s:s, s:s, s:o, s:o}", "schema", parts.names[0], "name",
                                    parts.names[1], "definition", " SELECT;", "reads",
                                    draft_words(reads), "uses", draft_words(uses)));
    address_parts_clear(&parts);
}

const struct model *
draft_finish(struct draft *draft)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    json_t *root = json_pack("{s:s, s:s, s:o, s:O, s:O}", "dbdoc", "snapshot", "format", "1.0",
                             "schemas", draft_schemas(draft), "tables", draft->tables, "views",
                             draft->views);
    char *text = json_dumps(root, JSON_COMPACT);
    g_autoptr(GString) file = g_string_new(text);
    free(text);
    json_decref(root);
    draft->database = database_new();
    snapshot_read(draft->database, "draft.json", file, warnings, &error);
    g_assert_no_error(error);
    database_finish(draft->database);
    const struct model_parts parts = {.database = draft->database, .config = draft->config};
    draft->model = model_new(&parts);
    return draft->model;
}

const struct table *
draft_get(const struct draft *draft, const char *path)
{
    const struct table *table = database_find(draft->database, "table", path);
    g_assert_nonnull(table);
    return table;
}
