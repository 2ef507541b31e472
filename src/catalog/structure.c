/* structure.c - fact by fact, as the flags of kinds.h say. */
#include "catalog/structure.h"

#include "base/sql_lexer.h"
#include "base/text.h"
#include "catalog/alike.h"
#include "catalog/compare.h"
#include "catalog/narrow.h"

#include <string.h>

#define MARK   "structure"    /* publish: of the catalog */
#define HIDDEN "\xE2\x80\xA6" /* … */

/* ---- SQL ---- */

/* Types whose texts are names of objects, but of roles. */
static bool
names_objects(const struct sql_token *type)
{
    static const char *const types[] = {
        "regclass", "regcollation", "regconfig", "regdictionary", "regnamespace",
        "regoper",  "regoperator",  "regproc",   "regprocedure",  "regtype"};
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (sql_is_word(type, types[i]))
            return true;
    return false;
}

/* Whether what follows a text says that it is the name of an object. */
static bool
is_name_of_object(const char *rest)
{
    struct sql_token token;
    return sql_next_word(&rest, &token) && token.kind == SQL_CAST && sql_next_word(&rest, &token) &&
           names_objects(&token);
}

bool
structure_hides(const char *sql)
{
    return sql != NULL && strstr(sql, HIDDEN) != NULL;
}

char *
structure_of_sql(const char *sql)
{
    GString *text = g_string_sized_new(strlen(sql));
    struct sql_token token;
    while (sql_next(&sql, &token)) {
        if (token.kind == SQL_COMMENT)
            continue;
        if (token.kind == SQL_STRING && token.length > strlen("''") && !is_name_of_object(sql))
            g_string_append(text, "'" HIDDEN "'");
        else
            g_string_append_len(text, token.text, (gssize)token.length);
    }
    return g_string_free(text, FALSE);
}

/* The head of a function whose body is standard SQL, or was: it begins on a line of
 * its own. */
static char *
head_of_function(const struct function *function)
{
    static const char *const begins[] = {"\nBEGIN ATOMIC", "\nRETURN "};
    const char *definition = function->definition;
    if (g_str_has_suffix(definition, "\n" HIDDEN))
        return g_strdup(definition);
    for (size_t i = 0; i < G_N_ELEMENTS(begins); i++) {
        const char *body = strstr(definition, begins[i]);
        if (body != NULL)
            return g_strdup_printf("%.*s\n" HIDDEN, (int)(body - definition), definition);
    }
    return g_strdup(HIDDEN);
}

static char *
without_body(const struct object *object)
{
    const struct function *function = (const struct function *)(const void *)object;
    if (object->kind != &kind_function)
        return g_strdup(HIDDEN);
    g_autofree char *head = function->sql_body == YES ? head_of_function(function)
                                                      : g_strdup(function->definition);
    return structure_of_sql(head);
}

/* ---- facts ---- */

