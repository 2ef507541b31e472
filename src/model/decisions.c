/* decisions.c - decisions in order, with what each names and what took its place. */
#include "model/decisions.h"

#include "base/group.h"
#include "base/text.h"
#include "catalog/address.h"

#include <stdlib.h>
#include <string.h>

/* The newest first. */
static int
compare_decisions(const void *a, const void *b)
{
    const struct note *x = ((const struct decided *)a)->note;
    const struct note *y = ((const struct decided *)b)->note;
    int order = strcmp(y->decision->date, x->decision->date);
    return order != 0 ? order : strcmp(x->file, y->file);
}

static void
collect(struct model *model)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct decided));
    for (size_t i = 0; model->notes != NULL && i < model->notes->count; i++) {
        const struct decided decided = {.note = &model->notes->items[i]};
        if (decided.note->decision != NULL)
            g_array_append_val(found, decided);
    }
    if (found->len == 0)
        return;
    struct decided *items = arena_keep(model->arena, found);
    qsort(items, found->len, sizeof *items, compare_decisions);
    model->decision_count = found->len;
    model->decisions = items;
}

const struct object *
decision_object_find(const struct model *model, const struct decision_object *named)
{
    return named->path == NULL ? &model->catalog->object
                               : address_resolve(model->database, named->word, named->path);
}

/* One that is named twice counts once. */
static void
find_objects(const struct model *model, struct decided *decided)
{
    const struct decision *decision = decided->note->decision;
    g_autoptr(GPtrArray) objects = g_ptr_array_new();
    for (size_t i = 0; i < decision->object_count; i++) {
        const struct object *object = decision_object_find(model, &decision->objects[i]);
        if (object != NULL && !g_ptr_array_find(objects, object, NULL))
            g_ptr_array_add(objects, group_key(object));
    }
    decided->object_count = objects->len;
    decided->objects = group_keep(model->arena, objects);
}

/* The file that a note means by a path: as in links of Markdown, seen from its own folder. */
static char *
file_meant(const struct note *note)
{
    g_autofree char *folder = g_path_get_dirname(note->file);
    g_autofree char *from = g_strconcat("/", folder, NULL);
    g_autofree char *whole = g_canonicalize_filename(note->decision->superseded_by, from);
    return g_strdup(whole + 1);
}

static void
find_successor(const struct model *model, struct decided *decided)
{
    if (decided->note->decision->superseded_by == NULL)
        return;
    g_autofree char *file = file_meant(decided->note);
    for (size_t i = 0; i < model->decision_count; i++)
        if (&model->decisions[i] != decided && g_str_equal(model->decisions[i].note->file, file))
            decided->successor = &model->decisions[i];
}

static void
keep_groups(struct model *model, GHashTable *groups)
{
    GHashTableIter iter;
    gpointer object = NULL;
    gpointer group = NULL;
    for (g_hash_table_iter_init(&iter, groups); g_hash_table_iter_next(&iter, &object, &group);) {
        struct decisions *list = arena_alloc(model->arena, sizeof *list);
        list->count = ((const GPtrArray *)group)->len;
        list->items = group_keep(model->arena, group);
        g_hash_table_insert(model->decided, object, list);
    }
}

/* What has neither a page nor a place on one is told with its root, or its schema. */
static const struct object *
told_with(const struct model *model, const struct object *object)
{
    const struct table *table = object_table(object);
    if (table != NULL && table_is_partition(table))
        return &table_root(table)->object;
    if (object->kind != &kind_sequence)
        return object;
    const char *names[] = {object_schema(object)};
    g_autofree char *schema = address_path(names, G_N_ELEMENTS(names), NULL);
    return database_find(model->database, "schema", schema);
}

static void
group_decision(const struct model *model, GHashTable *groups, const struct decided *decided)
{
    g_autoptr(GPtrArray) told = g_ptr_array_new();
    for (size_t i = 0; i < decided->object_count; i++) {
        const struct object *object = told_with(model, decided->objects[i]);
        if (object == NULL || g_ptr_array_find(told, object, NULL))
            continue;
        g_ptr_array_add(told, group_key(object));
        group_add(groups, object, decided);
    }
}

void
decisions_fill(struct model *model)
{
    collect(model);
    g_autoptr(GHashTable) groups = groups_new();
    for (size_t i = 0; i < model->decision_count; i++) {
        find_objects(model, &model->decisions[i]);
        find_successor(model, &model->decisions[i]);
        group_decision(model, groups, &model->decisions[i]);
    }
    keep_groups(model, groups);
}

const struct decisions *
model_decisions(const struct model *model, const void *object)
{
    static const struct decisions none;
    const struct decisions *decisions = g_hash_table_lookup(model->decided, object);
    return decisions != NULL ? decisions : &none;
}
