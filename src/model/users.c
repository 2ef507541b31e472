/* users.c - dependants of an object, and those of its columns, each once. */
#include "model/users.h"

static void
user_free(void *data)
{
    struct user *user = data;
    g_ptr_array_unref(user->columns);
    g_free(user);
}

bool
object_is_copy(const struct object *object)
{
    const struct field *field = kind_field(object->kind, "inherited");
    return field != NULL && field_truth(field, object) == YES;
}

static bool
is_left_out(const struct object *user, const struct object *object)
{
    return user->kind == &kind_constraint || user->kind == &kind_sequence ||
           user->kind == &kind_history || user->parent == object || object_is_copy(user) ||
           (user->kind == &kind_table && table_is_partition((const struct table *)user));
}

static void
add_users(GPtrArray *users, GHashTable *known, const struct model *model,
          const struct object *object, const struct column *column)
{
    g_autoptr(GArray)
        found = dependants_find(model->dependants, column != NULL ? &column->object : object);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        if (is_left_out(dependant->object, object))
            continue;
        struct user *user = g_hash_table_lookup(known, dependant->object);
        if (user == NULL) {
            user = g_new(struct user, 1);
            *user = (struct user){dependant->object, dependant->dependence, g_ptr_array_new()};
            g_ptr_array_add(users, user);
            g_hash_table_insert(known, (gpointer)(guintptr)user->object, user);
        }
        user->dependence = MIN(user->dependence, dependant->dependence);
        if (column != NULL)
            g_ptr_array_add(user->columns, (gpointer)(guintptr)column);
    }
}

static const struct column_list *
columns_of(const struct object *object)
{
    static const struct column_list none;
    if (object->kind == &kind_table)
        return &((const struct table *)object)->columns;
    return object->kind == &kind_view ? &((const struct view *)object)->columns : &none;
}

GPtrArray *
users_find(const struct model *model, const struct object *object)
{
    GPtrArray *users = g_ptr_array_new_with_free_func(user_free);
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    add_users(users, known, model, object, NULL);
    const struct column_list *columns = columns_of(object);
    for (size_t i = 0; i < columns->count; i++)
        add_users(users, known, model, object, &columns->items[i]);
    return users;
}
