/* execute.c - one function for each role that a step can have. */
#include "runbook/execute.h"

#include "base/failure.h"
#include "runbook/queries.h"
#include "runbook/saving.h"

#include <string.h>

#define INSUFFICIENT_PRIVILEGE "42501"

/* A step being done. */
struct doing {
    struct execution *execution;
    struct connection *session;
    const struct runbook_step *step;
    struct step_result *result;
    bool ended; /* no step of the way down has failed */
};

size_t
execution_steps(const struct runbook *runbook)
{
    size_t count = 0;
    for (int i = 0; i < PHASES; i++)
        count += runbook->parts[i].step_count;
    return count;
}

static struct supervisor
supervisor_of(const struct doing *doing)
{
    return (struct supervisor){cluster_check, doing->execution->cluster};
}

static void
refute(struct doing *doing, const char *words)
{
    doing->result->state = PROOF_REFUTED;
    doing->result->words = words;
}

/* The server refused. What it refuses for want of rights in the throw-away cluster, a real one may
 * take. False when nothing can go on. */
static bool
note_refusal(struct doing *doing, GError *problem, GError **error)
{
    const struct server_error *said = connection_error(doing->session);
    struct arena *arena = doing->execution->arena;
    if (g_error_matches(problem, FAILURE, FAILURE_INTERRUPTED) ||
        !cluster_lives(doing->execution->cluster)) {
        g_propagate_error(error, problem);
        return false;
    }
    const char *words = said->message != NULL ? said->message : problem->message;
    doing->execution->limited = doing->execution->limited || said->message == NULL;
    if (g_str_equal(said->state, INSUFFICIENT_PRIVILEGE)) {
        doing->result->state = PROOF_NONE;
        doing->result->words = arena_printf(arena,
                                            "the throw-away PostgreSQL gives its login no right "
                                            "to do it: %s",
                                            words);
    } else {
        refute(doing, arena_printf(arena, "PostgreSQL says: %s", words));
    }
    g_error_free(problem);
    return true;
}

/* In *done, whether PostgreSQL took it. */
static bool
send(struct doing *doing, const char *sql, bool *done, GError **error)
{
    const struct supervisor supervisor = supervisor_of(doing);
    GError *problem = NULL;
    *done = connection_run(doing->session, sql, &supervisor, NULL, &problem);
    return *done || note_refusal(doing, problem, error);
}

/* A query whose first value and number of rows count. */
static bool
ask(struct doing *doing, const char *sql, bool *done, GError **error)
{
    struct rows *rows = NULL;
    GError *problem = NULL;
    *done = connection_query(doing->session, sql, NULL, 0, &rows, &problem);
    if (!*done)
        return note_refusal(doing, problem, error);
    doing->result->rows = (int64_t)rows_count(rows);
    if (rows_count(rows) > 0)
        doing->result->value = arena_intern(doing->execution->arena, rows_value(rows, 0, 0));
    rows_free(rows);
    doing->result->state = PROOF_EXECUTED;
    return true;
}

static bool
do_no_rows(struct doing *doing, GError **error)
{
    bool done = false;
    if (!ask(doing, doing->step->code.items[0], &done, error))
        return false;
    if (done && doing->result->rows > 0)
        refute(doing, arena_printf(doing->execution->arena,
                                   "it returned %" G_GINT64_FORMAT " rows; the first says %s",
                                   doing->result->rows,
                                   doing->result->value != NULL ? doing->result->value : "NULL"));
    return true;
}

static void
expect_value(struct doing *doing, const char *expected)
{
    const char *value = doing->result->value != NULL ? doing->result->value : "NULL";
    if (!g_str_equal(value, expected))
        refute(doing, arena_printf(doing->execution->arena, "it returned %s", value));
}

static bool
do_count(struct doing *doing, GError **error)
{
    bool done = false;
    if (!ask(doing, doing->step->code.items[0], &done, error))
        return false;
    if (done)
        expect_value(doing, "0");
    return true;
}

static bool
do_fingerprint(struct doing *doing, GError **error)
{
    const struct names *code = &doing->step->code;
    const struct proof *proof = doing->execution->proof;
    bool done = true;
    for (size_t i = 0; done && i < code->count; i++) {
        bool asks = i == FINGERPRINT_QUERY;
        if (!(asks ? ask : send)(doing, code->items[i], &done, error))
            return false;
    }
    if (done)
        expect_value(doing, doing->step->role == ROLE_FINGERPRINT ? proof->applied : proof->after);
    return true;
}

static void
free_copy(gpointer copy)
{
    g_string_free(copy, TRUE);
}

static int64_t
count_lines(const GString *copy)
{
    int64_t lines = 0;
    for (const char *c = copy->str; *c != '\0'; c++)
        lines += *c == '\n';
    return lines;
}

/* In *done, whether PostgreSQL took it. */
static bool
save(struct doing *doing, const struct saving *saving, bool *done, GError **error)
{
    struct execution *execution = doing->execution;
    const struct supervisor supervisor = supervisor_of(doing);
    g_autofree char *sql = g_strdup_printf("COPY (%s) TO STDOUT " SAVING_FORM,
                                           saving_query(execution->arena, saving));
    GString *copy = g_string_new(NULL);
    GError *problem = NULL;
    *done = connection_copy_out(doing->session, sql, &supervisor, copy, &problem);
    if (!*done) {
        g_string_free(copy, TRUE);
        return note_refusal(doing, problem, error);
    }
    g_hash_table_insert(execution->copies, g_strdup(saving->path), copy);
    doing->result->rows += count_lines(copy) - 1; /* the first names the columns */
    return true;
}

