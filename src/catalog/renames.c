/* renames.c - kind by kind, so that names of types and tables are known when columns are compared,
 * and those of columns when indexes are. */
#include "catalog/renames.h"

#include "catalog/address.h"
#include "catalog/renamed_form.h"

#include <string.h>

/* Kinds that do not wait for each other, in the order in which names become known. */
static const struct kind *const rounds[][6] = {
    {&kind_enum_type, &kind_base_type, &kind_composite_type, &kind_range_type, NULL},
    {&kind_domain, NULL},
    {&kind_table, NULL},
    {&kind_column, &kind_attribute, NULL},
    {&kind_sequence, &kind_view, NULL},
    {&kind_function, NULL},
    {&kind_constraint, &kind_index, &kind_trigger, &kind_policy, &kind_domain_constraint, NULL},
};

struct joining {
    GPtrArray *changes; /* struct change *; NULL where one was taken out */
    GPtrArray *nested;  /* beside each: GPtrArray of what else differs, or NULL */
    GHashTable *gone;   /* struct object: removed, and added ones */
    struct renamed renamed;
    const struct rename *stated;
    size_t stated_count;
};

/* The changes of one form, by their places. */
struct slot {
    guint removed_count;
    guint added_count;
    guint removed;
    guint added;
};

static bool
is_of_round(const struct object *object, const struct kind *const *kinds)
{
    for (; *kinds != NULL; kinds++)
        if (object->kind == *kinds)
            return true;
    return false;
}

/* What was removed or added, if it is of these kinds. */
static const struct object *
subject_of(const struct change *change, const struct kind *const *kinds)
{
    if (change == NULL || (change->kind != CHANGE_REMOVED && change->kind != CHANGE_ADDED))
        return NULL;
    const struct object *object = change->kind == CHANGE_REMOVED ? change->before : change->after;
    return is_of_round(object, kinds) ? object : NULL;
}

static bool
has_place(const struct object *object)
{
    return object->kind == &kind_column || object->kind == &kind_attribute;
}

/* How many of those that both sides have stand before it. */
static guint
place_of(const struct joining *joining, const struct object *object)
{
    const struct kind *parent = object->parent->kind;
    guint place = 0;
    for (size_t i = 0; i < parent->field_count; i++) {
        const struct field *field = &parent->fields[i];
        if (field->type != LIST || field->child != object->kind)
            continue;
        const struct list *list = field_list(field, object->parent);
        for (size_t j = 0; list_item(list, field->child, j) != object; j++)
            place += !g_hash_table_contains(joining->gone, list_item(list, field->child, j));
    }
    return place;
}

/* The form, the kind and the surroundings that two objects must share; NULL: it is not to be known
 * again. */
static char *
key_of(const struct joining *joining, const struct change *change, const struct object *object)
{
    bool removed = change->kind == CHANGE_REMOVED;
    g_autofree char *form = renamed_form(removed ? &joining->renamed : NULL, object);
    bool within = object->parent->kind != &kind_catalog;
    if (form == NULL)
        return NULL;
    g_autofree char *parent = !within   ? g_strdup("")
                              : removed ? renamed_path(&joining->renamed, object->parent)
                                        : g_strdup(object->parent->path);
    return g_strdup_printf("%s %u %s\n%s", object->kind->name,
                           has_place(object) ? place_of(joining, object) : 0, parent, form);
}

/* Puts a rename at the place of the removal. */
static void
join(struct joining *joining, guint removed, guint added)
{
    struct change *change = joining->changes->pdata[removed];
    struct change *other = joining->changes->pdata[added];
    change->kind = CHANGE_RENAMED;
    change->after = other->after;
    change->old_text = g_strdup(change->before->path);
    change->new_text = g_strdup(change->after->path);
    renamed_add(&joining->renamed, change->before, change->after);
    joining->nested->pdata[removed] = objects_compare(change->before, change->after);
    joining->changes->pdata[added] = NULL;
    change_free(other);
}

/* Bytes of the schema before a path that is meant, with its point; -1 when it is another one. */
static gssize
schema_before(const char *path, const char *meant)
{
    g_autofree char *tail = g_strconcat(".", meant, NULL);
    if (g_str_equal(path, meant))
        return 0;
    gssize schema = (gssize)address_first_length(path) + 1;
    return g_str_has_suffix(path, tail) && strlen(path) == (size_t)schema + strlen(meant) ? schema
                                                                                          : -1;
}

