/* snapshot_read.c - JSON to objects, strictly: what does not fit is an error with its place. */
#include "base/failure.h"
#include "catalog/json_place.h"
#include "catalog/known.h"
#include "catalog/snapshot.h"
#include "catalog/snapshot_format.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct arena *arena;
    const char *name;    /* of the file */
    const char *text;    /* of the file */
    GArray *steps;       /* of struct json_step: the way to the object that is being read */
    unsigned minor;      /* version of the format */
    bool newer;          /* than this dbdoc writes */
    GPtrArray *warnings; /* of char * */
};

static void
step_down(struct reader *reader, const char *key, size_t index)
{
    const struct json_step step = {key, index};
    g_array_append_val(reader->steps, step);
}

/* "tables[3].columns[0]" */
static char *
describe_steps(const struct reader *reader)
{
    GString *words = g_string_new(NULL);
    for (guint i = 0; i < reader->steps->len; i++) {
        const struct json_step *step = &g_array_index(reader->steps, struct json_step, i);
        if (step->key == NULL)
            g_string_append_printf(words, "[%zu]", step->index);
        else
            g_string_append_printf(words, "%s%s", words->len > 0 ? "." : "", step->key);
    }
    return g_string_free(words, FALSE);
}

/* `key` is the member of the object at hand that is to blame; NULL: the object itself. */
static bool
complain(struct reader *reader, const char *key, const char *words, GError **error)
{
    if (key != NULL)
        step_down(reader, key, 0);
    const struct json_place place = json_place_find(
        reader->text, (const struct json_step *)(void *)reader->steps->data, reader->steps->len);
    g_autofree char *steps = describe_steps(reader);
    return failure_set(error, FAILURE_USAGE,
                       "%s:%u:%u: %s: %s. This is no file that dbdoc wrote; make it again with "
                       "\"dbdoc snapshot\".",
                       reader->name, place.line, place.column, steps, words);
}

/* What a newer minor version added is left out, and said once. */
static void
warn(const struct reader *reader, const char *what)
{
    char *warning = g_strdup_printf("%s: \"%s\" is newer than this dbdoc and was left out",
                                    reader->name, what);
    if (g_ptr_array_find_with_equal_func(reader->warnings, warning, g_str_equal, NULL))
        g_free(warning);
    else
        g_ptr_array_add(reader->warnings, warning);
}

static const char *
keep(const struct reader *reader, const json_t *text)
{
    return arena_intern(reader->arena, json_string_value(text));
}

static bool
read_texts(const struct reader *reader, const json_t *value, struct names *names)
{
    if (!json_is_array(value))
        return false;
    names->count = json_array_size(value);
    names->items = arena_array(reader->arena, names->count, sizeof *names->items);
    for (size_t i = 0; i < names->count; i++) {
        const json_t *item = json_array_get(value, i);
        if (!json_is_string(item))
            return false;
        names->items[i] = keep(reader, item);
    }
    return true;
}

static bool
read_refs(const struct reader *reader, const json_t *value, struct refs *refs)
{
    struct names paths;
    if (!read_texts(reader, value, &paths))
        return false;
    refs->count = paths.count;
    refs->items = arena_array(reader->arena, paths.count, sizeof *refs->items);
    for (size_t i = 0; i < paths.count; i++)
        refs->items[i].path = paths.items[i];
    return true;
}

static bool
read_text(const struct reader *reader, const json_t *value, const char **text)
{
    *text = keep(reader, value);
    return json_is_string(value);
}

static bool
read_truth(const json_t *value, enum truth *truth)
{
    *truth = json_is_true(value) ? YES : json_is_false(value) ? NO : UNKNOWN;
    return json_is_boolean(value) || json_is_null(value);
}

static bool
read_number(const json_t *value, int64_t *number)
{
    *number = json_is_integer(value) ? json_integer_value(value) : NUMBER_UNKNOWN;
    return json_is_integer(value) || json_is_null(value);
}

static bool
read_word(const struct reader *reader, const struct enumeration *enumeration, const json_t *value,
          unsigned *number)
{
    const char *word = json_string_value(value);
    *number = enumeration_value(enumeration, word);
    if (*number == 0 && word != NULL && reader->newer)
        warn(reader, word);
    return *number != 0 || json_is_null(value) || (word != NULL && reader->newer);
}

