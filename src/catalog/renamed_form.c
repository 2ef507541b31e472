/* renamed_form.c - walks the field tables, and replaces names in SQL token by token. A name counts
 * where it stands for sure: behind its schema, in a string that is cast to a name, as the first
 * name of a definition, or as a column in what belongs to its table. */
#include "catalog/renamed_form.h"

#include "base/sql_lexer.h"
#include "catalog/address.h"
#include "catalog/compare.h"

#include <string.h>

#define SELF "\x01" /* stands for the object's own name; no name holds it */

void
renamed_begin(struct renamed *renamed)
{
    renamed->objects = g_hash_table_new(NULL, NULL);
    renamed->paths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    renamed->columns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void
renamed_end(struct renamed *renamed)
{
    g_hash_table_unref(renamed->objects);
    g_hash_table_unref(renamed->paths);
    g_hash_table_unref(renamed->columns);
}

static char *
qualified(const struct object *object)
{
    const char *const names[] = {object_schema(object), object_name(object)};
    return address_path(names, G_N_ELEMENTS(names), NULL);
}

static bool
is_within(const struct object *object)
{
    return object->parent != NULL && object->parent->kind != &kind_catalog;
}

void
renamed_add(struct renamed *renamed, const struct object *before, const struct object *after)
{
    g_hash_table_insert(renamed->objects, (gpointer)(guintptr)before, (gpointer)(guintptr)after);
    if (before->kind == &kind_column)
        g_hash_table_insert(renamed->columns, g_strdup(before->path),
                            (gpointer)(guintptr)object_name(after));
    else if (!is_within(before) && object_schema(before) != NULL)
        g_hash_table_insert(renamed->paths, qualified(before), qualified(after));
}

char *
renamed_path(const struct renamed *renamed, const struct object *object)
{
    const struct object *now = g_hash_table_lookup(renamed->objects, object);
    if (now != NULL)
        return g_strdup(now->path);
    const struct object *parent = is_within(object)
                                      ? g_hash_table_lookup(renamed->objects, object->parent)
                                      : NULL;
    if (parent == NULL)
        return g_strdup(object->path);
    GString *path = g_string_new(NULL);
    if (object->kind->rule == PATH_SIBLING)
        address_append_name(path, object_schema(parent));
    else
        g_string_append(path, parent->path);
    g_string_append_c(path, '.');
    address_append_name(path, object_name(object));
    return g_string_free(path, FALSE);
}

/* A text on its way to its form. */
struct forming {
    const struct renamed *renamed; /* NULL: names stay */
    const struct object *object;   /* whose text it is */
    const char *self;              /* the path that reads SELF; NULL: none does */
    const char *own_name; /* the first such name is the object's own; NULL: it is not there */
    const char *own_form; /* what it becomes */
    GString *text;
};

/* The table or view to which unqualified columns of the object belong. */
static const struct object *
relation_of(const struct object *object)
{
    while (object != NULL && object->kind != &kind_table && object->kind != &kind_view)
        object = object->parent;
    return object;
}

static const char *
find_column(const struct renamed *renamed, const struct object *relation, const char *name)
{
    if (relation == NULL || g_hash_table_size(renamed->columns) == 0)
        return NULL;
    GString *path = g_string_new(relation->path);
    g_string_append_c(path, '.');
    address_append_name(path, name);
    const char *found = g_hash_table_lookup(renamed->columns, path->str);
    g_string_free(path, TRUE);
    return found;
}

/* A foreign key names the columns of both sides. */
static const struct object *
other_relation_of(const struct object *object)
{
    return object->kind == &kind_constraint ? ((const struct constraint *)object)->references.object
                                            : NULL;
}

static void
put_name(const struct forming *forming, const char *name)
{
    g_string_append_c(forming->text, '"');
    g_string_append(forming->text, name);
    g_string_append_c(forming->text, '"');
}

static void
form_name(struct forming *forming, const char *name)
{
    if (forming->own_name != NULL && g_str_equal(name, forming->own_name)) {
        forming->own_name = NULL;
        put_name(forming, forming->own_form);
        return;
    }
    const char *column = NULL;
    if (forming->renamed != NULL) {
        const struct object *other = other_relation_of(forming->object);
        column = find_column(forming->renamed, relation_of(forming->object), name);
        column = column == NULL && other != NULL ? find_column(forming->renamed, other, name)
                                                 : column;
    }
    put_name(forming, column != NULL ? column : name);
}

static void
put_path(const struct forming *forming, const char *path)
{
    const char *now = forming->renamed == NULL ? NULL
                                               : g_hash_table_lookup(forming->renamed->paths, path);
    if (forming->self != NULL && g_str_equal(path, forming->self))
        g_string_append(forming->text, SELF);
    else
        g_string_append(forming->text, now != NULL ? now : path);
}

/* The relation that a view reads under this name; NULL: none. */
static const struct object *
find_read(const struct object *object, const char *name)
{
    const struct object *view = relation_of(object);
    if (view == NULL || view->kind != &kind_view)
        return NULL;
    const struct refs *reads = &((const struct view *)view)->reads;
    for (size_t i = 0; i < reads->count; i++) {
        const struct object *relation = reads->items[i].object;
        if (relation != NULL && g_str_equal(object_name(relation), name))
            return relation;
    }
    return NULL;
}

/* In a view, "posts.slug" is a column: PostgreSQL writes the name of a table before each. */
static bool
put_read(struct forming *forming, const char *first, const char *second)
{
    const struct object *relation = forming->renamed == NULL ? NULL
                                                             : find_read(forming->object, first);
    if (relation == NULL)
        return false;
    const struct object *now = g_hash_table_lookup(forming->renamed->objects, relation);
    const char *column = find_column(forming->renamed, relation, second);
    const char *const names[] = {now != NULL ? object_name(now) : first,
                                 column != NULL ? column : second};
    g_autofree char *path = address_path(names, G_N_ELEMENTS(names), NULL);
    g_string_append(forming->text, path);
    return true;
}

static bool
is_name(const struct sql_token *token)
{
    return token->kind == SQL_WORD || token->kind == SQL_QUOTED;
}

/* As PostgreSQL calls the sequence of a serial column, which in a text written anew follows the
 * name of its table. */
static bool
is_own_sequence(const struct forming *forming, const char *path)
{
    const struct object *column = forming->object;
    if (forming->self == NULL || column->kind != &kind_column)
        return false;
    g_autofree char *name = g_strdup_printf("%s_%s_seq", object_name(column->parent),
                                            object_name(column));
    const char *const names[] = {object_schema(column), name};
    g_autofree char *own = address_path(names, G_N_ELEMENTS(names), NULL);
    return g_str_equal(own, path);
}

/* 'schema.name'::regclass and the like. */
static void
form_string(struct forming *forming, const struct sql_token *token)
{
    if (token->length < 2 || token->text[0] != '\'') {
        g_string_append_len(forming->text, token->text, (gssize)token->length);
        return;
    }
    g_autofree char *inner = g_strndup(token->text + 1, token->length - 2);
    g_string_append_c(forming->text, '\'');
    if (is_own_sequence(forming, inner))
        g_string_append(forming->text, SELF);
    else
        put_path(forming, inner);
    g_string_append_c(forming->text, '\'');
}

/* A name, and with it the one that it qualifies. Moves *cursor behind the latter. */
static void
form_names(struct forming *forming, const struct sql_token *token, const char **cursor)
{
    g_autofree char *name = sql_identifier(token);
    const char *ahead = *cursor;
    struct sql_token point;
    struct sql_token second;
    if (!sql_next_word(&ahead, &point) || !sql_is_sign(&point, '.') ||
        !sql_next_word(&ahead, &second) || !is_name(&second)) {
        form_name(forming, name);
        return;
    }
    g_autofree char *other = sql_identifier(&second);
    const char *const names[] = {name, other};
    g_autofree char *path = address_path(names, G_N_ELEMENTS(names), NULL);
    if (!put_read(forming, name, other))
        put_path(forming, path);
    *cursor = ahead;
}

static void
form_sql(struct forming *forming, const char *sql)
{
    g_autofree char *folded = sql_fold(sql);
    struct sql_token token;
    for (const char *cursor = folded; sql_next_word(&cursor, &token);) {
        g_string_append_c(forming->text, ' ');
        if (is_name(&token))
            form_names(forming, &token, &cursor);
        else if (token.kind == SQL_STRING)
            form_string(forming, &token);
        else
            g_string_append_len(forming->text, token.text, (gssize)token.length);
    }
}

static void
form_ref(struct forming *forming, const struct ref *ref)
{
    if (ref->path == NULL)
        return;
    g_autofree char *path = forming->renamed == NULL || ref->object == NULL
                                ? g_strdup(ref->path)
                                : renamed_path(forming->renamed, ref->object);
    g_string_append(forming->text, path);
}

static void
form_fact(struct forming *forming, const struct field *field, const struct object *object)
{
    g_string_append_printf(forming->text, "\n%s:", field->name);
    if (field->type == SQL && field_text(field, object) != NULL) {
        form_sql(forming, field_text(field, object));
    } else if (field->type == REF) {
        form_ref(forming, field_ref(field, object));
    } else if (field->type == REFS) {
        const struct refs *refs = field_refs(field, object);
        for (size_t i = 0; i < refs->count; i++) {
            g_string_append_c(forming->text, ' ');
            form_ref(forming, &refs->items[i]);
        }
    } else {
        g_autofree char *shown = field_display(field, object);
        g_string_append(forming->text, shown != NULL ? shown : "");
    }
}

static bool
counts(const struct field *field)
{
    return (field->flags & (SHAPE | KEY | ACCESS)) == SHAPE && field->type != LIST &&
           !g_str_equal(field->name, "comment");
}

/* Definitions that begin with the object's own name. */
static bool
names_itself(const struct object *object)
{
    return object->kind == &kind_index || object->kind == &kind_trigger;
}

static void
form_facts(struct forming *forming, const struct object *object)
{
    forming->object = object;
    forming->own_name = names_itself(object) ? object_name(object) : NULL;
    forming->own_form = SELF;
    for (size_t i = 0; i < object->kind->field_count; i++)
        if (counts(&object->kind->fields[i]))
            form_fact(forming, &object->kind->fields[i], object);
}

/* Objects within that make an object what it is. Named ones keep their order and name. */
static bool
is_essential(const struct object *object)
{
    if (object->kind == &kind_constraint)
        return ((const struct constraint *)object)->kind != CONSTRAINT_FOREIGN_KEY;
    return object->kind == &kind_column || object->kind == &kind_attribute ||
           object->kind == &kind_index || object->kind == &kind_domain_constraint;
}

static bool
is_named(const struct kind *kind)
{
    return kind == &kind_column || kind == &kind_attribute;
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
form_list(const struct forming *outer, const struct field *field, const struct object *object)
{
    const struct list *list = field_list(field, object);
    g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < list->count; i++) {
        const struct object *item = list_item(list, field->child, i);
        if (!is_essential(item))
            continue;
        struct forming forming = *outer;
        forming.text = g_string_new(is_named(field->child) ? object_name(item) : NULL);
        form_facts(&forming, item);
        g_ptr_array_add(forms, g_string_free(forming.text, FALSE));
    }
    if (!is_named(field->child))
        g_ptr_array_sort(forms, compare_texts);
    g_string_append_printf(outer->text, "\n%s", field->name);
    for (guint i = 0; i < forms->len; i++)
        g_string_append_printf(outer->text, "\n\n%s", (char *)forms->pdata[i]);
}

/* What has nothing of its own in it looks like any other. */
static bool
is_telling(const struct object *object)
{
    if (object->kind == &kind_table)
        return ((const struct table *)object)->columns.count > 0;
    if (object->kind == &kind_enum_type)
        return ((const struct enum_type *)object)->labels.count > 0;
    if (object->kind == &kind_composite_type)
        return ((const struct composite_type *)object)->attributes.count > 0;
    if (object->kind == &kind_sequence)
        return ((const struct sequence *)object)->owned_by.path != NULL;
    return object->kind != &kind_schema && object->kind != &kind_extension &&
           object->kind != &kind_history;
}

char *
renamed_form(const struct renamed *renamed, const struct object *object)
{
    if (!is_telling(object))
        return NULL;
    g_autofree char *self = is_within(object) || object_schema(object) == NULL ? NULL
                                                                               : qualified(object);
    struct forming forming = {.renamed = renamed, .self = self, .text = g_string_new(NULL)};
    form_facts(&forming, object);
    for (size_t i = 0; i < object->kind->field_count; i++)
        if (object->kind->fields[i].type == LIST && (object->kind->fields[i].flags & SHAPE) != 0)
            form_list(&forming, &object->kind->fields[i], object);
    return g_string_free(forming.text, FALSE);
}

static char *
form_one(const struct renamed *renamed, const struct field *field, const struct object *object,
         const struct object *after)
{
    struct forming forming = {.renamed = renamed, .object = object, .text = g_string_new(NULL)};
    if (names_itself(object)) {
        forming.own_name = object_name(object);
        forming.own_form = object_name(after);
    }
    form_fact(&forming, field, object);
    return g_string_free(forming.text, FALSE);
}

bool
renamed_explains(const struct renamed *renamed, const struct field *field,
                 const struct object *before, const struct object *after)
{
    if (field->type != SQL && field->type != REF && field->type != REFS)
        return false;
    g_autofree char *expected = form_one(renamed, field, before, after);
    g_autofree char *found = form_one(NULL, field, after, after);
    return g_str_equal(expected, found);
}
