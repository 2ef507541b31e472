/* compare.c - walks two catalogs side by side by the field tables. */
#include "catalog/compare.h"

#include "base/text.h"
#include "catalog/acl.h"
#include "catalog/known.h"

#include <inttypes.h>
#include <string.h>

static char *
join_names(const struct names *names, const char *joint)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < names->count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? joint : "", names->items[i]);
    return g_string_free(text, FALSE);
}

static char *
join_refs(const struct refs *refs)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < refs->count; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", refs->items[i].path);
    return g_string_free(text, FALSE);
}

static const char *const truth_words[] = {[UNKNOWN] = NULL, [NO] = "no", [YES] = "yes"};

char *
field_display(const struct field *field, const void *object)
{
    switch (field->type) {
    case TEXT:
    case SQL:
        return g_strdup(field_text(field, object));
    case BOOL:
        return g_strdup(truth_words[field_truth(field, object)]);
    case NUMBER:
        if (field_number(field, object) == NUMBER_UNKNOWN)
            return NULL;
        return g_strdup_printf("%" PRId64, field_number(field, object));
    case ENUM:
        return g_strdup(field_word(field, object));
    case NAMES:
        if (field_names(field, object)->count == 0)
            return NULL;
        /* A grant has commas of its own. */
        return join_names(field_names(field, object), (field->flags & ACCESS) != 0 ? "; " : ", ");
    case REF:
        return g_strdup(field_ref(field, object)->path);
    case REFS:
        return field_refs(field, object)->count == 0 ? NULL : join_refs(field_refs(field, object));
    case LIST:
        break;
    }
    g_assert_not_reached();
}

/* Absent means "not known" where the type has a value for "none". */
static bool
absent_is_unknown(const struct field *field)
{
    return field->type == BOOL || field->type == NUMBER || field->type == ENUM ||
           (field->flags & STORED) != 0;
}

static bool
facts_are_equal(const struct field *field, const char *old_text, const char *new_text)
{
    if (absent_is_unknown(field) && (old_text == NULL || new_text == NULL))
        return true;
    if (field->type != SQL || text_equal(old_text, new_text))
        return text_equal(old_text, new_text);
    g_autofree char *old_folded = sql_fold(old_text);
    g_autofree char *new_folded = sql_fold(new_text);
    return text_equal(old_folded, new_folded);
}

const struct object *
change_object(const struct change *change)
{
    return change->after != NULL ? change->after : change->before;
}

const struct object *
change_origin(const struct change *change)
{
    return change->before != NULL ? change->before : change->after;
}

void
change_free(void *data)
{
    struct change *change = data;
    if (change == NULL)
        return;
    g_free(change->old_text);
    g_free(change->new_text);
    g_free(change->words);
    g_free(change);
}

static struct change *
change_add(GPtrArray *changes, enum change_kind kind, const struct object *before,
           const struct object *after)
{
    struct change *change = g_new0(struct change, 1);
    change->kind = kind;
    change->before = before;
    change->after = after;
    g_ptr_array_add(changes, change);
    return change;
}

static const struct catalog *
catalog_of(const struct object *object)
{
    while (object->parent != NULL)
        object = object->parent;
    return object->kind == &kind_catalog ? (const struct catalog *)(const void *)object : NULL;
}

/* Owners and grants of a dump, of migrations and of a server are no claims about each other: dumps
 * leave them out on request, and much is granted by hand. What roles are is known of a server only.
 */
static bool
access_is_comparable(const struct field *field, const struct object *before,
                     const struct object *after)
{
    const struct catalog *one = catalog_of(before);
    const struct catalog *other = catalog_of(after);
    if (one == NULL || other == NULL || one->access != other->access)
        return false;
    return field->child == &kind_role ? one->access == ACCESS_OF_SERVER
                                      : one->access != access_source_UNKNOWN;
}

/* The same structure is often installed by another role elsewhere. */
static bool
both_belong_to_owner_of_database(const struct field *field, const struct object *before,
                                 const struct object *after)
{
    if (field->type != TEXT)
        return false;
    const char *one = catalog_of(before)->owner;
    const char *other = catalog_of(after)->owner;
    return one != NULL && other != NULL && text_equal(field_text(field, before), one) &&
           text_equal(field_text(field, after), other);
}

static bool
is_compared(const struct field *field, const struct object *before, const struct object *after)
{
    if ((field->flags & SHAPE) == 0)
        return false;
    if (!fact_is_known(before, field) || !fact_is_known(after, field))
        return false;
    return (field->flags & ACCESS) == 0 ||
           (access_is_comparable(field, before, after) &&
            !both_belong_to_owner_of_database(field, before, after));
}

