/* migration_comments.c - comments above a statement of a migration that say of an index what its
 * statement does not make it. Hints: a comment may speak of another index. */
#include "base/secret_sql.h"
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/families.h"
#include "migrations/comments.h"

#include <string.h>

/* What a comment says, and the word of SQL without which it is not so. */
static const struct {
    const char *said; /* in small letters */
    const char *word;
    const char *advice;
} claims[] = {
    {"partial index", "where",
     "Add the condition (`where:` of `index/3`), or correct the comment: this index holds every "
     "row."},
    {"covering index", "include",
     "Add the columns (`include:` of `index/3`), or correct the comment: this index holds its keys "
     "alone."},
    {"unique index", "unique",
     "Make it unique (`unique_index/3`), or correct the comment: this index lets the same value in "
     "twice."},
};

/* The comment of the statement at that line of the source, as one line. Free it. */
static char *
comment_at(char *const *lines, unsigned place)
{
    unsigned start = 0;
    unsigned end = 0;
    comment_of_statement(lines, place, &start, &end);
    GString *text = g_string_new(NULL);
    for (unsigned i = start; i < end; i++)
        g_string_append_printf(text, "%s%s", i > start ? " " : "", comment_words(lines[i]));
    return g_string_free(text, FALSE);
}

/* "not a partial index", "no unique index": the comment says the opposite. */
static bool
is_denied(const char *comment, const char *said)
{
    g_autofree char *before = g_strndup(comment, (gsize)(said - comment));
    return strstr(before, "not ") != NULL || strstr(before, "no ") != NULL ||
           g_str_has_suffix(before, "non-") || strstr(before, "instead") != NULL;
}

static bool
makes_index(const char *sql)
{
    struct sql_token token;
    if (!sql_next_word(&sql, &token) || !sql_is_word(&token, "create") ||
        !sql_next_word(&sql, &token))
        return false;
    return sql_is_word(&token, "index") ||
           (sql_is_word(&token, "unique") && sql_next_word(&sql, &token) &&
            sql_is_word(&token, "index"));
}

static bool
has_word(const char *sql, const char *word)
{
    struct sql_token token;
    while (sql_next_word(&sql, &token))
        if (sql_is_word(&token, word))
            return true;
    return false;
}

static void
report(struct check_run *run, const struct migration *migration, const struct migration_step *step,
       const char *comment, size_t claim)
{
    struct finding *finding = check_report_migration(
        run, migration, "A comment speaks of a %s, and it is none", claims[claim].said);
    g_autofree char *safe = secret_mask_sql(step->sql, SECRET_FOR_READING);
    finding->strength = STRENGTH_HINT;
    finding->file = step->file;
    finding->line = step->line;
    check_evidence(run, finding, "Comment", comment);
    check_evidence(run, finding, "Statement", safe);
    check_detail(run, finding, "Who reads the comment trusts an index that is not there.");
    check_advice(run, finding, "%s", claims[claim].advice);
}

static void
look_at_step(struct check_run *run, const struct migration *migration,
             const struct migration_step *step, const char *comment)
{
    g_autofree char *small = g_ascii_strdown(comment, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(claims); i++) {
        const char *said = strstr(small, claims[i].said);
        if (said == NULL || has_word(step->sql, claims[i].word) || is_denied(small, said))
            continue;
        report(run, migration, step, comment, i);
        return;
    }
}

static void
look_at_source(struct check_run *run, const struct migration *migration,
               const struct migration_source *source)
{
    if (strcasestr(source->text, " index") == NULL)
        return;
    g_auto(GStrv) lines = g_strsplit(source->text, "\n", -1);
    unsigned end = source->line + g_strv_length(lines);
    for (size_t i = 0; i < migration->up.count; i++) {
        const struct migration_step *step = &migration->up.steps[i];
        if (step->kind != STEP_SQL || !text_equal(step->file, source->file) ||
            step->line < source->line || step->line >= end || !makes_index(step->sql))
            continue;
        g_autofree char *comment = comment_at(lines, step->line - source->line);
        look_at_step(run, migration, step, comment);
    }
}

static void
look_at_migration(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct migration *migration = evidence->migration;
    for (size_t i = 0; i < migration->source_count; i++)
        look_at_source(run, migration, &migration->sources[i]);
}

void
check_comment_contradicts_index(struct check_run *run)
{
    check_each_migration(run, look_at_migration);
}