static enum structure_part
part_of(const struct field *field)
{
    static const struct {
        unsigned flags;
        enum structure_part part;
    } parts[] = {
        {ACCESS | WITHHELD, PART_NOTHING},
        {ROUNDED, PART_ROUNDED},
        {BODY, PART_WITHOUT_BODY},
        {LITERALS, PART_WITHOUT_TEXTS},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        if ((field->flags & parts[i].flags) != 0)
            return parts[i].part;
    return PART_WHOLE;
}

/* Whether the list that objects of the kind stand in goes, or one around it. */
static bool
is_withheld(const struct kind *kind)
{
    for (size_t i = 0; all_kinds[i] != NULL; i++)
        for (size_t j = 0; j < all_kinds[i]->field_count; j++) {
            const struct field *field = &all_kinds[i]->fields[j];
            if (field->type == LIST && field->child == kind)
                return part_of(field) == PART_NOTHING || is_withheld(all_kinds[i]);
        }
    return false;
}

enum structure_part
structure_part_of(const struct kind *kind, const struct field *field)
{
    return is_withheld(kind) ? PART_NOTHING : part_of(field);
}

struct narrowed {
    struct arena *arena;
    GHashTable *gone; /* struct object */
};

static void
hide_text(struct arena *arena, const struct object *object, const struct field *field,
          const char **text)
{
    if (*text == NULL)
        return;
    g_autofree char *kept = (field->flags & BODY) != 0 ? without_body(object)
                                                       : structure_of_sql(*text);
    *text = arena_text(arena, kept, -1);
}

/* Of a setting its name stays, and search_path, which holds names of schemas. */
static const char *
hide_name(struct arena *arena, const char *name)
{
    const char *value = strchr(name, '=');
    if (value == NULL)
        return HIDDEN;
    if (g_str_has_prefix(name, "search_path="))
        return name;
    return arena_printf(arena, "%.*s=" HIDDEN, (int)(value - name), name);
}

static void
hide_names(struct arena *arena, struct names *names)
{
    const char **items = arena_array(arena, names->count, sizeof *items);
    for (size_t i = 0; i < names->count; i++)
        items[i] = hide_name(arena, names->items[i]);
    names->items = items;
}

static void
forget(const struct field *field, void *place)
{
    static const size_t sizes[] = {
        [TEXT] = sizeof(const char *), [SQL] = sizeof(const char *), [BOOL] = sizeof(enum truth),
        [NUMBER] = sizeof(int64_t),    [ENUM] = sizeof(unsigned),    [NAMES] = sizeof(struct names),
        [REF] = sizeof(struct ref),    [REFS] = sizeof(struct refs), [LIST] = sizeof(struct list),
    };
    const int64_t unknown = NUMBER_UNKNOWN;
    memset(place, 0, sizes[field->type]);
    if (field->type == NUMBER)
        memcpy(place, &unknown, sizeof unknown);
}

/* To the nearest number with one digit and noughts. */
static void
round_number(int64_t *number)
{
    int64_t unit = 1;
    if (*number == NUMBER_UNKNOWN || *number < 10)
        return;
    while (*number / unit >= 10)
        unit *= 10;
    *number = (*number / unit + (*number % unit >= unit / 2)) * unit;
}

/* What lies in such a list right in the catalog. */
static void
take_items(const struct object *object, const struct field *field, GHashTable *gone)
{
    const struct list *list = field_list(field, object);
    for (size_t i = 0; i < list->count; i++)
        g_hash_table_add(gone, (gpointer)(guintptr)list_item(list, field->child, i));
}

static void
keep_field(const struct narrowed *narrowed, const struct object *object, const struct field *field)
{
    void *place = (char *)(guintptr)object + field->offset;
    switch (part_of(field)) {
    case PART_WHOLE:
        break;
    case PART_WITHOUT_TEXTS:
    case PART_WITHOUT_BODY:
        if (field->type == NAMES)
            hide_names(narrowed->arena, place);
        else
            hide_text(narrowed->arena, object, field, place);
        break;
    case PART_ROUNDED:
        round_number(place);
        break;
    case PART_NOTHING:
        if (field->type == LIST)
            take_items(object, field, narrowed->gone);
        else
            forget(field, place);
        break;
    }
}

static void
keep(const struct object *object, void *data)
{
    for (size_t i = 0; i < object->kind->field_count; i++)
        keep_field(data, object, &object->kind->fields[i]);
}

/* What differs in what is left. */
static void
keep_variant(struct variant *variant)
{
    database_keep_structure(variant->usual);
    database_keep_structure(variant->own);
    g_ptr_array_unref(variant->changes);
    variant->changes = catalog_compare(variant->usual->catalog, variant->own->catalog);
}

bool
database_is_structure(const struct database *database)
{
    return text_equal(database->catalog->publish, MARK);
}

void
database_keep_structure(struct database *database)
{
    database->catalog->publish = MARK;
    struct narrowed narrowed = {database->arena, g_hash_table_new(NULL, NULL)};
    object_walk(database->catalog, keep, &narrowed);
    database->series.count = 0; /* how it grew tells of a business */
    if (database->observations != NULL)
        object_walk(database->observations, keep, &narrowed);
    database_take_out(database, narrowed.gone);
    g_hash_table_unref(narrowed.gone);
    for (size_t i = 0; i < database->alikes.count; i++)
        for (size_t j = 0; j < database->alikes.items[i].variant_count; j++)
            keep_variant(&database->alikes.items[i].variants[j]);
}
