/* placing.c - the field tables say which texts are SQL; what is left is told by a fact's name. */
#include "catalog/placing.h"

#include "base/sql_lexer.h"
#include "base/text.h"
#include "catalog/address.h"

#include <string.h>

/* Within a function, strings may be statements. */
enum ground { GROUND_SQL, GROUND_BODY };

/* A text that is copied token by token. */
struct moving {
    const struct placing *placing;
    enum ground ground;
    GString *text;
    bool qualified; /* the last token was a point */
    bool searching; /* in the list of a search_path */
};

static void move_sql(const struct placing *placing, enum ground ground, const char *sql,
                     GString *text);

static void
put(const struct moving *moving, const struct sql_token *token)
{
    g_string_append_len(moving->text, token->text, (gssize)token->length);
}

static void
move_within(const struct moving *moving, enum ground ground, const struct sql_token *token,
            size_t margin)
{
    g_autofree char *inner = g_strndup(token->text + margin, token->length - 2 * margin);
    g_string_append_len(moving->text, token->text, (gssize)margin);
    move_sql(moving->placing, ground, inner, moving->text);
    g_string_append_len(moving->text, token->text, (gssize)margin);
}

/* "$tag$" */
static size_t
tag_length(const struct sql_token *token)
{
    const char *end = *token->text == '$' ? memchr(token->text + 1, '$', token->length - 1) : NULL;
    size_t length = end == NULL ? 0 : (size_t)(end - token->text) + 1;
    return token->length >= 2 * length ? length : 0;
}

/* 'schema.name'::regclass */
static bool
is_cast_to_name(const char *rest)
{
    struct sql_token token;
    return sql_next_word(&rest, &token) && token.kind == SQL_CAST && sql_next_word(&rest, &token) &&
           token.length > 3 && g_ascii_strncasecmp(token.text, "reg", 3) == 0;
}

static void
move_string(const struct moving *moving, const struct sql_token *token, const char *rest)
{
    const struct placing *placing = moving->placing;
    size_t tag = tag_length(token);
    bool plain = token->length >= 2 && *token->text == '\'';
    bool whole = plain && token->length == strlen(placing->from) + 2 &&
                 strncmp(token->text + 1, placing->from, token->length - 2) == 0;
    if (tag > 0)
        move_within(moving, GROUND_BODY, token, tag);
    else if (moving->searching && whole)
        g_string_append_printf(moving->text, "'%s'", placing->to);
    else if (plain && (moving->ground == GROUND_BODY || is_cast_to_name(rest)))
        move_within(moving, moving->ground, token, 1);
    else
        put(moving, token);
}

static bool
goes_on_searching(const struct moving *moving, const struct sql_token *token)
{
    return sql_is_word(token, "search_path") ||
           (moving->searching && (token->kind != SQL_PUNCTUATION || sql_is_sign(token, ',')));
}

static void
move_sql(const struct placing *placing, enum ground ground, const char *sql, GString *text)
{
    struct moving moving = {.placing = placing, .ground = ground, .text = text};
    struct sql_token token;
    for (const char *rest = sql; sql_next(&rest, &token);) {
        moving.searching = goes_on_searching(&moving, &token);
        bool names_schema = !moving.qualified && (*rest == '.' || moving.searching) &&
                            sql_is_name(&token, placing->from);
        if (names_schema)
            address_append_name(text, placing->to);
        else if (token.kind == SQL_STRING)
            move_string(&moving, &token, rest);
        else
            put(&moving, &token);
        moving.qualified = sql_is_sign(&token, '.');
    }
}

static char *
place_sql(const struct placing *placing, const char *sql)
{
    if (strstr(sql, placing->from) == NULL && strchr(placing->from, '"') == NULL)
        return g_strdup(sql);
    GString *text = g_string_new(NULL);
    move_sql(placing, GROUND_SQL, sql, text);
    return g_string_free(text, FALSE);
}

static char *
place_name(const struct placing *placing, const char *name)
{
    return g_strdup(g_str_equal(name, placing->from) ? placing->to : name);
}

static bool
sets_off(char sign)
{
    return sign == '_' || sign == '-' || sign == '.';
}

static char *
place_role(const struct placing *placing, const char *role)
{
    size_t whole = strlen(role);
    size_t part = strlen(placing->from);
    if (whole <= part)
        return place_name(placing, role);
    if (g_str_has_prefix(role, placing->from) && sets_off(role[part]))
        return g_strconcat(placing->to, role + part, NULL);
    if (g_str_has_suffix(role, placing->from) && sets_off(role[whole - part - 1]))
        return g_strdup_printf("%.*s%s", (int)(whole - part), role, placing->to);
    return g_strdup(role);
}

