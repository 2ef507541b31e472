/* migration_comments.c - comments above a statement of a migration that say of an index what its
 * statement does not make it. */
#include "base/secret_sql.h"
#include "checks/families.h"

#include <string.h>

/* What a comment says, and the word of SQL without which it is not so. */
static const struct {
    const char *said; /* in small letters */
    const char *word;
    const char *advice;
} claims[] = {
    {"partial index", " WHERE ",
     "Add the condition (`where:` of `index/3`), or correct the comment: this index holds every "
     "row."},
    {"covering index", " INCLUDE ",
     "Add the columns (`include:` of `index/3`), or correct the comment: this index holds its keys "
     "alone."},
    {"unique index", "UNIQUE INDEX ",
     "Make it unique (`unique_index/3`), or correct the comment: this index lets the same value in "
     "twice."},
};

/* The line of that number, from 1, without its end; NULL behind the last one. Free it. */
static char *
line_of(const struct migration_source *source, unsigned number)
{
    const char *at = source->text;
    for (unsigned line = source->line; line < number && at != NULL; line++) {
        at = strchr(at, '\n');
        at = at != NULL ? at + 1 : NULL;
    }
    return at != NULL && number >= source->line ? g_strndup(at, strcspn(at, "\n")) : NULL;
}

/* What a line says when it is a comment alone; NULL otherwise. */
static const char *
comment_of(const char *line)
{
    line += strspn(line, " \t");
    if (*line == '#')
        return line + 1;
    return g_str_has_prefix(line, "--") ? line + 2 : NULL;
}

/* The comment lines just above a line, joined. Free it. */
static char *
comment_above(const struct migration_source *source, unsigned number)
{
    GString *text = g_string_new(NULL);
    for (unsigned line = number - 1; line >= 1; line--) {
        g_autofree char *raw = line_of(source, line);
        const char *words = raw != NULL ? comment_of(raw) : NULL;
        if (words == NULL)
            break;
        g_string_prepend(text, words);
    }
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

static void
look_at_step(struct check_run *run, const struct migration *migration,
             const struct migration_source *source, const struct migration_step *step)
{
    if (step->kind != STEP_SQL || step->line < 2 || strstr(step->sql, "CREATE ") == NULL ||
        strstr(step->sql, " INDEX ") == NULL || g_strcmp0(step->file, source->file) != 0)
        return;
    g_autofree char *comment = comment_above(source, step->line);
    g_autofree char *small = g_ascii_strdown(comment, -1);
    g_autofree char *safe = secret_mask_sql(step->sql, SECRET_FOR_READING);
    for (size_t i = 0; i < G_N_ELEMENTS(claims); i++) {
        const char *said = strstr(small, claims[i].said);
        if (said == NULL || strstr(step->sql, claims[i].word) != NULL || is_denied(small, said))
            continue;
        struct finding *finding = check_report_migration(
            run, migration, "A comment speaks of a %s, and it is none", claims[i].said);
        finding->line = step->line;
        check_evidence(run, finding, "Comment", g_strstrip(comment));
        check_evidence(run, finding, "Statement", safe);
        check_detail(run, finding, "Who reads the comment trusts an index that is not there.");
        check_advice(run, finding, "%s", claims[i].advice);
        return;
    }
}

static void
look_at_migration(struct check_run *run, const struct migration_evidence *evidence)
{
    const struct migration *migration = evidence->migration;
    for (size_t i = 0; i < migration->source_count; i++)
        for (size_t j = 0; j < migration->up.count; j++)
            look_at_step(run, migration, &migration->sources[i], &migration->up.steps[j]);
}

void
check_comment_contradicts_index(struct check_run *run)
{
    check_each_migration(run, look_at_migration);
}
