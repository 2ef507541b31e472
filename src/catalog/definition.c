/* definition.c - from the field tables, so that a new fact needs nothing here. */
#include "catalog/definition.h"

#include "base/text.h"
#include "catalog/compare.h"

#include <string.h>

static bool
says_nothing(const char *text)
{
    static const char *const usual[] = {"", "no", "none", "ordinary", "default", NULL};
    return text == NULL || g_strv_contains(usual, text);
}

/* "Type: text" on a line, or "type text" within one. */
static void
append_fact(GString *text, const struct field *field, const void *object, const char *joint)
{
    bool left_out = (field->flags & SHAPE) == 0 || (field->flags & KEY) != 0 ||
                    (field->flags & ACCESS) != 0 || field->type == LIST ||
                    g_str_equal(field->name, "comment");
    if (left_out)
        return;
    g_autofree char *value = field_display(field, object);
    if (!says_nothing(value))
        g_string_append_printf(text, "%s%s: %s", text->len > 0 ? joint : "", field->title, value);
}

static void
append_facts(GString *text, const struct object *object, const char *joint)
{
    const struct field *definition = kind_field(object->kind, "definition");
    if (definition != NULL) {
        const char *value = field_text(definition, object);
        g_string_append_printf(text, "%s%s", text->len > 0 ? joint : "",
                               value != NULL ? value : "");
        return;
    }
    for (size_t i = 0; i < object->kind->field_count; i++)
        append_fact(text, &object->kind->fields[i], object, joint);
}

/* Parts that say what the whole is; indexes, triggers and policies have notes of their own. */
static bool
belongs(const struct kind *kind)
{
    return kind == &kind_column || kind == &kind_constraint || kind == &kind_domain_constraint ||
           kind == &kind_attribute;
}

static void
append_parts(GString *text, const struct object *object, const struct field *field)
{
    if (field->type != LIST || !belongs(field->child))
        return;
    const struct list *list = field_list(field, object);
    for (size_t i = 0; i < list->count; i++) {
        const struct object *part = list_item(list, field->child, i);
        g_autoptr(GString) facts = g_string_new(NULL);
        append_facts(facts, part, ", ");
        g_string_append_printf(text, "%s%s %s: %s", text->len > 0 ? "\n" : "", part->kind->title,
                               object_name(part), facts->str);
    }
}

char *
object_definition(const void *object)
{
    const struct object *base = object;
    GString *text = g_string_new(NULL);
    if (base->kind == &kind_catalog || base->kind == &kind_schema || base->kind == &kind_extension)
        return g_string_free(text, FALSE);
    append_facts(text, base, "\n");
    bool whole = kind_field(base->kind, "definition") != NULL;
    for (size_t i = 0; !whole && i < base->kind->field_count; i++)
        append_parts(text, base, &base->kind->fields[i]);
    return g_string_free(text, FALSE);
}

bool
definitions_equal(const char *a, const char *b)
{
    g_autofree char *one = sql_fold(a);
    g_autofree char *other = sql_fold(b);
    return text_equal(one, other);
}
