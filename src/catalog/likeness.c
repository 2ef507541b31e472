/* likeness.c - a copy of a schema under a name that none has, then digests of its facts. */
#include "catalog/likeness.h"

#include "catalog/alike.h"
#include "catalog/compare.h"
#include "catalog/placing.h"

#include <string.h>

#define NOWHERE "\x01" /* no schema is called so */

static void
likeness_free(void *data)
{
    struct likeness *likeness = data;
    g_ptr_array_unref(likeness->objects);
    g_clear_pointer(&likeness->digests, g_hash_table_unref);
    g_clear_pointer(&likeness->known, g_hash_table_unref);
    g_clear_pointer(&likeness->tables, g_hash_table_unref);
    g_free(likeness->outline);
    g_free(likeness->structure);
    g_free(likeness);
}

/* With its end: texts one after another must not read like others. */
static void
add(GChecksum *checksum, const char *text)
{
    g_checksum_update(checksum, (const guchar *)(text != NULL ? "+" : "-"), 1);
    if (text != NULL)
        g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text) + 1);
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char *
digest_of_set(GPtrArray *texts)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_ptr_array_sort(texts, compare_texts);
    for (guint i = 0; i < texts->len; i++)
        add(checksum, texts->pdata[i]);
    return g_strdup(g_checksum_get_string(checksum));
}

/* ---- what lies in which schema ---- */

static void
put(GHashTable *by_schema, const struct object *object)
{
    const char *schema = object_schema(object);
    if (schema == NULL)
        return;
    struct likeness *likeness = g_hash_table_lookup(by_schema, schema);
    if (likeness == NULL) {
        likeness = g_new0(struct likeness, 1);
        likeness->schema = schema;
        likeness->objects = g_ptr_array_new();
        g_hash_table_insert(by_schema, (gpointer)(guintptr)schema, likeness);
    }
    g_ptr_array_add(likeness->objects, (gpointer)(guintptr)object);
}

static bool
has_table(const struct likeness *likeness)
{
    for (guint i = 0; i < likeness->objects->len; i++)
        if (((const struct object *)likeness->objects->pdata[i])->kind == &kind_table)
            return true;
    return false;
}

static void
take_outline(struct likeness *likeness)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < likeness->objects->len; i++) {
        const struct object *object = likeness->objects->pdata[i];
        const char *name = object->kind->rule == PATH_NAME ? "" : object_name(object);
        g_ptr_array_add(names, g_strconcat(object->kind->name, " ", name, NULL));
    }
    likeness->outline = digest_of_set(names);
}

static int
compare_schemas(gconstpointer a, gconstpointer b)
{
    const struct likeness *const *one = a;
    const struct likeness *const *other = b;
    return strcmp((*one)->schema, (*other)->schema);
}

GPtrArray *
likenesses_of(const struct catalog *catalog)
{
    g_autoptr(GHashTable) by_schema = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < kind_catalog.field_count; i++) {
        const struct field *field = &kind_catalog.fields[i];
        const struct list *list = field->type == LIST ? field_list(field, catalog) : NULL;
        for (size_t j = 0; list != NULL && j < list->count; j++)
            put(by_schema, list_item(list, field->child, j));
    }
    GPtrArray *likenesses = g_ptr_array_new_with_free_func(likeness_free);
    GHashTableIter iter;
    gpointer value = NULL;
    for (g_hash_table_iter_init(&iter, by_schema); g_hash_table_iter_next(&iter, NULL, &value);) {
        if (has_table(value)) {
            take_outline(value);
            g_ptr_array_add(likenesses, value);
        } else {
            likeness_free(value);
        }
    }
    g_ptr_array_sort(likenesses, compare_schemas);
    return likenesses;
}

bool
likenesses_may_be_alike(const GPtrArray *likenesses)
{
    g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < likenesses->len; i++) {
        char *outline = ((const struct likeness *)likenesses->pdata[i])->outline;
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, outline)) + 1;
        g_hash_table_insert(counts, outline, GUINT_TO_POINTER(count));
        if (count >= ALIKE_LEAST)
            return true;
    }
    return false;
}

/* ---- digests ---- */

/* The comment on a schema says which it is among those alike; a position may have gaps before it,
 * and siblings stand in its order. */
static bool
counts(const struct field *field, const struct object *object)
{
    if (object->kind == &kind_schema && g_str_equal(field->name, "comment"))
        return false;
    return (field->flags & (SHAPE | KEY)) != 0;
}

static void add_object(GChecksum *checksum, const struct object *object);

static void
add_fact(GChecksum *checksum, const struct field *field, const struct object *object)
{
    g_autofree char *text = NULL;
    if (field->type == LIST) {
        const struct list *list = field_list(field, object);
        for (size_t i = 0; i < list->count; i++)
            add_object(checksum, list_item(list, field->child, i));
    } else if (field->type == NAMES) {
        const struct names *names = field_names(field, object);
        for (size_t i = 0; i < names->count; i++)
            add(checksum, names->items[i]);
    } else {
        text = field->type == SQL ? sql_fold(field_text(field, object))
                                  : field_display(field, object);
        add(checksum, text);
    }
    add(checksum, NULL);
}

static void
add_object(GChecksum *checksum, const struct object *object)
{
    add(checksum, object->kind->name);
    for (size_t i = 0; i < object->kind->field_count; i++)
        if (counts(&object->kind->fields[i], object))
            add_fact(checksum, &object->kind->fields[i], object);
}

static char *
digest_of(const struct object *object)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    add_object(checksum, object);
    return g_strdup(g_checksum_get_string(checksum));
}

static char *
digest_of_columns(const struct table *table)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    add(checksum, table->name);
    for (size_t i = 0; i < table->columns.count; i++) {
        add(checksum, table->columns.items[i].name);
        add(checksum, table->columns.items[i].type);
    }
    return g_strdup(g_checksum_get_string(checksum));
}

static GHashTable *
set_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void
likeness_take(struct likeness *likeness)
{
    const struct placing placing = {arena_new(), likeness->schema, NOWHERE};
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    likeness->digests = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    likeness->known = set_new();
    likeness->tables = set_new();
    for (guint i = 0; i < likeness->objects->len; i++) {
        const struct object *object = likeness->objects->pdata[i];
        void *copy = arena_alloc(placing.arena, object->kind->size);
        placing_copy(&placing, object, copy);
        char *digest = digest_of(copy);
        g_hash_table_insert(likeness->digests, (gpointer)(guintptr)object, digest);
        g_hash_table_add(likeness->known, g_strdup(digest));
        g_ptr_array_add(all, digest);
        if (object->kind == &kind_table)
            g_hash_table_add(likeness->tables, digest_of_columns(copy));
    }
    likeness->structure = digest_of_set(all);
    arena_free(placing.arena);
}

char *
likeness_of_object(const char *schema, const struct object *object)
{
    const struct placing placing = {arena_new(), schema, NOWHERE};
    void *copy = arena_alloc(placing.arena, object->kind->size);
    placing_copy(&placing, object, copy);
    char *digest = digest_of(copy);
    arena_free(placing.arena);
    return digest;
}

bool
likeness_is_near(const struct likeness *likeness, const struct likeness *other)
{
    guint same = 0;
    GHashTableIter iter;
    gpointer table = NULL;
    for (g_hash_table_iter_init(&iter, likeness->tables);
         g_hash_table_iter_next(&iter, &table, NULL);)
        same += g_hash_table_contains(other->tables, table) ? 1 : 0;
    return 2 * same >= MAX(g_hash_table_size(likeness->tables), g_hash_table_size(other->tables));
}