static bool
do_save(struct doing *doing, GError **error)
{
    const struct proof *proof = doing->execution->proof;
    bool done = true;
    doing->result->state = PROOF_EXECUTED;
    doing->result->rows = 0;
    for (size_t i = 0; done && i < proof->saving_count; i++)
        if (!proof->savings[i].derived && !save(doing, &proof->savings[i], &done, error))
            return false;
    return true;
}

static bool
give_once(void *data, const char **line, size_t *length)
{
    GString **copy = data;
    if (*copy == NULL)
        return false;
    *line = (*copy)->str;
    *length = (*copy)->len;
    *copy = NULL;
    return true;
}

static int
compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Rows come in any order. */
static char *
sorted(const GString *copy)
{
    g_auto(GStrv) lines = g_strsplit(copy->str, "\n", -1);
    qsort(lines, g_strv_length(lines), sizeof *lines, compare_lines);
    return g_strjoinv("\n", lines);
}

/* Whether what is there now is what was saved. */
static bool
compare_copies(struct doing *doing, const struct saving *saving, GString *copy, bool *done,
               GError **error)
{
    const struct supervisor supervisor = supervisor_of(doing);
    g_autofree char *sql = g_strdup_printf("COPY (%s) TO STDOUT " SAVING_FORM,
                                           saving_query(doing->execution->arena, saving));
    g_autoptr(GString) again = g_string_new(NULL);
    GError *problem = NULL;
    *done = connection_copy_out(doing->session, sql, &supervisor, again, &problem);
    if (!*done)
        return note_refusal(doing, problem, error);
    g_autofree char *before = sorted(copy);
    g_autofree char *after = sorted(again);
    *done = g_str_equal(before, after);
    if (!*done)
        refute(doing, arena_printf(doing->execution->arena,
                                   "the rows of %s that came back are not those that were saved",
                                   saving->path));
    return true;
}

static bool
copy_in(struct doing *doing, const char *target, GString *copy, bool *done, GError **error)
{
    const struct supervisor supervisor = supervisor_of(doing);
    g_autofree char *sql = g_strdup_printf("COPY %s FROM STDIN " SAVING_FORM, target);
    const struct copy_source source = {give_once, &copy};
    GError *problem = NULL;
    *done = connection_run(doing->session, sql, &supervisor, &source, &problem);
    return *done || note_refusal(doing, problem, error);
}

static bool
restore(struct doing *doing, const struct saving *saving, bool *done, GError **error)
{
    GString *copy = g_hash_table_lookup(doing->execution->copies, saving->path);
    struct restoring restoring;
    if (copy == NULL || saving->derived ||
        !saving_restore(doing->execution->arena, saving, &restoring))
        return true;
    doing->result->state = PROOF_EXECUTED;
    return (restoring.before == NULL || send(doing, restoring.before, done, error)) &&
           (!*done || copy_in(doing, restoring.target, copy, done, error)) &&
           (!*done || restoring.behind == NULL || send(doing, restoring.behind, done, error)) &&
           (!*done || compare_copies(doing, saving, copy, done, error));
}

static bool
do_restore(struct doing *doing, GError **error)
{
    const struct proof *proof = doing->execution->proof;
    bool done = true;
    for (size_t i = 0; done && i < proof->saving_count; i++)
        if (!restore(doing, &proof->savings[i], &done, error))
            return false;
    return true;
}

static bool
do_down(struct doing *doing, GError **error)
{
    const struct names *code = &doing->step->code;
    bool done = true;
    doing->result->state = PROOF_EXECUTED;
    for (size_t i = 0; done && i < code->count; i++)
        if (!send(doing, code->items[i], &done, error))
            return false;
    doing->ended = done;
    return true; /* what is left of a transaction ends with the session */
}

static bool
do_nothing(struct doing *doing, GError **error)
{
    (void)doing, (void)error;
    return true;
}

static bool (*const doers[])(struct doing *doing, GError **error) = {
    [ROLE_READ] = do_nothing,    [ROLE_PRECONDITION] = do_no_rows,    [ROLE_COUNT] = do_count,
    [ROLE_SAVE] = do_save,       [ROLE_FINGERPRINT] = do_fingerprint, [ROLE_TOOL] = do_nothing,
    [ROLE_DOWN] = do_down,       [ROLE_VERIFY] = do_no_rows,          [ROLE_AFTER] = do_fingerprint,
    [ROLE_RESTORE] = do_restore, [ROLE_FORWARD] = do_nothing,
};

static bool
do_part(struct doing *doing, enum runbook_phase phase, GError **error)
{
    const struct runbook *runbook = doing->execution->runbook;
    const struct runbook_part *part = &runbook->parts[phase];
    size_t place = 0;
    for (int i = 0; i < (int)phase; i++)
        place += runbook->parts[i].step_count;
    for (size_t i = 0; i < part->step_count && doing->ended; i++) {
        doing->step = &part->steps[i];
        doing->result = &doing->execution->results[place + i];
        doing->result->rows = -1;
        if (!doers[doing->step->role](doing, error))
            return false;
    }
    return true;
}

bool
execute_phases(struct execution *execution, enum runbook_phase first, enum runbook_phase last,
               bool *ended, GError **error)
{
    struct doing doing = {.execution = execution, .ended = true};
    if (execution->copies == NULL)
        execution->copies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_copy);
    cluster_restart_clock(execution->cluster);
    doing.session = cluster_connect(execution->cluster, execution->database, error);
    bool good = doing.session != NULL;
    for (int phase = first; good && phase <= (int)last; phase++)
        good = do_part(&doing, (enum runbook_phase)phase, error);
    connection_close(doing.session);
    *ended = doing.ended;
    return good;
}
