/* refusal.c - dumps name roles, tablespaces and wrappers that do not exist here, and hold
 * statements that only a superuser may run. The server's error tells which; it cannot be misread as
 * a parser of our own might be, and finds names in dynamic SQL too. lc_messages is C, and foreign
 * SQL cannot change it. */
#include "source/refusal.h"

#include <string.h>

#define UNDEFINED_OBJECT       "42704"
#define INSUFFICIENT_PRIVILEGE "42501"
#define DUPLICATE_SCHEMA       "42P06"

#define ROLE 0

/* Messages about a missing thing: what stands between the two is its name. */
static const struct {
    const char *before;
    const char *after;
    enum stand_in what;
    const char *word;
} missing[] = {
    [ROLE] = {"role \"", "\" does not exist", STAND_IN_ROLE, "role"},
    {"tablespace \"", "\" does not exist", STAND_IN_TABLESPACE, "tablespace"},
    {"foreign-data wrapper \"", "\" does not exist", STAND_IN_WRAPPER, "foreign-data wrapper"},
    {"collation \"pg_catalog.", "\" for encoding \"UTF8\" does not exist", STAND_IN_COLLATION,
     "collation"},
    {"collation \"", "\" for encoding \"UTF8\" does not exist", STAND_IN_COLLATION, "collation"},
};

static char *
name_in(const char *message, const char *before, const char *after)
{
    size_t length = strlen(message);
    size_t around = strlen(before) + strlen(after);
    if (length <= around || !g_str_has_prefix(message, before) || !g_str_has_suffix(message, after))
        return NULL;
    return g_strndup(message + strlen(before), length - around);
}

static bool
has_state(const struct loader *loader, const char *state)
{
    return g_str_equal(loader->refused.state, state);
}

/* Makes it once; a second refusal for the same name is an error. */
static enum remedy
make_stand_in(struct loader *loader, size_t kind, const char *name, GError **error)
{
    g_autofree char *key = g_strdup_printf("%s %s", missing[kind].word, name);
    if (g_hash_table_contains(loader->stand_ins, key) ||
        !cluster_make_stand_in(loader->cluster, loader->database, missing[kind].what, name, NULL))
        return REMEDY_NONE;
    g_hash_table_add(loader->stand_ins, g_steal_pointer(&key));
    remarks_add_stand_in(loader->remarks, missing[kind].word, name);
    return loader_look_again(loader, error) ? REMEDY_RETRY : REMEDY_STOP;
}

static size_t
find_missing(const char *message, char **name)
{
    size_t i = 0;
    for (; i < G_N_ELEMENTS(missing); i++)
        if ((*name = name_in(message, missing[i].before, missing[i].after)) != NULL)
            break;
    return i;
}

bool
refusal_names_missing(const struct server_error *refused, enum stand_in *what, char **name)
{
    *name = NULL;
    size_t kind = G_N_ELEMENTS(missing);
    if (g_str_equal(refused->state, UNDEFINED_OBJECT))
        kind = find_missing(refused->message, name);
    if (kind == G_N_ELEMENTS(missing))
        return false;
    *what = missing[kind].what;
    return true;
}

static enum remedy
supply_missing(struct loader *loader, GError **error)
{
    g_autofree char *name = NULL;
    size_t kind = find_missing(loader->refused.message, &name);
    return name != NULL ? make_stand_in(loader, kind, name, error) : REMEDY_NONE;
}

static enum remedy
leave(struct loader *loader, const struct refusal *refusal, enum reason reason)
{
    remarks_add(loader->remarks, reason, refusal->place, refusal->sql, loader->refused.message);
    return REMEDY_LEAVE;
}

/* DO $$ … CREATE ROLE app … $$ usually asks first whether the role exists. */
enum remedy
refusal_supply_roles(struct loader *loader, const char *sql, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    treatment_find_roles(sql, names);
    enum remedy remedy = REMEDY_NONE;
    for (guint i = 0; remedy != REMEDY_STOP && i < names->len; i++) {
        enum remedy one = make_stand_in(loader, ROLE, names->pdata[i], error);
        remedy = one == REMEDY_NONE ? remedy : one;
    }
    return remedy;
}

static char *
literal_or(const char *text, const char *otherwise)
{
    return text != NULL ? sql_quote_literal(text) : g_strdup(otherwise);
}

char *
refusal_extension_call(const char *sql)
{
    struct extension_request request;
    extension_request_read(sql, &request);
    g_autofree char *name = literal_or(request.name, "NULL");
    g_autofree char *schema = literal_or(request.schema,
                                         "pg_catalog.current_schema()::pg_catalog.text");
    g_autofree char *version = literal_or(request.version, "NULL");
    char *call = g_strdup_printf("SELECT pg_catalog.dbdoc_create_extension(%s, %s, %s, %s)", name,
                                 schema, version, request.cascade ? "true" : "false");
    extension_request_clear(&request);
    return call;
}

