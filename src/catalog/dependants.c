/* dependants.c - two ways lead back to an object: references of the catalog (also columns that keys
 * and constraints name), and texts that have its name where only it can be meant: behind its
 * schema, or, for a column, in what belongs to its table or reads it. Where the server told which
 * columns an expression uses, its text is not asked for them. */
#include "catalog/dependants.h"

#include "base/sql_lexer.h"
#include "catalog/address.h"

#include <string.h>

enum { DEPTH_MOST = 3 }; /* of strings in strings */

struct dependants {
    GHashTable *referring;  /* struct object → GPtrArray of struct object */
    GHashTable *mentioning; /* path of two names → GPtrArray of struct object */
    GHashTable *columns;    /* path of a column → GPtrArray of struct object */
    GHashTable *order;      /* struct object → its place + 1 */
};

static GHashTable *
lists_new(GDestroyNotify free_key)
{
    return free_key == NULL
               ? g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref)
               : g_hash_table_new_full(g_str_hash, g_str_equal, free_key,
                                       (GDestroyNotify)g_ptr_array_unref);
}

/* Once in a row is enough: an object is visited at one go. */
static void
list_add(GPtrArray *list, const struct object *object)
{
    if (list->len == 0 || list->pdata[list->len - 1] != object)
        g_ptr_array_add(list, (gpointer)(guintptr)object);
}

static void
note_reference(struct dependants *dependants, const void *target, const struct object *object)
{
    if (target == NULL)
        return;
    GPtrArray *list = g_hash_table_lookup(dependants->referring, target);
    if (list == NULL) {
        list = g_ptr_array_new();
        g_hash_table_insert(dependants->referring, (gpointer)(guintptr)target, list);
    }
    list_add(list, object);
}

/* Takes `path`. */
static void
note_path(GHashTable *paths, char *path, const struct object *object)
{
    GPtrArray *list = g_hash_table_lookup(paths, path);
    if (list == NULL) {
        list = g_ptr_array_new();
        g_hash_table_insert(paths, path, list);
    } else {
        g_free(path);
    }
    list_add(list, object);
}

static void
note_column(struct dependants *dependants, const struct object *relation, const char *name,
            const struct object *object)
{
    if (relation == NULL || name == NULL)
        return;
    GString *path = g_string_new(relation->path);
    g_string_append_c(path, '.');
    address_append_name(path, name);
    note_path(dependants->columns, g_string_free(path, FALSE), object);
}

static bool
is_relation(const struct object *object)
{
    return object->kind == &kind_table || object->kind == &kind_view;
}

static const struct object *
relation_of(const struct object *object)
{
    while (object != NULL && !is_relation(object))
        object = object->parent;
    return object;
}

static bool
is_name(const struct sql_token *token)
{
    return token->kind == SQL_WORD || token->kind == SQL_QUOTED;
}

/* A name without a qualifier can be a column of the tables that the object is about. */
static void
note_word(struct dependants *dependants, const char *name, const struct object *object)
{
    note_column(dependants, relation_of(object->parent), name, object);
    if (object->kind != &kind_view)
        return;
    const struct refs *reads = &((const struct view *)object)->reads;
    for (size_t i = 0; i < reads->count; i++)
        note_column(dependants, reads->items[i].object, name, object);
}

/* A text on its way, and what of it was just read. */
struct reading {
    struct dependants *dependants;
    const struct object *object;
    bool columns; /* it may name some without a qualifier */
    unsigned depth;
    char *last; /* the name before */
    bool point; /* and a point behind it */
    bool cast;  /* what follows is a type */
};

static void note_text(struct reading *reading, const char *sql);

/* Strings hold names too: nextval('blog.posts_id_seq'), and the bodies of functions. */

static void
note_string(const struct reading *outer, const struct sql_token *token)
{
    const char sign = *token->text == '$' ? '$' : '\'';
    const char *first = memchr(token->text, sign, token->length);
    struct reading reading = {
        .dependants = outer->dependants,
        .object = outer->object,
        .depth = outer->depth + 1,
    };
    if (first == NULL || reading.depth > DEPTH_MOST)
        return;
    g_autofree char *inner = g_strndup(first, token->length - (size_t)(first - token->text));
    char *tag_end = sign == '$' ? strchr(inner + 1, '$') : inner;
    size_t tag = tag_end == NULL ? 0 : (size_t)(tag_end - inner) + 1;
    if (tag == 0 || strlen(inner) < 2 * tag)
        return;
    inner[strlen(inner) - tag] = '\0';
    note_text(&reading, inner + tag);
}

/* Takes the name. */
static void
note_name(struct reading *reading, char *name, bool called)
{
    if (reading->columns && !called && !reading->cast)
        note_word(reading->dependants, name, reading->object);
    if (reading->point && reading->last != NULL) {
        const char *const names[] = {reading->last, name};
        note_path(reading->dependants->mentioning, address_path(names, G_N_ELEMENTS(names), NULL),
                  reading->object);
    }
    g_free(reading->last);
    reading->last = name;
}

