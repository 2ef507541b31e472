/* signature.c - the words that PostgreSQL's manual, table "Data Types", gives as aliases. */
#include "catalog/signature.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const struct {
    const char *alias;
    const char *name; /* as format_type() prints it */
} type_names[] = {
    {"bool", "boolean"},
    {"char", "character"},
    {"decimal", "numeric"},
    {"float", "double precision"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"int", "integer"},
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"time", "time without time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
};

static void
append_type(GString *list, const char *type, size_t length)
{
    g_autofree char *name = g_strstrip(g_strndup(type, length));
    size_t bare = strlen(name);
    while (bare >= 2 && strncmp(name + bare - 2, "[]", 2) == 0)
        bare -= 2;
    if (list->len > 0)
        g_string_append(list, ", ");
    for (size_t i = 0; i < G_N_ELEMENTS(type_names); i++) {
        if (strlen(type_names[i].alias) == bare &&
            g_ascii_strncasecmp(type_names[i].alias, name, bare) == 0) {
            g_string_append(list, type_names[i].name);
            g_string_append(list, name + bare);
            return;
        }
    }
    g_string_append(list, name);
}

char *
signature_normalize(const char *arguments)
{
    GString *list = g_string_new(NULL);
    const char *start = arguments;
    bool quoted = false;
    for (const char *c = arguments;; c++) {
        quoted ^= *c == '"';
        if (*c != '\0' && (*c != ',' || quoted))
            continue;
        append_type(list, start, (size_t)(c - start));
        if (*c == '\0')
            break;
        start = c + 1;
    }
    return g_string_free(list, FALSE);
}
