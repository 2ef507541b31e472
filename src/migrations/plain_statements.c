/* plain_statements.c - texts become steps, cut by psql's lexer as all SQL in dbdoc is, and steps a
 * plan: in a transaction or not, with what PostgreSQL refuses there. */
#include "base/sql_lexer.h"
#include "migrations/plain.h"
#include "postgres/script.h"

#include <string.h>

#define WORDS 64 /* of a statement that are looked at */

/* What PostgreSQL does not run within a transaction block, in the words of words_of. */
static const char not_in_transaction[] =
    "^(create (unique )?index concurrently|drop index concurrently|"
    "reindex (\\( [^)]* \\) )?(schema|database|system|(table|index) concurrently)|"
    "vacuum|cluster ?$|(create|drop) (database|tablespace)|alter system|alter database \\S+ set "
    "tablespace|alter table .* detach partition .* concurrently)\\b";

enum control { CONTROL_NONE, CONTROL_BEGIN, CONTROL_COMMIT, CONTROL_OTHER };

/* Transaction control in the words of words_of. */
static const struct {
    const char *pattern;
    enum control control;
} controls[] = {
    {"^(begin( work| transaction)?|start transaction)$", CONTROL_BEGIN},
    {"^(commit|end)( work| transaction)?$", CONTROL_COMMIT},
    {"^(begin|start transaction|commit|end|rollback|abort)\\b", CONTROL_OTHER},
};

/* The first words and signs in lower case, one space between them. */
static char *
words_of(const char *sql)
{
    GString *words = g_string_new(NULL);
    struct sql_token token;
    for (unsigned i = 0; i < WORDS && sql_next_word(&sql, &token); i++) {
        if (sql_is_sign(&token, ';'))
            continue;
        g_autofree char *word = g_ascii_strdown(token.text, (gssize)token.length);
        g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", word);
    }
    return g_string_free(words, FALSE);
}

static bool
matches(const char *pattern, const char *words)
{
    return g_regex_match_simple(pattern, words, G_REGEX_RAW, 0);
}

static enum control
control_of(const char *sql)
{
    g_autofree char *words = words_of(sql);
    for (size_t i = 0; i < G_N_ELEMENTS(controls); i++)
        if (matches(controls[i].pattern, words))
            return controls[i].control;
    return CONTROL_NONE;
}

bool
plain_runs_alone(const struct migration_step *step)
{
    g_autofree char *words = step->kind == STEP_SQL ? words_of(step->sql) : g_strdup("");
    return matches(not_in_transaction, words);
}

unsigned
plain_line(const struct plain_file *file, const char *at)
{
    unsigned line = 1;
    for (const char *c = file->text; (c = memchr(c, '\n', (size_t)(at - c))) != NULL; c++)
        line++;
    return line;
}

void
plain_remark(struct plain_cut *cut, const struct plain_file *file, unsigned line, const char *text)
{
    const struct migration_remark remark = {text, file->path, line};
    g_array_append_val(cut->remarks, remark);
}

void
plain_add_opaque(struct plain_cut *cut, const char *source, unsigned line, const char *reason)
{
    struct arena *arena = cut->reader->arena;
    g_autofree char *first = g_strndup(source, strcspn(source, "\r\n"));
    const struct migration_step step = {
        .kind = STEP_OPAQUE,
        .source = arena_text(arena, g_strchomp(first), -1),
        .reason = arena_text(arena, reason, -1),
        .file = cut->file->path,
        .line = line,
    };
    g_array_append_val(cut->steps, step);
}

/* From its first word on, without the semicolon. */
static char *
trim(const char *sql)
{
    const char *cursor = sql;
    struct sql_token token;
    if (!sql_next_word(&cursor, &token))
        return g_strdup("");
    char *text = g_strchomp(g_strdup(token.text));
    if (g_str_has_suffix(text, ";"))
        text[strlen(text) - 1] = '\0';
    return g_strchomp(text);
}

/* Whether psql would put a variable here: a colon right before a name outside texts. */
static bool
has_psql_variable(const char *sql)
{
    struct sql_token token;
    bool colon = false;
    while (sql_next(&sql, &token)) {
        if (colon &&
            (token.kind == SQL_WORD || token.kind == SQL_QUOTED || token.kind == SQL_STRING))
            return true;
        colon = token.kind == SQL_OPERATOR && token.length == 1 && *token.text == ':';
    }
    return false;
}

/* Why the statement cannot be read as it stands; NULL: it can. */
static const char *
why_opaque(const struct plain_cut *cut, const struct statement *statement, const char *sql)
{
    const struct plain_format *format = cut->reader->format;
    if (cut->placeholder != NULL && g_regex_match(cut->placeholder, sql, 0, NULL))
        return format->placeholder_why;
    if (format->through_psql && has_psql_variable(sql))
        return "psql puts a variable here";
    if (statement->reads_data)
        return "the rows behind COPY … FROM STDIN are not read";
    return NULL;
}

static void
add_meta(struct plain_cut *cut, const struct statement *statement)
{
    static const char *const silent[] = {"echo",       "qecho",   "warn", "set ON_ERROR_STOP",
                                         "unrestrict", "restrict"};
    bool by_psql = cut->reader->format->through_psql;
    for (size_t i = 0; by_psql && i < G_N_ELEMENTS(silent); i++)
        if (g_str_has_prefix(statement->text, silent[i]))
            return;
    g_autofree char *source = g_strconcat("\\", statement->text, NULL);
    g_autofree char *reason = by_psql ? g_strdup("a command of psql")
                                      : g_strdup_printf("a command of psql, which %s does not know",
                                                        cut->reader->format->name);
    plain_add_opaque(cut, source, statement->line, reason);
}

