/* left_out.c - what one catalog has, held against what the other tells. */
#include "catalog/left_out.h"

#include "catalog/compare.h"
#include "catalog/known.h"

struct search {
    const struct catalog *other;
    GPtrArray *facts;
};

static bool
is_there(const struct field *field, const struct object *object)
{
    if (field->type == LIST)
        return field_list(field, object)->count > 0;
    g_autofree char *text = field_display(field, object);
    return text != NULL;
}

static char *
words_of(const struct field *field, const struct kind *kind)
{
    g_autofree char *lower = g_ascii_strdown(field->title, -1);
    return kind == &kind_catalog ? g_steal_pointer(&lower)
                                 : g_strdup_printf("%s (%s)", lower, kind->word);
}

static void
look_at(const struct object *object, void *data)
{
    struct search *search = data;
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        bool compared = (field->flags & SHAPE) != 0 && (field->flags & ACCESS) == 0;
        if (!compared || catalog_tells(search->other, object->kind, field->name) ||
            !fact_is_known(object, field) || !is_there(field, object))
            continue;
        char *words = words_of(field, object->kind);
        if (g_ptr_array_find_with_equal_func(search->facts, words, g_str_equal, NULL))
            g_free(words);
        else
            g_ptr_array_add(search->facts, words);
    }
}

static void
search_one(const struct catalog *one, const struct catalog *other, GPtrArray *facts)
{
    struct search search = {other, facts};
    if (other->unknown.count > 0)
        object_walk(one, look_at, &search);
}

char *
catalog_left_out(const struct catalog *one, const struct catalog *other)
{
    g_autoptr(GPtrArray) facts = g_ptr_array_new_with_free_func(g_free);
    search_one(one, other, facts);
    search_one(other, one, facts);
    if (facts->len == 0)
        return NULL;
    g_ptr_array_add(facts, NULL);
    return g_strjoinv(", ", (char **)facts->pdata);
}
