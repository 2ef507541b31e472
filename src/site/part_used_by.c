/* part_used_by.c - who needs an object: the section "Used by", and below a column what stands in
 * the way of dropping it. */
#include "site/parts.h"

#include "catalog/dependants.h"
#include "catalog/shown.h"
#include "site/words.h"

/* Somebody who needs the object of the page, and of its columns those that are needed. */
struct user {
    const struct object *object;
    enum dependence dependence;
    GString *columns; /* "title, slug" */
};

static void
user_free(void *data)
{
    struct user *user = data;
    g_string_free(user->columns, TRUE);
    g_free(user);
}

/* Copies that the server makes for partitions. */
static bool
is_copy(const struct object *object)
{
    const struct field *field = kind_field(object->kind, "inherited");
    return field != NULL && field_truth(field, object) == YES;
}

/* What another section of the page tells: what belongs to the object, foreign keys, partitions. */
static bool
is_told_elsewhere(const struct object *user, const struct object *object, const struct kind *told)
{
    return user->kind == told || user->kind == &kind_constraint || user->kind == &kind_sequence ||
           user->parent == object || is_copy(user) ||
           (user->kind == &kind_table && table_is_partition((const struct table *)user));
}

static struct user *
user_of(GPtrArray *users, GHashTable *known, const struct dependant *dependant)
{
    struct user *user = g_hash_table_lookup(known, dependant->object);
    if (user == NULL) {
        user = g_new0(struct user, 1);
        user->object = dependant->object;
        user->dependence = dependant->dependence;
        user->columns = g_string_new(NULL);
        g_ptr_array_add(users, user);
        g_hash_table_insert(known, (gpointer)(guintptr)user->object, user);
    }
    if (dependant->dependence == DEPENDS)
        user->dependence = DEPENDS;
    return user;
}

/* Those of a table or view: what uses its columns uses it. */
static void
add_column_users(const struct sheet *sheet, GPtrArray *users, GHashTable *known,
                 const struct column_list *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        g_autoptr(GArray)
            found = dependants_find(sheet->site->model->dependants, &columns->items[i].object);
        for (guint j = 0; j < found->len; j++) {
            const struct dependant *dependant = &g_array_index(found, struct dependant, j);
            if (is_told_elsewhere(dependant->object, sheet->page->object, NULL))
                continue;
            struct user *user = user_of(users, known, dependant);
            if (user->columns->len > 0)
                g_string_append(user->columns, ", ");
            g_autofree char *name = shown_name(columns->items[i].name);
            g_string_append(user->columns, name);
        }
    }
}

static GPtrArray *
find_users(const struct sheet *sheet, const struct kind *told, const struct column_list *columns)
{
    GPtrArray *users = g_ptr_array_new_with_free_func(user_free);
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    const struct object *object = sheet->page->object;
    g_autoptr(GArray) found = dependants_find(sheet->site->model->dependants, object);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        if (!is_told_elsewhere(dependant->object, object, told))
            user_of(users, known, dependant);
    }
    if (columns != NULL)
        add_column_users(sheet, users, known, columns);
    return users;
}

static const struct column_list *
columns_of(const struct object *object)
{
    if (object->kind == &kind_table)
        return &((const struct table *)object)->columns;
    return object->kind == &kind_view ? &((const struct view *)object)->columns : NULL;
}

void
part_used_by(struct sheet *sheet, const struct kind *told)
{
    static const char *const heads[] = {"Object", "What it is for", "Columns", NULL};
    if (sheet->page->part > 0)
        return;
    const struct column_list *columns = columns_of(sheet->page->object);
    g_autoptr(GPtrArray) users = find_users(sheet, told, columns);
    if (users->len == 0)
        return;
    xmlNode *section = sheet_section(sheet, "used-by", "Used by", users->len);
    xmlNode *list = part_list(section, heads);
    for (guint i = 0; i < users->len; i++) {
        const struct user *user = users->pdata[i];
        xmlNode *item = part_item(sheet, list, user->object, BY_PATH);
        sheet_badge(item, "", user->object->kind->word);
        if (user->dependence == MENTIONS)
            sheet_badge(item, "warn", "named in its text, not proved");
        part_value(item, user->columns->str);
    }
}

/* ---- what DROP COLUMN would meet ---- */

enum fate { STOPS, GOES, NAMED, FATES };

static const char *const fate_words[FATES] = {
    [STOPS] = "DROP COLUMN is refused because of",
    [GOES] = "DROP COLUMN takes along",
    [NAMED] = "Its name is in texts that PostgreSQL does not check, of",
};

static enum fate
fate_of(const struct dependant *dependant, const struct column *column)
{
    if (dependant->dependence == MENTIONS)
        return NAMED;
    return dependant_stops_drop(dependant->object, column) ? STOPS : GOES;
}

static void
add_fate(const struct sheet *sheet, xmlNode *drop, enum fate fate, const GArray *found,
         const struct column *column)
{
    xmlNode *group = tree_element(drop, "fate");
    tree_attribute(group, "words", fate_words[fate]);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        if (fate_of(dependant, column) != fate || is_copy(dependant->object))
            continue;
        xmlNode *user = sheet_object(sheet, group, "user", dependant->object, BY_PATH);
        tree_attribute(user, "word", dependant->object->kind->word);
    }
}

void
part_drop(const struct sheet *sheet, xmlNode *node, const struct column *column)
{
    g_autoptr(GArray) found = dependants_find(sheet->site->model->dependants, &column->object);
    size_t counts[FATES] = {0};
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        counts[fate_of(dependant, column)] += !is_copy(dependant->object);
    }
    size_t count = counts[STOPS] + counts[GOES] + counts[NAMED];
    if (count == 0)
        return;
    xmlNode *drop = tree_element(node, "drop");
    tree_number(drop, "count", (int64_t)count);
    for (enum fate fate = 0; fate < FATES; fate++)
        if (counts[fate] > 0)
            add_fate(sheet, drop, fate, found, column);
}