static void
compare_fact(GPtrArray *changes, const struct field *field, const struct object *before,
             const struct object *after)
{
    g_autofree char *old_text = field_display(field, before);
    g_autofree char *new_text = field_display(field, after);
    if (facts_are_equal(field, old_text, new_text))
        return;
    struct change *change = change_add(changes, CHANGE_CHANGED, before, after);
    change->field = field;
    change->old_text = g_steal_pointer(&old_text);
    change->new_text = g_steal_pointer(&new_text);
    if ((field->flags & ACCESS) != 0 && field->type == NAMES)
        change->words = acl_difference(after->kind, catalog_of(after)->postgresql,
                                       field_names(field, before), field_names(field, after));
}

/* What tells an object from those beside it: objects within one have names of their own there, but
 * for those that lie in any schema. */
static const char *
identity_of(const struct object *object)
{
    bool within = object->parent != NULL && object->parent->kind != &kind_catalog &&
                  object->kind->rule != PATH_SCHEMA;
    return within ? object_name(object) : object->path;
}

static GHashTable *
by_identity(const struct list *list, const struct kind *kind)
{
    GHashTable *objects = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < list->count; i++) {
        const struct object *object = list_item(list, kind, i);
        g_hash_table_insert(objects, (gpointer)(guintptr)identity_of(object),
                            (gpointer)(guintptr)object);
    }
    return objects;
}

static bool
has_order(const struct kind *kind)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if ((kind->fields[i].flags & (ORDER | KEY)) == ORDER)
            return true;
    return false;
}

/* The names of those items that the other side has too, in this side's order. */
static char *
common_order(const struct list *list, const struct kind *kind, GHashTable *other)
{
    GString *names = g_string_new(NULL);
    for (size_t i = 0; i < list->count; i++) {
        const struct object *object = list_item(list, kind, i);
        if (g_hash_table_contains(other, identity_of(object)))
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", object_name(object));
    }
    return g_string_free(names, FALSE);
}

static void compare_objects(GPtrArray *changes, const struct object *before,
                            const struct object *after);

/* Most lists have not changed: then each item stands beside its own. */
static bool
compare_side_by_side(GPtrArray *changes, const struct field *field, const struct list *old_list,
                     const struct list *new_list)
{
    if (old_list->count != new_list->count)
        return false;
    for (size_t i = 0; i < old_list->count; i++)
        if (!g_str_equal(identity_of(list_item(old_list, field->child, i)),
                         identity_of(list_item(new_list, field->child, i))))
            return false;
    for (size_t i = 0; i < old_list->count; i++)
        compare_objects(changes, list_item(old_list, field->child, i),
                        list_item(new_list, field->child, i));
    return true;
}

static void
compare_lists(GPtrArray *changes, const struct field *field, const struct object *before,
              const struct object *after)
{
    const struct list *old_list = field_list(field, before);
    const struct list *new_list = field_list(field, after);
    if (compare_side_by_side(changes, field, old_list, new_list))
        return;
    g_autoptr(GHashTable) old_objects = by_identity(old_list, field->child);
    g_autoptr(GHashTable) new_objects = by_identity(new_list, field->child);
    for (size_t i = 0; i < old_list->count; i++) {
        const struct object *object = list_item(old_list, field->child, i);
        const struct object *match = g_hash_table_lookup(new_objects, identity_of(object));
        if (match == NULL)
            change_add(changes, CHANGE_REMOVED, object, NULL);
        else
            compare_objects(changes, object, match);
    }
    for (size_t i = 0; i < new_list->count; i++) {
        const struct object *object = list_item(new_list, field->child, i);
        if (!g_hash_table_contains(old_objects, identity_of(object)))
            change_add(changes, CHANGE_ADDED, NULL, object);
    }
    if (!has_order(field->child))
        return;
    g_autofree char *old_order = common_order(old_list, field->child, new_objects);
    g_autofree char *new_order = common_order(new_list, field->child, old_objects);
    if (g_str_equal(old_order, new_order))
        return;
    struct change *change = change_add(changes, CHANGE_MOVED, before, after);
    change->field = field;
    change->old_text = g_steal_pointer(&old_order);
    change->new_text = g_steal_pointer(&new_order);
}

static void
compare_objects(GPtrArray *changes, const struct object *before, const struct object *after)
{
    const struct kind *kind = before->kind;
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        if (!is_compared(field, before, after))
            continue;
        if (field->type == LIST)
            compare_lists(changes, field, before, after);
        else
            compare_fact(changes, field, before, after);
    }
}

GPtrArray *
objects_compare(const struct object *before, const struct object *after)
{
    GPtrArray *changes = g_ptr_array_new_with_free_func(change_free);
    compare_objects(changes, before, after);
    return changes;
}

GPtrArray *
catalog_compare(const struct catalog *before, const struct catalog *after)
{
    return objects_compare(&before->object, &after->object);
}
