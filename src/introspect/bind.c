/* bind.c - one pass over the rows, guided by the field tables. */
#include "introspect/bind.h"

#include "base/failure.h"
#include "catalog/address.h"
#include "catalog/known.h"

#include <string.h>

struct parents {
    GHashTable *objects; /* OID → struct object * */
};

struct parents *
parents_new(void)
{
    struct parents *parents = g_new0(struct parents, 1);
    parents->objects = g_hash_table_new(g_direct_hash, g_direct_equal);
    return parents;
}

void
parents_free(struct parents *parents)
{
    g_hash_table_unref(parents->objects);
    g_free(parents);
}

static gpointer
oid_key(const char *oid)
{
    return GSIZE_TO_POINTER(g_ascii_strtoull(oid, NULL, 10));
}

/* Text as the catalog keeps it: valid UTF-8 (a SQL_ASCII database may hold anything). */
static const char *
keep_text(struct arena *arena, const char *text)
{
    if (g_utf8_validate(text, -1, NULL))
        return arena_intern(arena, text);
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    return arena_intern(arena, valid);
}

static void
keep_names(struct arena *arena, const char *text, struct names *names)
{
    g_auto(GStrv) items = array_split(text);
    g_assert(items != NULL);
    names->count = g_strv_length(items);
    names->items = arena_array(arena, names->count, sizeof *names->items);
    for (size_t i = 0; i < names->count; i++)
        names->items[i] = keep_text(arena, items[i]);
}

/* {schema,name} → path; a function's third part is its argument types. */
static const char *
keep_path(struct arena *arena, const char *parts, const char *target)
{
    struct names names;
    keep_names(arena, parts, &names);
    bool is_function = g_str_equal(target, "function");
    g_assert(names.count > (is_function ? 1 : 0));
    const char *arguments = is_function ? names.items[names.count - 1] : NULL;
    g_autofree char *path = address_path(names.items, names.count - is_function, arguments);
    return arena_intern(arena, path);
}

/* {{schema,name},{schema,name}} */
static void
keep_refs(struct arena *arena, const char *text, const char *target, struct refs *refs)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_assert(*text == '{');
    for (const char *c = text + 1; *c == '{';) {
        bool quoted = false;
        const char *end = c + 1;
        for (; *end != '\0' && (quoted || *end != '}'); end++) {
            quoted = quoted != (*end == '"');
            end += *end == '\\';
        }
        g_autofree char *part = g_strndup(c, (size_t)(end - c) + 1);
        g_ptr_array_add(paths, (gpointer)(guintptr)keep_path(arena, part, target));
        c = end + 1;
        c += *c == ',';
    }
    refs->count = paths->len;
    refs->items = arena_array(arena, paths->len, sizeof *refs->items);
    for (guint i = 0; i < paths->len; i++)
        refs->items[i].path = paths->pdata[i];
}

static void
keep_value(struct arena *arena, const struct field *field, const char *value, void *place)
{
    switch (field->type) {
    case TEXT:
    case SQL:
        *(const char **)place = keep_text(arena, value);
        break;
    case BOOL:
        *(enum truth *)place = *value == 't' ? YES : NO;
        break;
    case NUMBER:
        *(int64_t *)place = g_ascii_strtoll(value, NULL, 10);
        break;
    case ENUM: {
        unsigned number = enumeration_value(field->enumeration, value);
        memcpy(place, &number, sizeof number);
        break;
    }
    case NAMES:
        keep_names(arena, value, place);
        break;
    case REF:
        ((struct ref *)place)->path = keep_path(arena, value, field->target);
        break;
    case REFS:
        keep_refs(arena, value, field->target, place);
        break;
    case LIST:
        g_assert_not_reached();
    }
}

static const struct field *
list_field_of(const struct kind *parent, const struct kind *child)
{
    for (size_t i = 0; i < parent->field_count; i++)
        if (parent->fields[i].child == child)
            return &parent->fields[i];
    return NULL;
}

/* Rows on their way into objects of one kind. */
struct binding {
    struct arena *arena;
    struct parents *parents;
    const struct rows *rows;
    const struct kind *kind;
    int oid;      /* the column with the server's OID; -1: none */
    int *columns; /* for each field of the kind its column; -1: the query does not return it */
};