static void
note_text(struct reading *reading, const char *sql)
{
    struct sql_token token;
    for (const char *cursor = sql; sql_next_word(&cursor, &token);) {
        const char *ahead = cursor;
        struct sql_token next;
        bool called = sql_next_word(&ahead, &next) && sql_is_sign(&next, '(');
        if (token.kind == SQL_STRING)
            note_string(reading, &token);
        if (is_name(&token))
            note_name(reading, sql_identifier(&token), called);
        reading->point = sql_is_sign(&token, '.');
        reading->cast = token.kind == SQL_CAST || (reading->cast && reading->point);
    }
    g_clear_pointer(&reading->last, g_free);
}

/* What the server says that the expressions of an object use; NULL: it is not asked. */
static const struct refs *
uses_of(const struct object *object)
{
    const struct field *field = kind_field(object->kind, "uses");
    return field == NULL ? NULL : field_refs(field, object);
}

/* Facts whose names without a qualifier are columns. What defines a constraint or an index names
 * its columns as facts of their own. */
static bool
names_columns(const struct field *field, const struct object *object)
{
    bool definition = g_str_equal(field->name, "definition");
    if (definition && (object->kind == &kind_constraint || object->kind == &kind_index))
        return false;
    const struct refs *uses = uses_of(object);
    if (uses != NULL && uses->count > 0)
        return false;
    return !g_str_equal(field->name, "type") && !g_str_equal(field->name, "default_value");
}

static void
note_names(struct dependants *dependants, const struct names *names, const void *relation,
           const struct object *object)
{
    for (size_t i = 0; i < names->count; i++)
        note_column(dependants, relation, names->items[i], object);
}

/* Facts that name columns without being SQL. */
static void
note_columns(struct dependants *dependants, const struct object *object)
{
    if (object->kind == &kind_constraint) {
        const struct constraint *constraint = (const struct constraint *)object;
        note_names(dependants, &constraint->columns, object->parent, object);
        note_names(dependants, &constraint->referenced_columns, constraint->references.object,
                   object);
    } else if (object->kind == &kind_index) {
        const struct index *index = (const struct index *)object;
        note_names(dependants, &index->included, object->parent, object);
        for (size_t i = 0; i < index->keys.count; i++)
            note_column(dependants, object->parent, index->keys.items[i].column, object);
    }
}

static void
note_fact(struct dependants *dependants, const struct field *field, const struct object *object)
{
    struct reading reading = {
        .dependants = dependants,
        .object = object,
        .columns = names_columns(field, object),
    };
    if (field_text(field, object) != NULL)
        note_text(&reading, field_text(field, object));
}

static void
note_object(const struct object *object, void *data)
{
    struct dependants *dependants = data;
    g_hash_table_insert(dependants->order, (gpointer)(guintptr)object,
                        GUINT_TO_POINTER(g_hash_table_size(dependants->order) + 1));
    if (object->kind == &kind_key)
        return;
    note_columns(dependants, object);
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        if (field->type == REF)
            note_reference(dependants, field_ref(field, object)->object, object);
        else if (field->type == SQL)
            note_fact(dependants, field, object);
        else if (field->type == REFS)
            for (size_t j = 0; j < field_refs(field, object)->count; j++)
                note_reference(dependants, field_refs(field, object)->items[j].object, object);
    }
}

struct dependants *
dependants_new(const struct catalog *catalog)
{
    struct dependants *dependants = g_new0(struct dependants, 1);
    dependants->referring = lists_new(NULL);
    dependants->mentioning = lists_new(g_free);
    dependants->columns = lists_new(g_free);
    dependants->order = g_hash_table_new(NULL, NULL);
    object_walk(catalog, note_object, dependants);
    return dependants;
}

void
dependants_free(struct dependants *dependants)
{
    if (dependants == NULL)
        return;
    g_hash_table_unref(dependants->referring);
    g_hash_table_unref(dependants->mentioning);
    g_hash_table_unref(dependants->columns);
    g_hash_table_unref(dependants->order);
    g_free(dependants);
}

static bool
lies_in(const struct object *object, const struct object *whole)
{
    for (; object != NULL; object = object->parent)
        if (object == whole)
            return true;
    return false;
}

static void
add_references(GHashTable *found, const GPtrArray *list, const struct object *object)
{
    for (guint i = 0; list != NULL && i < list->len; i++)
        if (!lies_in(list->pdata[i], object) && !lies_in(object, list->pdata[i]))
            g_hash_table_insert(found, list->pdata[i], GINT_TO_POINTER(DEPENDS));
}

/* A body is text, unless it is standard SQL; what the server keeps of an expression is a tree, and
 * the name in it is that of the object. A column may be that of another table, or the name of
 * something else. */
