/* type_name.c - longer names first; what follows the name (length, array) stays. */
#include "catalog/type_name.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *name;
    const char *behind; /* what must stand behind the modifier; NULL: nothing */
    const char *alias;
} aliases[] = {
    {"character varying", NULL, "varchar"},
    {"timestamp", " without time zone", "timestamp"},
    {"timestamp", " with time zone", "timestamptz"},
    {"time", " without time zone", "time"},
    {"time", " with time zone", "timetz"},
    {"character", NULL, "char"},
    {"bit varying", NULL, "varbit"},
};

/* Length of "(…)" at the text; 0 for none, and for one that does not end. */
static size_t
modifier_length(const char *text)
{
    const char *end = *text == '(' ? strchr(text, ')') : NULL;
    return end != NULL ? (size_t)(end - text) + 1 : 0;
}

char *
type_alias(const char *type)
{
    for (size_t i = 0; i < G_N_ELEMENTS(aliases); i++) {
        if (!g_str_has_prefix(type, aliases[i].name))
            continue;
        const char *modifier = type + strlen(aliases[i].name);
        size_t length = modifier_length(modifier);
        const char *rest = modifier + length;
        if (aliases[i].behind != NULL && !g_str_has_prefix(rest, aliases[i].behind))
            continue;
        rest += aliases[i].behind != NULL ? strlen(aliases[i].behind) : 0;
        if (*rest == '\0' || *rest == '[')
            return g_strdup_printf("%s%.*s%s", aliases[i].alias, (int)length, modifier, rest);
    }
    return g_strdup(type);
}