static struct binding
binding_open(struct arena *arena, struct parents *parents, const struct rows *rows,
             const struct kind *kind)
{
    struct binding binding = {
        arena, parents, rows, kind, rows_column(rows, "oid"), g_new0(int, kind->field_count),
    };
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        binding.columns[i] = field->type == LIST ? -1 : rows_column(rows, field->name);
    }
    return binding;
}

/* False when a fact that must be there is NULL; *vanished is its name. */
static bool
bind_facts(const struct binding *binding, size_t row, struct object *object, const char **vanished)
{
    for (size_t i = 0; i < binding->kind->field_count; i++) {
        const struct field *field = &binding->kind->fields[i];
        if (binding->columns[i] < 0)
            continue;
        const char *value = rows_value(binding->rows, row, binding->columns[i]);
        if (value != NULL) {
            keep_value(binding->arena, field, value, (char *)object + field->offset);
        } else if ((field->flags & REQUIRED) != 0 && fact_is_known(object, field)) {
            *vanished = field->name;
            return false;
        }
    }
    return true;
}

bool
bind_row(struct arena *arena, const struct rows *rows, size_t row, struct object *object,
         const char **vanished)
{
    struct binding binding = binding_open(arena, NULL, rows, object->kind);
    bool done = bind_facts(&binding, row, object, vanished);
    g_free(binding.columns);
    return done;
}

static bool
bind_item(const struct binding *binding, size_t row, struct object *object, GError **error)
{
    const char *vanished = NULL;
    if (!bind_facts(binding, row, object, &vanished))
        return failure_set(error, FAILURE_DATABASE, "%s %s " VANISHED, object->kind->word,
                           object_name(object));
    if (binding->oid >= 0)
        g_hash_table_insert(binding->parents->objects,
                            oid_key(rows_value(binding->rows, row, binding->oid)), object);
    return true;
}

/* Makes the list `field` of `parent` from `count` rows. */
static bool
bind_items(const struct binding *binding, size_t first, size_t count, struct object *parent,
           GError **error)
{
    const struct field *field = list_field_of(parent->kind, binding->kind);
    struct list *list = (struct list *)(void *)((char *)parent + field->offset);
    g_assert(list->count == 0); /* rows come grouped by parent */
    list->count = count;
    list->items = arena_array(binding->arena, count, binding->kind->size);
    for (size_t i = 0; i < count; i++) {
        void *item = (char *)list->items + i * binding->kind->size;
        object_init(item, binding->kind, parent);
        if (!bind_item(binding, first + i, item, error))
            return false;
    }
    return true;
}

bool
bind_list(struct arena *arena, struct parents *parents, const struct rows *rows,
          struct object *parent, const struct field *field, GError **error)
{
    struct binding binding = binding_open(arena, parents, rows, field->child);
    bool done = bind_items(&binding, 0, rows_count(rows), parent, error);
    g_free(binding.columns);
    return done;
}

/* The rows from `first` that have the same parent. */
static size_t
run_length(const struct rows *rows, int parent, size_t first)
{
    size_t last = first + 1;
    while (last < rows_count(rows) &&
           g_str_equal(rows_value(rows, first, parent), rows_value(rows, last, parent)))
        last++;
    return last - first;
}

bool
bind_children(struct arena *arena, struct parents *parents, const struct rows *rows,
              const struct kind *child, GError **error)
{
    struct binding binding = binding_open(arena, parents, rows, child);
    int parent_column = rows_column(rows, "parent");
    bool done = true;
    for (size_t first = 0, count = 0; done && first < rows_count(rows); first += count) {
        count = run_length(rows, parent_column, first);
        const char *key = rows_value(rows, first, parent_column);
        struct object *parent = g_hash_table_lookup(parents->objects, oid_key(key));
        /* Parents that are not there belong to an extension. */
        if (parent != NULL && list_field_of(parent->kind, child) != NULL)
            done = bind_items(&binding, first, count, parent, error);
    }
    g_free(binding.columns);
    return done;
}