static enum dependence
dependence_of(const struct object *item, const struct object *object)
{
    if (item->kind == &kind_function && ((const struct function *)item)->sql_body != YES)
        return MENTIONS;
    if (object->kind != &kind_column || item->kind == &kind_constraint || item->kind == &kind_index)
        return DEPENDS;
    return item->kind == &kind_view && ((const struct view *)item)->reads.count == 1 ? DEPENDS
                                                                                     : MENTIONS;
}

static void
add_texts(GHashTable *found, const GPtrArray *list, const struct object *object)
{
    for (guint i = 0; list != NULL && i < list->len; i++) {
        const struct object *item = list->pdata[i];
        bool other = !lies_in(item, object) && !lies_in(object, item);
        if (other && !g_hash_table_contains(found, item))
            g_hash_table_insert(found, (gpointer)(guintptr)item,
                                GINT_TO_POINTER(dependence_of(item, object)));
    }
}

/* An index that its constraint stands for already. */
static gboolean
is_told_by_constraint(gpointer key, gpointer value, gpointer data)
{
    const struct object *object = key;
    GHashTable *found = data;
    (void)value;
    if (object->kind != &kind_index || object->parent->kind != &kind_table)
        return FALSE;
    const struct table *table = (const struct table *)object->parent;
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].index.object == object &&
            g_hash_table_contains(found, &table->constraints.items[i]))
            return TRUE;
    return FALSE;
}

static int
compare_places(gconstpointer a, gconstpointer b, gpointer data)
{
    const struct dependants *dependants = data;
    const struct dependant *x = a;
    const struct dependant *y = b;
    guint left = GPOINTER_TO_UINT(g_hash_table_lookup(dependants->order, x->object));
    guint right = GPOINTER_TO_UINT(g_hash_table_lookup(dependants->order, y->object));
    return (left > right) - (left < right);
}

static void
find_texts(const struct dependants *dependants, GHashTable *found, const struct object *object)
{
    if (object->kind == &kind_column)
        add_texts(found, g_hash_table_lookup(dependants->columns, object->path), object);
    if (object->parent == NULL || object->parent->kind != &kind_catalog ||
        object_schema(object) == NULL || object->kind == &kind_schema)
        return;
    const char *const names[] = {object_schema(object), object_name(object)};
    g_autofree char *path = address_path(names, G_N_ELEMENTS(names), NULL);
    add_texts(found, g_hash_table_lookup(dependants->mentioning, path), object);
}

/* Of its own table, what has an expression of its own stands in the way; before 15, a generated
 * column went with what it was computed from. */
static bool
sibling_stops_drop(const struct object *sibling, const struct column *column)
{
    if (sibling->kind == &kind_column)
        return ((const struct catalog *)column->object.parent->parent)->postgresql >= 15;
    if (sibling->kind == &kind_constraint) {
        const struct constraint *constraint = (const struct constraint *)sibling;
        return constraint->kind == CONSTRAINT_FOREIGN_KEY &&
               !names_contain(&constraint->columns, column->name);
    }
    return sibling->kind == &kind_trigger || sibling->kind == &kind_policy;
}

bool
dependant_stops_drop(const struct object *dependant, const struct column *column)
{
    if (dependant->parent == column->object.parent)
        return sibling_stops_drop(dependant, column);
    return dependant->kind != &kind_sequence;
}

bool
change_concerns_dependants(const struct change *change)
{
    if (change->kind == CHANGE_REMOVED || change->kind == CHANGE_RENAMED)
        return true;
    if (change->kind != CHANGE_CHANGED || g_str_equal(change->field->name, "comment"))
        return false;
    const struct kind *kind = change->before->kind;
    if (kind == &kind_column || kind == &kind_attribute)
        return change->field->type == SQL && !g_str_equal(change->field->name, "default_value");
    return change->before->parent != NULL && change->before->parent->kind == &kind_catalog &&
           kind != &kind_table && kind != &kind_schema && kind != &kind_extension &&
           kind != &kind_history;
}

GArray *
dependants_find(const struct dependants *dependants, const struct object *object)
{
    g_autoptr(GHashTable) found = g_hash_table_new(NULL, NULL);
    add_references(found, g_hash_table_lookup(dependants->referring, object), object);
    find_texts(dependants, found, object);
    g_hash_table_foreach_remove(found, is_told_by_constraint, found);
    GArray *result = g_array_new(FALSE, FALSE, sizeof(struct dependant));
    GHashTableIter iter;
    gpointer key;
    gpointer value;
    g_hash_table_iter_init(&iter, found);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const struct dependant dependant = {key, (enum dependence)GPOINTER_TO_INT(value)};
        g_array_append_val(result, dependant);
    }
    g_array_sort_with_data(result, compare_places, (gpointer)(guintptr)dependants);
    return result;
}