/* dbdoc's own function makes some extensions that the login may not. */
static enum remedy
create_extension(struct loader *loader, const struct refusal *refusal, GError **error)
{
    static const enum remedy remedies[] = {
        [RUN_DONE] = REMEDY_LEAVE, [RUN_REFUSED] = REMEDY_NONE, [RUN_STOPPED] = REMEDY_STOP};
    g_autofree char *call = refusal_extension_call(refusal->sql);
    return remedies[loader_run(loader, TREAT_RUN, call, NULL, error)];
}

static enum remedy
leave_extension(struct loader *loader, const struct refusal *refusal)
{
    return leave(loader, refusal,
                 has_state(loader, INSUFFICIENT_PRIVILEGE) ? REASON_SUPERUSER : REASON_EXTENSION);
}

bool
refusal_lacks_extension(const struct server_error *refused)
{
    static const char *const states[] = {"0A000", "58P01", UNDEFINED_OBJECT, "55000"};
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
        if (g_str_equal(refused->state, states[i]))
            return true;
    return false;
}

static bool
is_undefined(const struct loader *loader)
{
    static const char *const states[] = {UNDEFINED_OBJECT, "42P01", "42703", "42883", "3F000"};
    for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
        if (has_state(loader, states[i]))
            return true;
    return false;
}

/* Newer versions of pg_dump set what older servers do not know: nobody need hear of these. */
static bool
is_newer_setting(const struct loader *loader)
{
    static const char message[] = "unrecognized configuration parameter \"transaction_timeout\"";
    return g_str_equal(loader->refused.message, message);
}

static enum remedy
remedy_by_treatment(struct loader *loader, const struct refusal *refusal)
{
    switch (refusal->treatment) {
    case TREAT_SETTING:
        return is_newer_setting(loader) ? REMEDY_LEAVE : leave(loader, refusal, REASON_SETTING);
    case TREAT_DROP:
        return is_undefined(loader) ? leave(loader, refusal, REASON_DROP) : REMEDY_NONE;
    case TREAT_ABOUT:
        return is_undefined(loader) && remarks_tell_of_objects(loader->remarks)
                   ? leave(loader, refusal, REASON_ABOUT)
                   : REMEDY_NONE;
    case TREAT_EXTENSION:
        return refusal_lacks_extension(&loader->refused) ||
                       has_state(loader, INSUFFICIENT_PRIVILEGE)
                   ? leave_extension(loader, refusal)
                   : REMEDY_NONE;
    case TREAT_EXTENSION_COMMENT:
        return REMEDY_LEAVE; /* of one that was left out, or of PostgreSQL's own */
    case TREAT_SCHEMA:
        return has_state(loader, DUPLICATE_SCHEMA) ? REMEDY_LEAVE : REMEDY_NONE;
    case TREAT_RUN:
    case TREAT_TRANSACTION:
    case TREAT_NOTHING:
    case TREAT_ROLE:
    case TREAT_DATABASE:
    case TREAT_DATABASE_COMMENT:
        break;
    }
    return REMEDY_NONE;
}

/* In CREATE FUNCTION, and in CREATE LANGUAGE, which creates an extension. */
static bool
language_is_missing(const struct loader *loader)
{
    const char *message = loader->refused.message;
    g_autofree char *language = name_in(message, "language \"", "\" does not exist");
    g_autofree char *extension = name_in(message, "extension \"", "\" is not available");
    return language != NULL || extension != NULL;
}

/* Refusals of everybody but superusers that do not say so. */
static bool
lacks_superuser(const struct loader *loader)
{
    static const char internal[] = "aggregate transition data type cannot be internal";
    return has_state(loader, INSUFFICIENT_PRIVILEGE) ||
           g_str_equal(loader->refused.message, internal);
}

/* Only a superuser may call a function leakproof; without that word it is worth having. */
static enum remedy
drop_leakproof(struct loader *loader, struct refusal *refusal)
{
    static const char message[] = "only superuser can define a leakproof function";
    if (refusal->amended != NULL || !g_str_equal(loader->refused.message, message))
        return REMEDY_NONE;
    leave(loader, refusal, REASON_LEAKPROOF);
    refusal->amended = treatment_drop_word(refusal->sql, "leakproof");
    return REMEDY_RETRY;
}

enum remedy
refusal_remedy(struct loader *loader, struct refusal *refusal, GError **error)
{
    enum remedy remedy = REMEDY_NONE;
    if (has_state(loader, UNDEFINED_OBJECT))
        remedy = supply_missing(loader, error);
    else if (has_state(loader, INSUFFICIENT_PRIVILEGE))
        remedy = refusal->treatment == TREAT_EXTENSION
                     ? create_extension(loader, refusal, error)
                     : refusal_supply_roles(loader, refusal->sql, error);
    if (remedy == REMEDY_NONE)
        remedy = drop_leakproof(loader, refusal);
    if (remedy == REMEDY_NONE)
        remedy = remedy_by_treatment(loader, refusal);
    if (remedy == REMEDY_NONE && lacks_superuser(loader))
        remedy = leave(loader, refusal, REASON_SUPERUSER);
    if (remedy == REMEDY_NONE && language_is_missing(loader))
        remedy = leave(loader, refusal, REASON_LANGUAGE);
    return remedy;
}