static void
add_statement(struct plain_cut *cut, const struct statement *statement)
{
    g_autofree char *sql = trim(statement->text);
    unsigned line = statement_line(statement, 0);
    const char *reason = why_opaque(cut, statement, sql);
    if (reason != NULL) {
        plain_add_opaque(cut, sql, line, reason);
        return;
    }
    const struct migration_step step = {
        .kind = STEP_SQL,
        .sql = arena_text(cut->reader->arena, sql, -1),
        .file = cut->file->path,
        .line = line,
    };
    g_array_append_val(cut->steps, step);
}

void
plain_add(struct plain_cut *cut, const char *text, size_t length, unsigned line)
{
    if (cut->file->unreadable != NULL) {
        plain_add_opaque(cut, cut->file->name, line, cut->file->unreadable);
        return;
    }
    struct script *script = script_of_text(cut->file->path, text, length, line, NULL);
    struct statement statement;
    g_autoptr(GError) error = NULL;
    while (script_next(script, &statement, &error)) {
        if (statement.kind == STATEMENT_META)
            add_meta(cut, &statement);
        else
            add_statement(cut, &statement);
        script_skip_data(script);
    }
    if (error != NULL)
        plain_add_opaque(cut, cut->file->name, script_line(script), error->message);
    script_free(script);
}

void
plain_plan_begin(struct plain_cut *cut, const struct plain_file *file)
{
    cut->file = file;
    cut->steps = g_array_new(FALSE, TRUE, sizeof(struct migration_step));
}

static struct migration_step *
step_at(const struct plain_cut *cut, guint i)
{
    return &g_array_index(cut->steps, struct migration_step, i);
}

static enum control
control_at(const struct plain_cut *cut, guint i)
{
    const struct migration_step *step = step_at(cut, i);
    return step->kind == STEP_SQL ? control_of(step->sql) : CONTROL_NONE;
}

/* How many statements begin or end a transaction. */
static guint
count_controls(const struct plain_cut *cut)
{
    guint count = 0;
    for (guint i = 0; i < cut->steps->len; i++)
        count += control_at(cut, i) != CONTROL_NONE;
    return count;
}

/* BEGIN … COMMIT around everything, and nowhere else: the plan is one transaction. */
static bool
unwrap(struct plain_cut *cut, guint controls_found)
{
    guint last = cut->steps->len - 1;
    if (controls_found != 2 || control_at(cut, 0) != CONTROL_BEGIN ||
        control_at(cut, last) != CONTROL_COMMIT)
        return false;
    g_array_remove_index(cut->steps, last);
    g_array_remove_index(cut->steps, 0);
    return true;
}

/* In a transaction that the file did not ask for. */
static void
remark_on_steps(struct plain_cut *cut)
{
    const struct plain_format *format = cut->reader->format;
    struct arena *arena = cut->reader->arena;
    for (guint i = 0; i < cut->steps->len; i++) {
        const struct migration_step *step = step_at(cut, i);
        if (step->kind != STEP_SQL)
            continue;
        if (plain_runs_alone(step))
            plain_remark(cut, cut->file, step->line,
                         arena_printf(arena,
                                      "PostgreSQL does not run this within a transaction, and %s "
                                      "sends it in one",
                                      format->name));
        else if (format->sending == SENT_IN_TRANSACTION && control_of(step->sql) != CONTROL_NONE)
            plain_remark(cut, cut->file, step->line,
                         arena_printf(arena, "it begins or ends a transaction within that of %s",
                                      format->name));
    }
}

/* A single statement is a transaction of its own, unless it is one that cannot be or ends some. */
static bool
needs_no_transaction(const struct plain_cut *cut)
{
    if (cut->steps->len != 1 || step_at(cut, 0)->kind != STEP_SQL)
        return false;
    g_autofree char *words = words_of(step_at(cut, 0)->sql);
    return plain_runs_alone(step_at(cut, 0)) || matches("^(call|do)\\b", words);
}

static enum isolation
isolate(struct plain_cut *cut, enum plain_sending sending)
{
    guint controls_found = count_controls(cut);
    if (sending != SENT_IN_TRANSACTION && controls_found > 0)
        return unwrap(cut, controls_found) ? IN_TRANSACTION : NO_TRANSACTION;
    switch (sending) {
    case SENT_IN_TRANSACTION:
        return IN_TRANSACTION;
    case SENT_AS_ONE:
        return needs_no_transaction(cut) ? NO_TRANSACTION : IN_TRANSACTION;
    case SENT_ONE_BY_ONE:
        return NO_TRANSACTION;
    }
    g_assert_not_reached();
}

void
plain_plan_end(struct plain_cut *cut, struct migration_plan *plan, enum plain_sending sending)
{
    plan->end = PLAN_COMPLETE;
    plan->isolation = isolate(cut, sending);
    if (plan->isolation == IN_TRANSACTION)
        remark_on_steps(cut);
    plan->count = cut->steps->len;
    plan->steps = arena_keep(cut->reader->arena, cut->steps);
    g_array_free(cut->steps, TRUE);
    cut->steps = NULL;
}