/* The path after one rename of it or of what it lies in; NULL: it is not concerned. */
static char *
follow_one(const struct rename *rename, const struct kind *kind, const char *path)
{
    bool within = kind->rule == PATH_PARENT && !g_str_equal(rename->word, kind->word);
    g_autofree char *parent = within ? address_parent(path) : NULL;
    const char *whole = parent != NULL ? parent : path;
    if (!within && !g_str_equal(rename->word, kind->word))
        return NULL;
    gssize schema = schema_before(whole, rename->before);
    return schema < 0 ? NULL
                      : g_strdup_printf("%.*s%s%s", (int)schema, path, rename->after,
                                        path + strlen(whole));
}

/* Where a path leads after all stated renames. Free with g_free. */
static char *
follow(const struct joining *joining, const struct object *object)
{
    char *path = g_strdup(object->path);
    for (size_t i = 0; i < joining->stated_count; i++) {
        char *next = follow_one(&joining->stated[i], object->kind, path);
        if (next == NULL)
            continue;
        g_free(path);
        path = next;
    }
    return path;
}

static void
join_stated(struct joining *joining, const struct kind *const *kinds)
{
    g_autoptr(GHashTable) added = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint count = joining->changes->len;
    for (guint i = 0; joining->stated_count > 0 && i < count; i++) {
        const struct change *change = joining->changes->pdata[i];
        const struct object *object = subject_of(change, kinds);
        if (object != NULL && change->kind == CHANGE_ADDED)
            g_hash_table_insert(added, g_strconcat(object->kind->name, " ", object->path, NULL),
                                GUINT_TO_POINTER(i + 1));
    }
    for (guint i = 0; joining->stated_count > 0 && i < count; i++) {
        const struct change *change = joining->changes->pdata[i];
        const struct object *object = subject_of(change, kinds);
        if (object == NULL || change->kind != CHANGE_REMOVED)
            continue;
        g_autofree char *path = follow(joining, object);
        g_autofree char *key = g_strconcat(object->kind->name, " ", path, NULL);
        guint place = GPOINTER_TO_UINT(g_hash_table_lookup(added, key));
        if (place > 0 && !g_str_equal(path, object->path) && g_hash_table_remove(added, key))
            join(joining, i, place - 1);
    }
}

static void
take_place(struct slot *slot, const struct change *change, guint place)
{
    if (change->kind == CHANGE_REMOVED) {
        slot->removed_count++;
        slot->removed = place;
    } else {
        slot->added_count++;
        slot->added = place;
    }
}

/* Whether there is something of the round to be joined at all. */
static bool
has_both(const struct joining *joining, const struct kind *const *kinds)
{
    bool has[] = {[CHANGE_ADDED] = false, [CHANGE_REMOVED] = false};
    for (guint i = 0; i < joining->changes->len; i++) {
        const struct change *change = joining->changes->pdata[i];
        if (subject_of(change, kinds) != NULL)
            has[change->kind] = true;
    }
    return has[CHANGE_ADDED] && has[CHANGE_REMOVED];
}

static void
join_alike(struct joining *joining, const struct kind *const *kinds)
{
    g_autoptr(GHashTable) slots = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < joining->changes->len; i++) {
        const struct change *change = joining->changes->pdata[i];
        const struct object *object = subject_of(change, kinds);
        char *key = object == NULL ? NULL : key_of(joining, change, object);
        if (key == NULL)
            continue;
        struct slot *slot = g_hash_table_lookup(slots, key);
        if (slot == NULL) {
            slot = g_new0(struct slot, 1);
            g_hash_table_insert(slots, g_strdup(key), slot);
            g_ptr_array_add(order, slot);
        }
        take_place(slot, change, i);
        g_free(key);
    }
    for (guint i = 0; i < order->len; i++) {
        const struct slot *slot = order->pdata[i];
        if (slot->removed_count == 1 && slot->added_count == 1)
            join(joining, slot->removed, slot->added);
    }
}