static bool read_object(struct reader *reader, const json_t *value, struct object *object,
                        GError **error);

static bool
read_list(struct reader *reader, const json_t *value, const struct field *field, void *place,
          GError **error)
{
    struct list *list = place;
    if (!json_is_array(value))
        return complain(reader, field->name, "expected a list", error);
    list->count = json_array_size(value);
    list->items = arena_array(reader->arena, list->count, field->child->size);
    guint before = reader->steps->len;
    for (size_t i = 0; i < list->count; i++) {
        char *item = (char *)list->items + i * field->child->size;
        object_init(item, field->child, NULL);
        step_down(reader, field->name, 0);
        step_down(reader, NULL, i);
        if (!read_object(reader, json_array_get(value, i), (struct object *)(void *)item, error))
            return false;
        g_array_set_size(reader->steps, before);
    }
    return true;
}

static const char *const expected[] = {
    [TEXT] = "expected a text",
    [SQL] = "expected a text",
    [BOOL] = "expected true, false or null",
    [NUMBER] = "expected a whole number or null",
    [ENUM] = "not one of the known words",
    [NAMES] = "expected a list of texts",
    [REF] = "expected the path of an object",
    [REFS] = "expected a list of paths",
};

static bool
read_field(struct reader *reader, const json_t *value, const struct field *field, void *place,
           GError **error)
{
    bool good = false;
    switch (field->type) {
    case TEXT:
    case SQL:
        good = read_text(reader, value, place);
        break;
    case BOOL:
        good = read_truth(value, place);
        break;
    case NUMBER:
        good = read_number(value, place);
        break;
    case ENUM:
        good = read_word(reader, field->enumeration, value, place);
        break;
    case NAMES:
        good = read_texts(reader, value, place);
        break;
    case REF:
        good = read_text(reader, value, &((struct ref *)place)->path);
        break;
    case REFS:
        good = read_refs(reader, value, place);
        break;
    case LIST:
        return read_list(reader, value, field, place, error);
    }
    return good || complain(reader, field->name, expected[field->type], error);
}

static bool
read_unknown_key(struct reader *reader, const char *key, GError **error)
{
    bool header = reader->steps->len == 0 &&
                  (g_str_equal(key, SNAPSHOT_TAG) || g_str_equal(key, FORMAT_KEY));
    if (header)
        return true;
    if (!reader->newer)
        return complain(reader, key, "no such key", error);
    warn(reader, key);
    return true;
}

/* What identifies an object must be there; what is absent is "no" where the format has the fact. */
static bool
check_object(struct reader *reader, guint64 seen, struct object *object, GError **error)
{
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        if ((seen & ((guint64)1 << i)) != 0)
            continue;
        if ((field->flags & (KEY | REQUIRED)) != 0)
            return complain(reader, field->name, "missing", error);
        if (field->type == BOOL && !field_is_newer(field, reader->minor)) {
            enum truth no = NO;
            memcpy((char *)object + field->offset, &no, sizeof no);
        }
    }
    return true;
}

/* Files have the facts in the order of the kind: the next one is looked for first. */
static const struct field *
find_field(const struct kind *kind, const char *key, size_t *next)
{
    while (*next < kind->field_count && !g_str_equal(kind->fields[*next].name, key))
        (*next)++;
    if (*next < kind->field_count)
        return &kind->fields[(*next)++];
    *next = 0;
    return kind_field(kind, key);
}

static bool
read_object(struct reader *reader, const json_t *value, struct object *object, GError **error)
{
    const struct kind *kind = object->kind;
    guint64 seen = 0; /* a bit for each fact */
    size_t next = 0;
    g_assert(kind->field_count <= 64);
    if (!json_is_object(value))
        return complain(reader, NULL, "expected an object", error);
    /* jansson's iterator takes a non-const object but does not change it. */
    json_t *members = (json_t *)(guintptr)value;
    for (void *at = json_object_iter(members); at != NULL;
         at = json_object_iter_next(members, at)) {
        const char *key = json_object_iter_key(at);
        const struct field *field = find_field(kind, key, &next);
        bool good = field == NULL ? read_unknown_key(reader, key, error)
                                  : read_field(reader, json_object_iter_value(at), field,
                                               (char *)object + field->offset, error);
        if (!good)
            return false;
        if (field != NULL)
            seen |= (guint64)1 << (field - kind->fields);
    }
    return check_object(reader, seen, object, error);
}

