/* dependants.c - views, foreign keys, indexes, constraints and columns that would notice. */
#include "review/dependants.h"

#include "base/text.h"
#include "checks/run.h"

#define NAMED_MOST 4

/* Names of what relies on it, each once. */
struct reliance {
    const struct brief *brief;
    const struct model *model;
    GPtrArray *items; /* const char *: as code */
};

static void
add(struct reliance *reliance, const char *word, const void *object)
{
    const char *text = arena_printf(reliance->brief->arena, "%s %s", word,
                                    brief_code(reliance->brief, check_said_path(object)));
    g_ptr_array_add(reliance->items, (gpointer)(guintptr)text);
}

static void
add_views(struct reliance *reliance, const void *relation)
{
    const struct views *views = model_readers(reliance->model, relation);
    for (size_t i = 0; i < views->count; i++)
        add(reliance, "view", views->items[i]);
}

static void
add_references(struct reliance *reliance, const struct table *table, const char *column)
{
    const struct references *references = model_references(reliance->model, table);
    for (size_t i = 0; i < references->count; i++) {
        const struct constraint *key = references->items[i];
        if (column == NULL || names_contain(&key->referenced_columns, column))
            add(reliance, "foreign key", key);
    }
}

static bool
index_has(const struct index *index, const char *column)
{
    for (size_t i = 0; i < index->keys.count; i++)
        if (text_equal(index->keys.items[i].column, column))
            return true;
    return names_contain(&index->included, column);
}

static void
add_of_column(struct reliance *reliance, const struct column *column)
{
    const struct table *table = object_table(column);
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->constraints.count; i++)
        if (names_contain(&table->constraints.items[i].columns, column->name))
            add(reliance, "constraint", &table->constraints.items[i]);
    for (size_t i = 0; i < table->indexes.count; i++)
        if (index_constraint(&table->indexes.items[i]) == NULL &&
            index_has(&table->indexes.items[i], column->name))
            add(reliance, "index", &table->indexes.items[i]);
    add_references(reliance, table, column->name);
    add_views(reliance, table);
}

static void
add_of_type(struct reliance *reliance, const struct object *type)
{
    const struct table_list *tables = &reliance->model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++)
        for (size_t j = 0; j < tables->items[i].columns.count; j++) {
            const struct column *column = &tables->items[i].columns.items[j];
            if (text_equal(column->type_object.path, type->path))
                add(reliance, "column", column);
        }
}

static void
collect(struct reliance *reliance, const struct object *object)
{
    const void *any = object;
    if (object->kind == &kind_table) {
        add_references(reliance, any, NULL);
        add_views(reliance, any);
    } else if (object->kind == &kind_column) {
        add_of_column(reliance, any);
    } else if (g_str_equal(object->kind->word, "type")) {
        add_of_type(reliance, object);
    }
}

const char *
dependants_of(const struct brief *brief, const struct object *object)
{
    const struct model *before = brief->sources->before;
    const struct object *there = database_find(before->database, object->kind->word, object->path);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    struct reliance reliance = {brief, before, items};
    if (there != NULL)
        collect(&reliance, there);
    if (items->len == 0)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < MIN(items->len, NAMED_MOST); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", (const char *)items->pdata[i]);
    if (items->len > NAMED_MOST)
        g_string_append_printf(text, " and %u more", items->len - NAMED_MOST);
    return arena_text(brief->arena, text->str, -1);
}