/* What differs within renamed objects takes its place behind them. */
static void
unfold(struct joining *joining)
{
    GPtrArray *changes = g_ptr_array_new();
    for (guint i = 0; i < joining->changes->len; i++) {
        GPtrArray *nested = joining->nested->pdata[i];
        if (joining->changes->pdata[i] != NULL)
            g_ptr_array_add(changes, joining->changes->pdata[i]);
        if (nested == NULL)
            continue;
        g_ptr_array_set_free_func(nested, NULL);
        g_ptr_array_extend(changes, nested, NULL, NULL);
        g_ptr_array_unref(nested);
    }
    g_ptr_array_unref(joining->changes);
    joining->changes = changes;
    g_ptr_array_set_size(joining->nested, 0);
    g_ptr_array_set_size(joining->nested, (gint)changes->len);
}

static void
note_gone(struct joining *joining)
{
    for (guint i = 0; i < joining->changes->len; i++) {
        const struct change *change = joining->changes->pdata[i];
        if (change->kind == CHANGE_REMOVED)
            g_hash_table_add(joining->gone, (gpointer)(guintptr)change->before);
        else if (change->kind == CHANGE_ADDED)
            g_hash_table_add(joining->gone, (gpointer)(guintptr)change->after);
    }
}

static void
run_round(struct joining *joining, const struct kind *const *kinds)
{
    if (!has_both(joining, kinds))
        return;
    note_gone(joining);
    join_stated(joining, kinds);
    join_alike(joining, kinds);
    unfold(joining);
}

/* The only place at which the lists differ, where each has what the other lacks; the count for
 * none. */
static size_t
find_replaced(const struct names *before, const struct names *after)
{
    size_t found = before->count;
    if (before->count != after->count)
        return found;
    for (size_t i = 0; i < before->count; i++) {
        if (g_str_equal(before->items[i], after->items[i]))
            continue;
        if (found < before->count)
            return before->count;
        found = i;
    }
    for (size_t i = 0; found < before->count && i < before->count; i++)
        if (g_str_equal(before->items[i], after->items[found]) ||
            g_str_equal(after->items[i], before->items[found]))
            return before->count;
    return found;
}

static void
rename_label(struct change *change)
{
    if (change->kind != CHANGE_CHANGED || change->before->kind != &kind_enum_type ||
        change->field->type != NAMES)
        return;
    const struct names *before = field_names(change->field, change->before);
    const struct names *after = field_names(change->field, change->after);
    size_t place = find_replaced(before, after);
    if (place == before->count)
        return;
    change->kind = CHANGE_RENAMED;
    g_free(change->old_text);
    g_free(change->new_text);
    change->old_text = g_strdup(before->items[place]);
    change->new_text = g_strdup(after->items[place]);
}

static bool
is_explained(const struct joining *joining, const struct change *change)
{
    return change->kind == CHANGE_CHANGED && g_hash_table_size(joining->renamed.objects) > 0 &&
           renamed_explains(&joining->renamed, change->field, change->before, change->after);
}

static void
finish(const struct joining *joining, GPtrArray *changes)
{
    for (guint i = 0; i < joining->changes->len; i++) {
        struct change *change = joining->changes->pdata[i];
        rename_label(change);
        if (is_explained(joining, change))
            change_free(change);
        else
            g_ptr_array_add(changes, change);
    }
}

void
changes_join_renames(GPtrArray *changes, const struct rename *stated, size_t count)
{
    struct joining joining = {
        .changes = g_ptr_array_new(),
        .nested = g_ptr_array_new(),
        .gone = g_hash_table_new(NULL, NULL),
        .stated = stated,
        .stated_count = count,
    };
    gsize length = 0;
    g_autofree void **all = g_ptr_array_steal(changes, &length);
    for (gsize i = 0; i < length; i++)
        g_ptr_array_add(joining.changes, all[i]);
    g_ptr_array_set_size(joining.nested, (gint)length);
    renamed_begin(&joining.renamed);
    for (size_t i = 0; i < G_N_ELEMENTS(rounds); i++)
        run_round(&joining, rounds[i]);
    finish(&joining, changes);
    renamed_end(&joining.renamed);
    g_ptr_array_unref(joining.changes);
    g_ptr_array_unref(joining.nested);
    g_hash_table_unref(joining.gone);
}

GHashTable *
changes_find_renamed(const GPtrArray *changes)
{
    GHashTable *renamed = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        if (change->kind == CHANGE_RENAMED && change->field == NULL)
            g_hash_table_insert(renamed, (gpointer)(guintptr)change->after,
                                (gpointer)(guintptr)change->before);
    }
    return renamed;
}
