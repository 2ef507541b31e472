/* target.c - connection parameters: from the environment, from a text, and described in words. */
#include "postgres/target.h"
#include "base/failure.h"
#include "base/secret.h"
#include "postgres/connection.h"

#include <libpq-fe.h>
#include <string.h>

struct target *
target_new(void)
{
    struct target *target = g_new0(struct target, 1);
    target->keywords = g_ptr_array_new_with_free_func(g_free);
    target->values = g_ptr_array_new_with_free_func(g_free);
    return target;
}

void
target_free(struct target *target)
{
    if (target == NULL)
        return;
    g_ptr_array_unref(target->keywords);
    g_ptr_array_unref(target->values);
    g_free(target);
}

const char *
target_value(const struct target *target, const char *keyword)
{
    for (guint i = 0; i < target->keywords->len; i++)
        if (g_str_equal(target->keywords->pdata[i], keyword))
            return target->values->pdata[i];
    return NULL;
}

void
target_set(struct target *target, const char *keyword, const char *value)
{
    for (guint i = 0; i < target->keywords->len; i++) {
        if (g_str_equal(target->keywords->pdata[i], keyword)) {
            g_free(target->values->pdata[i]);
            target->values->pdata[i] = g_strdup(value);
            return;
        }
    }
    g_ptr_array_add(target->keywords, g_strdup(keyword));
    g_ptr_array_add(target->values, g_strdup(value));
}

struct target *
target_copy(const struct target *target)
{
    struct target *copy = target_new();
    for (guint i = 0; i < target->keywords->len; i++)
        target_set(copy, target->keywords->pdata[i], target->values->pdata[i]);
    return copy;
}

bool
target_is_empty(const struct target *target)
{
    return target->keywords->len == 0;
}

/* libpq fills in the name of the operating system's user where nobody gave one. */
static bool
is_given(const PQconninfoOption *option)
{
    return option->val != NULL && g_strcmp0(option->val, option->compiled) != 0 &&
           !(g_str_equal(option->keyword, "user") && g_str_equal(option->val, g_get_user_name()));
}

struct target *
target_from_environment(void)
{
    struct target *target = target_new();
    const char *service = g_getenv("PGSERVICE");
    bool resolved = false;
    PQconninfoOption *options = PQconndefaults();
    for (PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++) {
        if (g_str_equal(option->keyword, "service"))
            continue;
        const char *value = option->envvar != NULL ? g_getenv(option->envvar) : NULL;
        /* A service file has put its values here already. */
        if (value == NULL && service != NULL && is_given(option)) {
            value = option->val;
            resolved = true;
        }
        if (value != NULL && *value != '\0')
            target_set(target, option->keyword, value);
    }
    PQconninfoFree(options);
    if (service != NULL && !resolved)
        target_set(target, "service", service); /* libpq will say that it does not know it */
    return target;
}

void
target_clear_environment(void)
{
    g_auto(GStrv) names = g_listenv();
    for (char **name = names; *name != NULL; name++)
        if (g_str_has_prefix(*name, "PG") || g_str_has_suffix(*name, "DATABASE_URL"))
            g_unsetenv(*name);
}

#define ECTO_SCHEME "ecto://"

static bool
is_url(const char *text)
{
    return g_str_has_prefix(text, "postgres://") || g_str_has_prefix(text, "postgresql://") ||
           g_str_has_prefix(text, ECTO_SCHEME);
}

bool
target_is_text(const char *text)
{
    if (is_url(text))
        return true;
    const char *sign = strchr(text, '=');
    if (sign == NULL)
        return false;
    g_autofree char *word = g_strstrip(g_strndup(text, (size_t)(sign - text)));
    bool known = false;
    PQconninfoOption *options = PQconndefaults();
    for (PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++)
        known = known || g_str_equal(option->keyword, word);
    PQconninfoFree(options);
    return known;
}

/* A host in the text makes the environment's address meaningless. */
static void
lay_over(struct target *target, const struct target *defaults, const PQconninfoOption *options)
{
    bool names_host = false;
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
        names_host = names_host || (option->val != NULL && g_str_equal(option->keyword, "host"));
    for (guint i = 0; defaults != NULL && i < defaults->keywords->len; i++)
        if (!names_host || !g_str_equal(defaults->keywords->pdata[i], "hostaddr"))
            target_set(target, defaults->keywords->pdata[i], defaults->values->pdata[i]);
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
        if (option->val != NULL)
            target_set(target, option->keyword, option->val);
}

struct target *
target_parse(const char *text, const struct target *defaults, GError **error)
{
    char *complaint = NULL;
    g_autofree char *url = g_str_has_prefix(text, ECTO_SCHEME)
                               ? g_strconcat("postgresql://", text + strlen(ECTO_SCHEME), NULL)
                               : NULL;
    PQconninfoOption *options = PQconninfoParse(url != NULL ? url : text, &complaint);
    if (options == NULL) {
        g_strchomp(complaint);
        failure_set(error, FAILURE_USAGE,
                    "this is not a connection string (%s). Write postgresql://host/database or "
                    "\"host=… dbname=…\".",
                    complaint);
        PQfreemem(complaint);
        return NULL;
    }
    struct target *target = target_new();
    lay_over(target, defaults, options);
    PQconninfoFree(options);
    return target;
}

char *
target_describe(const struct target *target)
{
    const char *database = target_value(target, "dbname");
    const char *host = target_value(target, "host");
    const char *port = target_value(target, "port");
    const char *user = target_value(target, "user");
    GString *words = g_string_new(database != NULL ? database : "the default database");
    g_string_append_printf(words, " on %s", host != NULL ? host : "this machine");
    if (port != NULL)
        g_string_append_printf(words, ":%s", port);
    if (user != NULL)
        g_string_append_printf(words, " as %s", user);
    char *safe = secret_mask(words->str); /* dbname may hold a whole connection string */
    g_string_free(words, TRUE);
    return safe;
}
