/* alike_changes.c - the same difference in several schemas is told once. */
#include "catalog/alike.h"

#include "base/text.h"
#include "catalog/compare.h"
#include "catalog/likeness.h"
#include "catalog/placing.h"

#include <string.h>

#define NOWHERE "\x01" /* no schema is called so */

enum { NAMED_MOST = 5 };

static void
put_text(GString *sign, const struct placing *placing, const char *text)
{
    g_autofree char *placed = text == NULL ? NULL : placing_path(placing, text);
    g_string_append_printf(sign, "%c%s%c", placed == NULL ? '-' : '+', placed, '\0');
}

/* All that is told of a change, but for the name of its schema. Free with g_free. */
static char *
sign_of(const struct change *change, const char *schema)
{
    const struct placing placing = {NULL, schema, NOWHERE};
    const struct object *object = change_object(change);
    bool whole = change->before == NULL || change->after == NULL;
    g_autofree char *digest = whole ? likeness_of_object(schema, object) : NULL;
    g_autoptr(GString) sign = g_string_new(NULL);
    const char *const texts[] = {object->kind->name,
                                 object->kind == &kind_schema ? NULL : object->path,
                                 change->field == NULL ? NULL : change->field->name,
                                 change->old_text,
                                 change->new_text,
                                 change->words,
                                 digest};
    g_string_append_printf(sign, "%d ", (int)change->kind);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        put_text(sign, &placing, texts[i]);
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)sign->str, sign->len);
}

/* The same change: where it is told, and the names of its schemas. */
struct told {
    struct change *first;
    GPtrArray *schemas;
    const char *like;
};

static void
told_free(void *data)
{
    struct told *told = data;
    g_ptr_array_unref(told->schemas);
    g_free(told);
}

/* What is said in several schemas, and which of them says what. */
struct joining {
    const struct database *after;
    GHashTable *all;     /* sign → struct told */
    GPtrArray *of_which; /* struct told, for each change; NULL: it is in no schema */
};

static void
note_schemas(const struct joining *joining, struct told *told, const char *schema)
{
    const struct variant *variant = NULL;
    const struct alike *alike = alike_of_schema(joining->after, schema, &variant);
    if (alike == NULL) {
        g_ptr_array_add(told->schemas, (gpointer)(guintptr)schema);
        return;
    }
    told->like = told->like != NULL ? told->like : alike->like;
    for (size_t i = 0; i < alike->schemas.count; i++)
        g_ptr_array_add(told->schemas, (gpointer)(guintptr)alike->schemas.items[i]);
}

static void
note(const struct joining *joining, struct change *change)
{
    const char *schema = object_schema(change_object(change));
    g_autofree char *sign = schema == NULL ? NULL : sign_of(change, schema);
    struct told *told = sign == NULL ? NULL : g_hash_table_lookup(joining->all, sign);
    if (sign != NULL && told == NULL) {
        told = g_new0(struct told, 1);
        *told = (struct told){change, g_ptr_array_new(), NULL};
        g_hash_table_insert(joining->all, g_steal_pointer(&sign), told);
    }
    if (told != NULL)
        note_schemas(joining, told, schema);
    g_ptr_array_add(joining->of_which, told);
}

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
tell(const struct told *told, const struct database *after)
{
    if (told->schemas->len < ALIKE_LEAST && told->like == NULL)
        return;
    struct alike *alike = arena_alloc(after->arena, sizeof *alike);
    g_ptr_array_sort(told->schemas, compare_names);
    *alike = (struct alike){.schema = object_schema(change_object(told->first)),
                            .schemas = names_keep(after->arena, told->schemas),
                            .like = told->like};
    told->first->alike = alike;
}

/* What is told elsewhere goes. */
static void
join(const struct joining *joining, GPtrArray *changes)
{
    GHashTableIter iter;
    gpointer told = NULL;
    for (g_hash_table_iter_init(&iter, joining->all); g_hash_table_iter_next(&iter, NULL, &told);)
        tell(told, joining->after);
    for (guint i = changes->len; i-- > 0;) {
        const struct told *which = joining->of_which->pdata[i];
        if (which != NULL && which->first != changes->pdata[i] &&
            which->schemas->len >= ALIKE_LEAST)
            g_ptr_array_remove_index(changes, i);
    }
}

/* Most changes are in few schemas. */
static bool
may_be_the_same(const GPtrArray *changes, const struct database *after)
{
    g_autoptr(GHashTable) schemas = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < changes->len; i++) {
        const char *schema = object_schema(change_object(changes->pdata[i]));
        if (schema != NULL)
            g_hash_table_add(schemas, (gpointer)(guintptr)schema);
    }
    return after->alikes.count > 0 || g_hash_table_size(schemas) >= ALIKE_LEAST;
}

void
changes_join_schemas(GPtrArray *changes, const struct database *after)
{
    if (!may_be_the_same(changes, after))
        return;
    struct joining joining = {
        .after = after,
        .all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, told_free),
        .of_which = g_ptr_array_new(),
    };
    for (guint i = 0; i < changes->len; i++)
        note(&joining, changes->pdata[i]);
    join(&joining, changes);
    g_ptr_array_unref(joining.of_which);
    g_hash_table_unref(joining.all);
}

bool
alike_is_same(const struct alike *one, const struct alike *other)
{
    return one == other || (one != NULL && other != NULL && text_equal(one->like, other->like) &&
                            names_equal(&one->schemas, &other->schemas));
}

char *
alike_words(const struct alike *alike)
{
    if (alike == NULL)
        return NULL;
    GString *text = g_string_new(NULL);
    size_t count = alike->schemas.count;
    if (count > 1)
        g_string_append_printf(text, "in %zu schemas: ", count);
    for (size_t i = 0; count > 1 && i < MIN(count, NAMED_MOST); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", alike->schemas.items[i]);
    if (count > NAMED_MOST)
        g_string_append_printf(text, " and %zu more", count - NAMED_MOST);
    if (alike->like != NULL)
        g_string_append_printf(text, "%sof the structure of %s", count > 1 ? "; " : "",
                               alike->like);
    return g_string_free(text, FALSE);
}
