/* remarks.c - groups what would fill the screen: the first of each kind stands for all. */
#include "source/remarks.h"

#include "base/secret.h"
#include "base/sql_lexer.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

#define EXCERPT_LENGTH 80
#define LISTED         20 /* remarks of one reason, or stand-ins, that are told one by one */

enum telling { ONE_BY_ONE, ONCE };

static const struct {
    enum telling telling;
    const char *words;
} reasons[REASON_COUNT] = {
    [REASON_ERROR] = {ONE_BY_ONE, "failed and was left out"},
    [REASON_SUPERUSER] = {ONE_BY_ONE, "needs a superuser and was left out"},
    [REASON_LEAKPROOF] = {ONE_BY_ONE, "was loaded without LEAKPROOF"},
    [REASON_OPAQUE] = {ONE_BY_ONE, "it is not known what this sends, so that it was left out"},
    [REASON_HISTORY] = {ONCE, "what the tool writes about it was refused and left out"},
    [REASON_COMMAND] = {ONE_BY_ONE, "dbdoc does not run this psql command"},
    [REASON_COPY] = {ONCE, "dbdoc loads no data from other files"},
    [REASON_EXTENSION] = {ONE_BY_ONE,
                          "the extension cannot be had on this machine and was left out"},
    [REASON_LANGUAGE] = {ONE_BY_ONE, "the language cannot be had on this machine; left out"},
    [REASON_ABOUT] = {ONCE, "what it is about is not there; left out"},
    [REASON_SETTING] = {ONE_BY_ONE, "the setting was left out"},
    [REASON_DROP] = {ONCE, "there is nothing to drop"},
    [REASON_ROLE] = {ONCE, "roles are only known by name, so that this was left out"},
    [REASON_DATABASE] = {ONCE,
                         "everything goes into one throw-away database, so that this was left "
                         "out"},
};

struct tally {
    guint count;
    GPtrArray *lines; /* char *, the first LISTED ones */
};

struct remarks {
    struct tally tallies[REASON_COUNT];
    GPtrArray *stand_ins; /* char *: "role app" */
};

struct remarks *
remarks_new(void)
{
    struct remarks *remarks = g_new0(struct remarks, 1);
    for (size_t i = 0; i < REASON_COUNT; i++)
        remarks->tallies[i].lines = g_ptr_array_new_with_free_func(g_free);
    remarks->stand_ins = g_ptr_array_new_with_free_func(g_free);
    return remarks;
}

void
remarks_free(struct remarks *remarks)
{
    for (size_t i = 0; i < REASON_COUNT; i++)
        g_ptr_array_unref(remarks->tallies[i].lines);
    g_ptr_array_unref(remarks->stand_ins);
    g_free(remarks);
}

/* Comments and white space before the first word say nothing about what is run. */
static const char *
first_word(const char *statement)
{
    const char *cursor = statement;
    struct sql_token token;
    return sql_next_word(&cursor, &token) ? token.text : statement;
}

/* White space of any kind and length becomes one space; what is longer ends with an ellipsis. */
static char *
squeeze(const char *text)
{
    GString *line = g_string_new(NULL);
    glong length = 0;
    bool in_space = true;
    const char *c = text;
    for (; *c != '\0' && length < EXCERPT_LENGTH; c = g_utf8_next_char(c)) {
        bool is_space = strchr(" \t\n", *c) != NULL;
        if (is_space && in_space)
            continue;
        g_string_append_len(line, is_space ? " " : c, is_space ? 1 : g_utf8_next_char(c) - c);
        in_space = is_space;
        length++;
    }
    char *squeezed = g_strchomp(g_string_free(line, FALSE));
    if (c[strspn(c, " \t\n;")] != '\0') {
        char *cut = g_strconcat(squeezed, " …", NULL);
        g_free(squeezed);
        return cut;
    }
    if (g_str_has_suffix(squeezed, ";"))
        squeezed[strlen(squeezed) - 1] = '\0';
    return g_strchomp(squeezed);
}

char *
statement_excerpt(const char *statement)
{
    g_autofree char *start = g_strndup(first_word(statement), 8 * EXCERPT_LENGTH);
    g_autofree char *safe = secret_mask(start);
    g_autofree char *clean = text_clean(safe);
    return squeeze(clean);
}

void
remarks_add(struct remarks *remarks, enum reason reason, const struct place *place,
            const char *statement, const char *words)
{
    struct tally *tally = &remarks->tallies[reason];
    tally->count++;
    if (tally->count > (reasons[reason].telling == ONCE ? 1 : LISTED))
        return;
    g_autofree char *excerpt = statement_excerpt(statement);
    g_autofree char *said = words != NULL ? g_strdup_printf(" (%s)", words) : g_strdup("");
    g_autofree char *line = g_strdup_printf("%s:%u: %s: %s%s", place->file, place->line, excerpt,
                                            reasons[reason].words, said);
    g_ptr_array_add(tally->lines, secret_mask(line));
}

bool
remarks_tell_of_objects(const struct remarks *remarks)
{
    static const enum reason lost[] = {REASON_ERROR, REASON_SUPERUSER, REASON_EXTENSION,
                                       REASON_LANGUAGE, REASON_OPAQUE};
    for (size_t i = 0; i < G_N_ELEMENTS(lost); i++)
        if (remarks->tallies[lost[i]].count > 0)
            return true;
    return false;
}

void
remarks_add_stand_in(struct remarks *remarks, const char *what, const char *name)
{
    g_autofree char *clean = text_clean(name);
    g_ptr_array_add(remarks->stand_ins, g_strdup_printf("%s %s", what, clean));
}

static int
compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
finish_stand_ins(const struct remarks *remarks, GPtrArray *warnings)
{
    if (remarks->stand_ins->len == 0)
        return;
    g_autoptr(GString) names = g_string_new(NULL);
    g_ptr_array_sort(remarks->stand_ins, compare_texts);
    guint listed = MIN(remarks->stand_ins->len, LISTED);
    for (guint i = 0; i < listed; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               (const char *)remarks->stand_ins->pdata[i]);
    if (remarks->stand_ins->len > listed)
        g_string_append_printf(names, " and %u more", remarks->stand_ins->len - listed);
    g_ptr_array_add(warnings, g_strdup_printf("known by name only, because the SQL does not make "
                                              "them or only a superuser may: %s",
                                              names->str));
}

static void
finish_tally(const struct tally *tally, GPtrArray *warnings)
{
    for (guint i = 0; i < tally->lines->len; i++) {
        bool more = i + 1 == tally->lines->len && tally->count > tally->lines->len;
        g_autofree char *rest = more ? g_strdup_printf("; and %u more like this",
                                                       tally->count - tally->lines->len)
                                     : g_strdup("");
        g_ptr_array_add(warnings, g_strconcat((const char *)tally->lines->pdata[i], rest, NULL));
    }
}

void
remarks_finish(const struct remarks *remarks, GPtrArray *warnings)
{
    for (size_t i = 0; i < REASON_COUNT; i++)
        finish_tally(&remarks->tallies[i], warnings);
    finish_stand_ins(remarks, warnings);
}
