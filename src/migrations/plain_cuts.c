/* plain_cuts.c - files whose two ways are more than what stands before and behind a line: goose,
 * Atlas and Flyway. */
#include "migrations/plain.h"

#include <string.h>

/* ---- goose ---- */

/* Where a goose file is read. */
struct goose {
    struct plain_cut *cut;
    GRegex *directive;
    GRegex *placeholder;
    const char *wanted; /* "up" or "down" */
    bool inside;        /* the way that is wanted */
    bool whole;         /* between StatementBegin and StatementEnd */
    bool found;         /* the way's line */
};

/* goose ends a statement at every line that ends with a semicolon, wherever it is. */
static void
remark_on_early_end(struct goose *goose, const struct migration_step *step)
{
    if (step->kind != STEP_SQL)
        return;
    unsigned line = step->line;
    for (const char *c = step->sql; (c = strchr(c, '\n')) != NULL; c++, line++) {
        const char *last = c;
        while (last > step->sql && g_ascii_isspace(last[-1]))
            last--;
        if (last == step->sql || last[-1] != ';')
            continue;
        plain_remark(goose->cut, goose->cut->file, line,
                     "goose ends the statement at this line's semicolon; write -- +goose "
                     "StatementBegin before it and StatementEnd behind it");
        return;
    }
}

static void
take_lines(struct goose *goose, const char *start, const char *end)
{
    guint before = goose->cut->steps->len;
    if (!goose->inside || end <= start)
        return;
    plain_add(goose->cut, start, (size_t)(end - start), plain_line(goose->cut->file, start));
    for (guint i = before; !goose->whole && i < goose->cut->steps->len; i++)
        remark_on_early_end(goose, &g_array_index(goose->cut->steps, struct migration_step, i));
}

static void
follow(struct goose *goose, const char *command)
{
    if (g_str_equal(command, "up") || g_str_equal(command, "down")) {
        goose->inside = g_str_equal(command, goose->wanted);
        goose->found = goose->found || goose->inside;
    } else if (g_str_has_prefix(command, "statement")) {
        goose->whole = g_str_equal(command, "statementbegin");
    } else if (g_str_has_prefix(command, "envsub")) {
        goose->cut->placeholder = g_str_has_suffix(command, "on") ? goose->placeholder : NULL;
    }
}

static void
read_lines(struct goose *goose, const struct plain_file *file)
{
    const char *start = file->text;
    GMatchInfo *match = NULL;
    g_regex_match(goose->directive, file->text, 0, &match);
    for (; g_match_info_matches(match); g_match_info_next(match, NULL)) {
        gint from = 0;
        gint behind = 0;
        g_match_info_fetch_pos(match, 0, &from, &behind);
        g_autofree char *written = g_match_info_fetch(match, 1);
        g_autofree char *command = g_ascii_strdown(written, -1);
        take_lines(goose, start, file->text + from);
        follow(goose, command);
        start = file->text + behind;
    }
    g_match_info_free(match);
    take_lines(goose, start, file->text + file->length);
}

/* Whether the way is there. */
static bool
cut_way(struct plain_cut *cut, const char *wanted, struct migration_plan *plan)
{
    const struct plain_file *file = cut->item->up;
    struct goose goose = {.cut = cut, .wanted = wanted, .placeholder = cut->placeholder};
    goose.directive = plain_regex("^--[ \\t]*\\+goose[ \\t]+((?i)up|down|statementbegin|"
                                  "statementend|envsub[ \\t]+on|envsub[ \\t]+off)[ \\t\\r]*$");
    cut->placeholder = NULL;
    plain_plan_begin(cut, file);
    read_lines(&goose, file);
    plain_plan_end(cut, plan, plain_sending_of(cut->reader, file, NULL));
    cut->placeholder = goose.placeholder;
    g_regex_unref(goose.directive);
    return goose.found;
}

void
goose_cut(struct plain_cut *cut)
{
    struct migration *migration = &cut->item->migration;
    if (!cut_way(cut, "up", &migration->up))
        migration->up = (struct migration_plan){.end = PLAN_REFUSED,
                                                .reason = cut->reader->format->up_missing};
    if (!cut_way(cut, "down", &migration->down))
        plain_plan_absent(cut, &migration->down);
}

/* ---- Atlas ---- */