static bool
check_header(struct reader *reader, const json_t *root, const char *what, GError **error)
{
    const char *tag = json_string_value(json_object_get(root, SNAPSHOT_TAG));
    const char *format = json_string_value(json_object_get(root, FORMAT_KEY));
    if (tag == NULL || format == NULL)
        return complain(reader, SNAPSHOT_TAG, "missing", error);
    if (!g_str_equal(tag, what))
        return failure_set(error, FAILURE_USAGE,
                           "%s: this is a file of kind \"%s\", expected \"%s\".", reader->name, tag,
                           what);
    char *rest = NULL;
    guint64 major = g_ascii_strtoull(format, &rest, 10);
    guint64 minor = *rest == '.' ? g_ascii_strtoull(rest + 1, &rest, 10) : 0;
    if (major != FORMAT_MAJOR || *rest != '\0')
        return failure_set(error, FAILURE_USAGE,
                           "%s is in format %s, this dbdoc reads %d.%d. Use the dbdoc that wrote "
                           "it, or make it again.",
                           reader->name, format, FORMAT_MAJOR, FORMAT_MINOR);
    reader->minor = (unsigned)MIN(minor, FORMAT_MINOR);
    reader->newer = minor > FORMAT_MINOR;
    return true;
}

/* Of a tree that goes as a whole: to free its million parts one by one takes longer than to read
 * them. jansson knows one allocator for all threads, so that one serves both: within read_root it
 * takes from the arena of the thread, elsewhere it is malloc. */
static _Thread_local struct arena *tree_arena;

static void *
take_memory(size_t size)
{
    return tree_arena != NULL ? arena_alloc(tree_arena, size) : malloc(size);
}

static void
leave_memory(void *memory)
{
    if (tree_arena == NULL)
        free(memory);
}

static void
set_allocator(void)
{
    static gsize done;
    if (g_once_init_enter(&done)) {
        json_set_alloc_funcs(take_memory, leave_memory);
        g_once_init_leave(&done, 1);
    }
}

static bool
read_tree(struct reader *reader, const GString *text, const char *what, struct object *root,
          GError **error)
{
    json_error_t problem;
    json_t *json = json_loadb(text->str, text->len, JSON_REJECT_DUPLICATES, &problem);
    if (json == NULL)
        return failure_set(error, FAILURE_USAGE, "%s:%d:%d: this is not valid JSON: %s.",
                           reader->name, problem.line, problem.column, problem.text);
    reader->text = text->str;
    reader->steps = g_array_new(FALSE, FALSE, sizeof(struct json_step));
    bool done = check_header(reader, json, what, error) && read_object(reader, json, root, error);
    g_array_unref(reader->steps);
    return done;
}

static bool
read_root(struct reader *reader, const GString *text, const char *what, struct object *root,
          GError **error)
{
    set_allocator();
    tree_arena = arena_new();
    bool done = read_tree(reader, text, what, root, error);
    g_clear_pointer(&tree_arena, arena_free);
    return done;
}

bool
snapshot_read(struct database *database, const char *name, const GString *text, GPtrArray *warnings,
              GError **error)
{
    struct reader reader = {.arena = database->arena, .name = name, .warnings = warnings};
    if (!read_root(&reader, text, "snapshot", &database->catalog->object, error))
        return false;
    catalog_forget_newer(database, reader.minor);
    return true;
}

bool
observations_read(struct database *database, const char *name, const GString *text,
                  GPtrArray *warnings, GError **error)
{
    struct reader reader = {.arena = database->arena, .name = name, .warnings = warnings};
    database->observations = object_new(database->arena, &kind_observations, NULL);
    return read_root(&reader, text, "observations", &database->observations->object, error);
}

bool
snapshot_is(const char *text, size_t length)
{
    size_t start = 0;
    while (start < length && g_ascii_isspace(text[start]))
        start++;
    return start < length && text[start] == '{' &&
           g_strstr_len(text, (gssize)MIN(length, 256), "\"" SNAPSHOT_TAG "\"") != NULL;
}
