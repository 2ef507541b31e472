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

static const char *
target_get(const struct target *target, const char *keyword)
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

bool
target_is_empty(const struct target *target)
{
    return target->keywords->len == 0;
}

struct target *
target_from_environment(void)
{
    struct target *target = target_new();
    PQconninfoOption *options = PQconndefaults();
    for (PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++) {
        const char *value = option->envvar != NULL ? g_getenv(option->envvar) : NULL;
        /* A service file has put its values here already. */
        if (value == NULL && g_getenv("PGSERVICE") != NULL && option->val != NULL &&
            g_strcmp0(option->val, option->compiled) != 0 && !g_str_equal(option->keyword, "user"))
            value = option->val;
        if (value != NULL && !g_str_equal(option->keyword, "service"))
            target_set(target, option->keyword, value);
    }
    PQconninfoFree(options);
    return target;
}

bool
target_is_text(const char *text)
{
    return g_str_has_prefix(text, "postgres://") || g_str_has_prefix(text, "postgresql://") ||
           (strchr(text, '=') != NULL && strchr(text, '/') != text);
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
    PQconninfoOption *options = PQconninfoParse(text, &complaint);
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
    const char *database = target_get(target, "dbname");
    const char *host = target_get(target, "host");
    const char *port = target_get(target, "port");
    const char *user = target_get(target, "user");
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