/* "app: SELECT"; PUBLIC and OWNER are in capitals, which as names would have quotes. */
static char *
place_grant(const struct placing *placing, const char *grant)
{
    const char *rest = grant;
    struct sql_token token;
    if (!sql_next(&rest, &token) || g_ascii_isupper(*grant))
        return g_strdup(grant);
    g_autofree char *role = sql_identifier(&token);
    g_autofree char *placed = place_role(placing, role);
    GString *text = g_string_new(NULL);
    address_append_name(text, placed);
    g_string_append(text, rest);
    return g_string_free(text, FALSE);
}

static char *
keep(const struct placing *placing, const char *text)
{
    (void)placing;
    return g_strdup(text);
}

/* "tables in SCHEMA made by ROLE" */
static char *
default_privileges_name(const struct placing *placing, const struct default_privileges *defaults)
{
    const char *tail = defaults->name + strlen(defaults->objects) + strlen(" in ") +
                       strlen(placing->from);
    g_autofree char *role = defaults->role == NULL ? NULL : place_role(placing, defaults->role);
    return role == NULL
               ? g_strdup_printf("%s in %s%s", defaults->objects, placing->to, tail)
               : g_strdup_printf("%s in %s made by %s", defaults->objects, placing->to, role);
}

/* Facts that are neither SQL nor names in it. */
static const struct {
    const char *fact;
    char *(*place)(const struct placing *placing, const char *text);
} ways[] = {
    {"name", keep},       {"comment", keep},       {"schema", place_name}, {"owner", place_role},
    {"role", place_role}, {"grants", place_grant}, {"roles", place_role},  {"objects", keep},
};

static char *
place_text(const struct placing *placing, const struct field *field, const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
        if (g_str_equal(ways[i].fact, field->name))
            return ways[i].place(placing, text);
    return field->type == NAMES ? g_strdup(text) : place_sql(placing, text);
}

static char *
place_own_text(const struct placing *placing, const struct field *field,
               const struct object *object)
{
    const char *text = field_text(field, object);
    if ((field->flags & KEY) != 0 && object->kind == &kind_schema)
        return place_name(placing, text);
    if ((field->flags & KEY) != 0 && object->kind == &kind_default_privileges)
        return default_privileges_name(placing, (const void *)object);
    return text == NULL ? NULL : place_text(placing, field, text);
}

char *
placing_path(const struct placing *placing, const char *path)
{
    return place_sql(placing, path);
}

static struct ref
place_ref(const struct placing *placing, const struct ref *ref)
{
    g_autofree char *path = ref->path == NULL ? NULL : placing_path(placing, ref->path);
    return (struct ref){.path = arena_intern(placing->arena, path)};
}

static struct refs
place_refs(const struct placing *placing, const struct refs *refs)
{
    struct refs placed = {refs->count,
                          arena_array(placing->arena, refs->count, sizeof(struct ref))};
    for (size_t i = 0; i < refs->count; i++)
        placed.items[i] = place_ref(placing, &refs->items[i]);
    return placed;
}

static struct names
place_names(const struct placing *placing, const struct field *field, const struct names *names)
{
    struct names placed = {names->count,
                           arena_array(placing->arena, names->count, sizeof(const char *))};
    for (size_t i = 0; i < names->count; i++) {
        g_autofree char *name = place_text(placing, field, names->items[i]);
        placed.items[i] = arena_intern(placing->arena, name);
    }
    return placed;
}

static struct list
place_list(const struct placing *placing, const struct kind *kind, const struct list *list)
{
    struct list placed = {list->count, arena_array(placing->arena, list->count, kind->size)};
    for (size_t i = 0; i < list->count; i++)
        placing_copy(placing, list_item(list, kind, i), (char *)placed.items + i * kind->size);
    return placed;
}

/* What the copy does not have already. */
static void
place_fact(const struct placing *placing, const struct field *field, const struct object *object,
           void *place)
{
    if (field->type == TEXT || field->type == SQL) {
        g_autofree char *text = place_own_text(placing, field, object);
        *(const char **)place = arena_intern(placing->arena, text);
    } else if (field->type == NAMES) {
        *(struct names *)place = place_names(placing, field, field_names(field, object));
    } else if (field->type == REF) {
        *(struct ref *)place = place_ref(placing, field_ref(field, object));
    } else if (field->type == REFS) {
        *(struct refs *)place = place_refs(placing, field_refs(field, object));
    } else if (field->type == LIST) {
        *(struct list *)place = place_list(placing, field->child, field_list(field, object));
    }
}

void
placing_copy(const struct placing *placing, const struct object *object, void *copy)
{
    memcpy(copy, object, object->kind->size);
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        place_fact(placing, field, object, (char *)copy + field->offset);
    }
}