/* The text behind the line "-- NAME --" up to the next such line; false when there is none. */
static bool
find_section(const char *text, const char *name, const char **start, const char **end)
{
    g_autofree char *pattern = g_strdup_printf("^-- %s --[ \\t\\r]*$", name);
    g_autoptr(GRegex) here = plain_regex(pattern);
    g_autoptr(GRegex) any = plain_regex("^-- \\S+ --[ \\t\\r]*$");
    GMatchInfo *match = NULL;
    gint behind = 0;
    bool found = g_regex_match(here, text, 0, &match);
    if (found) {
        g_match_info_fetch_pos(match, 0, NULL, &behind);
        *start = text + behind;
    }
    g_match_info_free(match);
    if (!found)
        return false;
    gint next = (gint)strlen(*start);
    if (g_regex_match(any, *start, 0, &match))
        g_match_info_fetch_pos(match, 0, &next, NULL);
    g_match_info_free(match);
    *end = *start + next;
    return true;
}

/* What separates statements instead of a semicolon; NULL: nothing does. Free with g_free. */
static char *
find_delimiter(const char *text)
{
    g_autoptr(GRegex) regex = plain_regex("^-- atlas:delimiter[ \\t]+(\\S.*?)[ \\t\\r]*$");
    GMatchInfo *match = NULL;
    char *delimiter = NULL;
    if (g_regex_match(regex, text, 0, &match)) {
        g_autofree char *written = g_match_info_fetch(match, 1);
        delimiter = g_strcompress(written);
    }
    g_match_info_free(match);
    return delimiter;
}

static void
add_separated(struct plain_cut *cut, const char *start, const char *end)
{
    const struct plain_file *file = cut->item->up;
    g_autofree char *delimiter = find_delimiter(file->text);
    while (delimiter != NULL && *delimiter != '\0') {
        const char *next = strstr(start, delimiter);
        if (next == NULL || next >= end)
            break;
        plain_add(cut, start, (size_t)(next - start), plain_line(file, start));
        start = next + strlen(delimiter);
    }
    plain_add(cut, start, (size_t)(end - start), plain_line(file, start));
}

void
atlas_cut(struct plain_cut *cut)
{
    const struct plain_file *file = cut->item->up;
    struct migration *migration = &cut->item->migration;
    enum plain_sending sending = plain_sending_of(cut->reader, file, NULL);
    const char *start = file->text;
    const char *end = file->text + file->length;
    bool parts = g_str_has_prefix(file->text, "-- atlas:txtar");
    if (parts && !find_section(file->text, "migration\\.sql", &start, &end))
        start = end;
    plain_plan_begin(cut, file);
    add_separated(cut, start, end);
    plain_plan_end(cut, &migration->up, sending);
    if (!parts || !find_section(file->text, "down\\.sql", &start, &end)) {
        plain_plan_absent(cut, &migration->down);
        return;
    }
    plain_plan_begin(cut, file);
    add_separated(cut, start, end);
    plain_plan_end(cut, &migration->down, sending);
}

/* ---- Flyway ---- */

/* Flyway itself sees what PostgreSQL does not run in a transaction, and then begins none. */
static void
cut_flyway_file(struct plain_cut *cut, const struct plain_file *file, struct migration_plan *plan)
{
    plain_plan_begin(cut, file);
    plain_add(cut, file->text, file->length, 1);
    guint alone = 0;
    for (guint i = 0; i < cut->steps->len; i++)
        alone += plain_runs_alone(&g_array_index(cut->steps, struct migration_step, i));
    if (alone > 0 && alone < cut->steps->len)
        plain_remark(cut, file, 1,
                     "some of its statements cannot run in a transaction and some can: Flyway "
                     "refuses the file unless mixed=true is configured");
    plain_plan_end(cut, plan,
                   alone > 0 ? SENT_ONE_BY_ONE : plain_sending_of(cut->reader, file, NULL));
}

void
flyway_cut(struct plain_cut *cut)
{
    struct plain_item *item = cut->item;
    cut_flyway_file(cut, item->up, &item->migration.up);
    if (item->down != NULL)
        cut_flyway_file(cut, item->down, &item->migration.down);
    else if (item->migration.kind == MIGRATION_VERSIONED)
        plain_plan_absent(cut, &item->migration.down);
    else
        item->migration.down = (struct migration_plan){
            .end = PLAN_ABSENT, .reason = "Flyway undoes versioned migrations alone"};
}
