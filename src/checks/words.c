/* words.c - names cut into words. */
#include "checks/words.h"

#include "checks/run.h"

#include <string.h>

/* The word at `*cursor` in lower case, which moves behind it; NULL at the end of the name. */
static char *
next_word(const char **cursor)
{
    const char *start = *cursor + strspn(*cursor, "_ -.");
    const char *end = start;
    while (*end != '\0' && strchr("_ -.", *end) == NULL &&
           !(end > start && g_ascii_isupper(*end) && g_ascii_islower(end[-1])))
        end++;
    *cursor = end;
    return end == start ? NULL : g_ascii_strdown(start, end - start);
}

bool
name_has_word(const char *name, const char *const *words)
{
    for (;;) {
        g_autofree char *word = next_word(&name);
        if (word == NULL)
            return false;
        if (g_strv_contains(words, word))
            return true;
    }
}

bool
name_ends_with_word(const char *name, const char *const *words)
{
    g_autofree char *last = NULL;
    for (char *word = next_word(&name); word != NULL; word = next_word(&name)) {
        g_free(last);
        last = word;
    }
    return last != NULL && g_strv_contains(words, last);
}

bool
name_is_of_clear_secret(const char *name)
{
    static const char *const secrets[] = {"password", "passwd", "secret", "ssn",      "iban",
                                          "cvv",      "cvc",    "pin",    "passport", NULL};
    static const char *const kept[] = {
        "hash",  "hashed",  "digest", "encrypted", "id",      "at",   "on",      "count",
        "reset", "changed", "policy", "type",      "expires", "salt", "version", NULL};
    return name_has_word(name, secrets) && !name_has_word(name, kept);
}

bool
column_is_text(const struct column *column)
{
    const char *type = column_base_type(column);
    return !g_str_has_suffix(type, "[]") &&
           (g_str_equal(type, "text") || g_str_has_prefix(type, "character") ||
            g_str_has_suffix(type, "citext"));
}
