/* steps.c - what is done, in its order: before, down, and the check of the result. */
#include "runbook/draft.h"

#include "migrations/history.h"
#include "runbook/queries.h"
#include "runbook/saving.h"
#include "runbook/tools.h"

#include <string.h>

#define LOCK_TIMEOUT "5s"

static const char no_rows[] = "no rows";

static void
add_query(struct draft *draft, enum runbook_phase phase, enum step_role role, const char *label,
          const char *sql)
{
    struct runbook_step *step = draft_step(draft, phase, role, "%s", label);
    step->expect = no_rows;
    draft_query(draft, step, sql);
}

static const char *
version_of(const struct migration_evidence *evidence)
{
    return evidence->migration->version;
}

/* ---- before ---- */

static void
write_head(struct draft *draft)
{
    const char *version = version_of(draft_newest(draft));
    const struct migrations *line = draft->sources->rehearsal->migrations;
    g_autofree char *sql = history_query(line, draft_newest(draft)->migration, HISTORY_HEAD);
    if (sql != NULL) {
        struct runbook_step *step = draft_step(draft, PHASE_BEFORE, ROLE_PRECONDITION,
                                               "Check that `%s` is the last version applied",
                                               version);
        step->text =
            "This page was written for that state. A row shows another version: then stop, "
            "the steps below are not what was rehearsed.";
        step->expect = no_rows;
        draft_query(draft, step, sql);
        return;
    }
    struct runbook_step *step = draft_step(draft, PHASE_BEFORE, ROLE_READ,
                                           "Check that `%s` is the last one applied", version);
    if (line->history != NULL)
        step->text = arena_printf(draft->arena, "%s keeps what is applied in the table `%s`.",
                                  line->format, line->history);
}

static void
write_newer_first(struct draft *draft)
{
    const struct runbook *runbook = draft->runbook;
    if (runbook->newer_count == 0)
        return;
    struct runbook_step *step = draft_step(draft, PHASE_BEFORE, ROLE_READ,
                                           "Roll back what came later, the newest first");
    g_autofree char *from = migration_address(draft_oldest(draft)->migration);
    g_autofree char *to = migration_address(runbook->newer[0]->migration);
    step->text = arena_printf(
        draft->arena,
        "Each has its own runbook; `dbdoc runbook %s..%s` writes all of them as one. This page "
        "begins where they are gone.",
        from, to);
}

static void
write_fingerprint(struct draft *draft)
{
    const struct proof *proof = draft->proof;
    if (proof == NULL || proof->objects.count == 0)
        return;
    struct runbook_step *step = draft_step(draft, PHASE_BEFORE, ROLE_FINGERPRINT,
                                           "Take the fingerprint of what is going to change");
    g_autoptr(GPtrArray) objects = g_ptr_array_new();
    for (size_t i = 0; i < proof->objects.count; i++)
        g_ptr_array_add(objects, (gpointer)(guintptr)proof->objects.items[i]);
    step->text = arena_printf(
        draft->arena,
        "It covers %s. Another value means that this database is not what the migrations make (or "
        "runs another major version of PostgreSQL), and the proof does not hold for it: write the "
        "value down, and let the person who decides say whether to go on.",
        draft_list(draft, objects));
    draft->fingerprint = step->number;
    step->expect = arena_printf(draft->arena, "`%s`", proof->applied);
    step->language = LANGUAGE_SQL;
    step->code = query_of_fingerprint(draft->arena, &proof->objects);
}

static const char *
copy_out(struct draft *draft, const struct saving *saving)
{
    return arena_printf(draft->arena, "\\copy (%s) TO '%s' " SAVING_FORM,
                        saving_query(draft->arena, saving), saving_file(draft->arena, saving));
}

/* A line for each, in one step. */
static void
write_savings(struct draft *draft)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_autoptr(GPtrArray) keyless = g_ptr_array_new();
    for (size_t i = 0; draft->proof != NULL && i < draft->proof->saving_count; i++) {
        const struct saving *saving = &draft->proof->savings[i];
        if (saving->derived)
            continue;
        g_ptr_array_add(texts, (gpointer)(guintptr)copy_out(draft, saving));
        g_ptr_array_add(paths, (gpointer)(guintptr)saving->path);
        if (saving->column != NULL && saving->keys.count == 0)
            g_ptr_array_add(keyless, (gpointer)(guintptr)saving->path);
    }
    if (texts->len == 0)
        return;
    struct runbook_step *step = draft_step(draft, PHASE_BEFORE, ROLE_SAVE, "Save %s",
                                           draft_list(draft, paths));
    if (keyless->len > 0)
        step->text = arena_printf(draft->arena,
                                  "The table of %s has no primary key: whole rows are saved, and "
                                  "nothing tells them apart when they come back.",
                                  draft_list(draft, keyless));
    step->expect = texts->len == 1 ? "`COPY` and the number of rows"
                                   : "`COPY` and the number of rows, for each line";
    draft_code(draft, step, LANGUAGE_SQL, texts);
}

/* Who else gets the rows, which changes of the schema do not reach. */
static void
write_publications(struct draft *draft)
{
    const struct proof *proof = draft->proof;
    const struct runbook *runbook = draft->runbook;
    if (proof == NULL || proof->objects.count == 0 || runbook->relation_count == 0)
        return;
    g_autoptr(GPtrArray) relations = g_ptr_array_new();
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    for (size_t i = 0; i < runbook->relation_count; i++)
        g_ptr_array_add(relations, (gpointer)(guintptr)runbook->relations[i].relation);
    for (size_t i = 1; i < proof->published.count; i += 2)
        if (!g_ptr_array_find(known, proof->published.items[i], NULL))
            g_ptr_array_add(known, (gpointer)(guintptr)proof->published.items[i]);
    const struct names those = names_keep(draft->arena, relations);
    const struct names names = names_keep(draft->arena, known);
    struct runbook_step *step = draft_step(draft, PHASE_BEFORE, ROLE_PRECONDITION,
                                           "Check that no %spublication sends these relations on",
                                           names.count > 0 ? "other " : "");
    step->text = "A row: its subscribers get rows and no changes of the schema. Do the same there: "
                 "first there what comes back, last there what goes.";
    step->expect = no_rows;
    draft_query(draft, step, query_of_publications(draft->arena, &those, &names));
}

/* Rows that down could not take. */
static void
write_prechecks(struct draft *draft)
{
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct prechecks *prechecks = &draft->runbook->migrations[i]->prechecks;
        for (size_t k = 0; k < prechecks->count; k++) {
            const struct precheck *precheck = &prechecks->items[k];
            if (precheck->direction != DIRECTION_DOWN)
                continue;
            struct runbook_step *step = draft_step(draft, PHASE_BEFORE, ROLE_COUNT,
                                                   "Count %s of `%s`", precheck->words,
                                                   precheck->relation);
            step->text = precheck->refusal != NULL
                             ? arena_printf(draft->arena,
                                            "With such rows down fails: in the rehearsal “%s”.",
                                            precheck->refusal)
                             : arena_printf(draft->arena,
                                            "With such rows down may fail. Not proved: %s.",
                                            precheck->unproved);
            step->expect = "`0`";
            draft_query(draft, step, draft_statement(draft, precheck->query));
        }
    }
}

void
write_before(struct draft *draft)
{
    if (draft->runbook->reversal == REVERSAL_IMPOSSIBLE)
        return;
    struct runbook_step *step = draft_step(draft, PHASE_BEFORE, ROLE_READ,
                                           "Connect as the role that runs the migrations");
    step->text = "In psql, for all SQL of this page. `-X` leaves personal settings out. What is "
                 "saved goes to files in the folder in which you start it.";
    draft_query(draft, step, "psql -X \"$DATABASE_URL\"");
    step->language = LANGUAGE_SHELL;
    write_newer_first(draft);
    write_head(draft);
    add_query(draft, PHASE_BEFORE, ROLE_PRECONDITION,
              "Check that no transaction has been open for long: down would wait for it",
              query_of_file(draft->arena, "long_transactions"));
    add_query(draft, PHASE_BEFORE, ROLE_PRECONDITION, "Check that no transaction is prepared",
              query_of_file(draft->arena, "prepared_transactions"));
    write_publications(draft);
    write_prechecks(draft);
    write_fingerprint(draft);
    write_savings(draft);
}

/* ---- down ---- */

/* The folder of the application that an umbrella holds, with its "/"; "" outside of one. */
static const char *
application_of(struct draft *draft)
{
    const char *folder = draft->sources->rehearsal->migrations->folder;
    const char *end = folder == NULL || !g_str_has_prefix(folder, "apps/")
                          ? NULL
                          : strchr(folder + strlen("apps/"), '/');
    return end == NULL ? "" : arena_text(draft->arena, folder, end + 1 - folder);
}

/* "priv/repo/migrations" of Blog.Repo, where Mix looks by itself. Free with g_free. */
static char *
usual_folder(struct draft *draft)
{
    const char *repo = draft_repo(draft);
    const char *dot = repo == NULL ? NULL : strrchr(repo, '.');
    const char *name = dot == NULL ? "Repo" : dot + 1;
    GString *text = g_string_new("priv/");
    for (const char *c = name; *c != '\0'; c++) {
        bool begins = g_ascii_isupper(*c) && c > name &&
                      (!g_ascii_isupper(c[-1]) || g_ascii_islower(c[1]));
        if (begins)
            g_string_append_c(text, '_');
        g_string_append_c(text, g_ascii_tolower(*c));
    }
    g_string_append(text, "/migrations");
    return g_string_free(text, FALSE);
}

/* The folder as Mix has to be told; NULL when it looks there by itself. */
static const char *
unusual_folder(struct draft *draft)
{
    const char *folder = draft->sources->rehearsal->migrations->folder;
    g_autofree char *usual = usual_folder(draft);
    if (folder == NULL)
        return NULL;
    folder += strlen(application_of(draft));
    return g_str_equal(folder, usual) ? NULL : folder;
}

/* Where Mix runs, and what it has to be told. */
static const char *
fit_ecto(struct draft *draft, const char *command)
{
    const char *application = application_of(draft);
    const char *folder = unusual_folder(draft);
    g_autoptr(GString) text = g_string_new(NULL);
    if (*application != '\0') {
        g_autofree char *place = g_strndup(application, strlen(application) - 1);
        g_string_append_printf(text, "cd %s && ", draft_word(draft, place));
    }
    g_string_append(text, command);
    if (draft_repo(draft) == NULL)
        g_string_replace(text, " -r {repo}", "", 1);
    if (folder != NULL)
        g_string_append_printf(text, " --migrations-path %s", draft_word(draft, folder));
    return arena_text(draft->arena, text->str, -1);
}

/* A folder of its own may be that of schemas that are all alike. */
static const char *
text_of_ecto(struct draft *draft, const char *text)
{
    if (unusual_folder(draft) == NULL)
        return text;
    return arena_printf(draft->arena,
                        "%s Where these migrations go into several schemas, one for each tenant, "
                        "each step is done for each: add `--prefix SCHEMA` here, and in psql begin "
                        "with `SET search_path = SCHEMA`.",
                        text);
}

static struct runbook_step *
add_tool_step(struct draft *draft, const struct rollback_tool *tool, const char *label)
{
    struct runbook_step *step = draft_step(draft, PHASE_DOWN, ROLE_TOOL, "%s", label);
    step->expect = draft_command(draft, tool->expect, tool, NULL);
    step->proof = tool->computes == NULL ? PROOF_EQUIVALENT : PROOF_NONE;
    step->proof_words = tool->computes;
    step->lock = draft->runbook->lock;
    return step;
}

static void
write_tool(struct draft *draft)
{
    const struct rollback_tool *tool = rollback_tool_find(draft_tool(draft));
    if (tool == NULL || tool->command == NULL)
        return;
    bool ecto = g_str_equal(tool->key, "ecto");
    const char *command = draft_command(draft, tool->command, tool, NULL);
    struct runbook_step *step = add_tool_step(
        draft, tool,
        arena_printf(draft->arena, "Either: let %s do it, in the project's folder",
                     draft->sources->rehearsal->migrations->format));
    step->text = ecto ? text_of_ecto(draft, tool->text) : tool->text;
    draft_query(draft, step, ecto ? fit_ecto(draft, command) : command);
    step->language = LANGUAGE_SHELL;
}

/* The same where the tool is not installed, as in a release. */
static void
write_release(struct draft *draft)
{
    static const char path[] = "Application.app_dir(:APP, \"%s\"), :down";
    const struct rollback_tool *tool = rollback_tool_find(draft_tool(draft));
    if (tool == NULL || tool->release == NULL || draft_repo(draft) == NULL)
        return;
    const char *folder = unusual_folder(draft);
    struct runbook_step *step = add_tool_step(draft, tool,
                                              "Or: the same in a release, where there is no Mix");
    g_autoptr(GString) command = g_string_new(draft_command(draft, tool->release, tool, NULL));
    step->text = "RELEASE is the program in `bin/` that also starts the application.";
    if (folder != NULL) {
        g_autofree char *where = g_strdup_printf(path, folder);
        g_string_replace(command, ":down", where, 1);
        step->text = "RELEASE is the program in `bin/` that also starts the application, `:APP` "
                     "what `mix.exs` calls it.";
    }
    draft_query(draft, step, command->str);
    step->language = LANGUAGE_SHELL;
}

/* The statement that takes the version out of the tool's table; NULL: not known. */
static const char *
history_statement(struct draft *draft, const struct migration_evidence *evidence)
{
    g_autofree char *sql = history_row(draft->sources->rehearsal->migrations, evidence->migration,
                                       DIRECTION_DOWN);
    return sql == NULL ? NULL : draft_statement(draft, sql);
}

/* Whether what PostgreSQL answers to it is known: some tools write the version before instead, and
 * Sqitch writes into several tables. */
static bool
takes_one_row(const char *history)
{
    if (history == NULL || !g_str_has_prefix(history, "DELETE"))
        return false;
    const char *end = history + strcspn(history, ";");
    return *end == '\0' || end[1] == '\0';
}

static void
add_text(GPtrArray *texts, const char *text)
{
    if (text != NULL && *text != '\0')
        g_ptr_array_add(texts, (gpointer)(guintptr)text);
}

/* What a step of down sends; what dbdoc cannot read stands there as a comment. */
static const char *
sql_of(struct draft *draft, const struct migration_step *step)
{
    if (step->kind != STEP_OPAQUE)
        return draft_statement(draft, step->sql);
    g_autofree char *source = g_strdup(step->source);
    g_strdelimit(source, "\n\r", ' ');
    return arena_printf(draft->arena, "-- Not SQL that dbdoc can read (%s:%u): %s", step->file,
                        step->line, source);
}

static const char *
subject_of(struct draft *draft, const struct migration_evidence *evidence)
{
    return draft->runbook->count == 1
               ? "it"
               : arena_printf(draft->arena, "`%s`", evidence->migration->name);
}

static const char retry[] =
    "It waits at most " LOCK_TIMEOUT
    " for a lock. `ERROR: canceling statement due to lock timeout` "
    "means that nothing has changed: wait a minute, and do this step again.";

static void
write_transaction(struct draft *draft, const struct migration_evidence *evidence, const char * or)
{
    const struct migration_plan *plan = &evidence->migration->down;
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    const char *history = history_statement(draft, evidence);
    add_text(texts, "BEGIN;");
    add_text(texts, "SET LOCAL lock_timeout = '" LOCK_TIMEOUT "';");
    for (size_t i = 0; i < plan->count; i++)
        add_text(texts, sql_of(draft, &plan->steps[i]));
    add_text(texts, history);
    add_text(texts, "COMMIT;");
    struct runbook_step *step = draft_step(draft, PHASE_DOWN, ROLE_DOWN, "%soll %s back as SQL", or,
                                           subject_of(draft, evidence));
    step->text = retry;
    step->lock = run_lock(&evidence->down);
    step->expect =
        takes_one_row(history)
            ? "`DELETE 1`, then `COMMIT`. `ROLLBACK` in its place: an error came before, "
              "and nothing has changed"
            : "`COMMIT`. `ROLLBACK` in its place: an error came before, and nothing has "
              "changed";
    draft_code(draft, step, LANGUAGE_SQL, texts);
}

/* What lock_timeout would leave half done. */
static bool
is_concurrent(const char *sql)
{
    g_autofree char *upper = g_ascii_strup(sql, -1);
    return strstr(upper, "CONCURRENTLY") != NULL;
}

static const char concurrent[] =
    "It waits for transactions that use the table and blocks none of them: no `lock_timeout`, "
    "which would leave an invalid index.";

static void
write_statement(struct draft *draft, const struct migration_evidence *evidence, size_t i,
                const char * or)
{
    const struct migration_step *sent = &evidence->migration->down.steps[i];
    const char *sql = sql_of(draft, sent);
    if (*sql == '\0')
        return;
    bool alone = sent->kind != STEP_OPAQUE && is_concurrent(sent->sql);
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    add_text(texts, alone ? "SET lock_timeout = 0;" : "SET lock_timeout = '" LOCK_TIMEOUT "';");
    add_text(texts, sql);
    struct runbook_step *step = draft_step(
        draft, PHASE_DOWN, ROLE_DOWN, "%sun statement %zu of %zu of %s", or, i + 1,
        evidence->migration->down.count, subject_of(draft, evidence));
    step->text = alone ? concurrent : retry;
    if (i < evidence->down.count)
        step->lock = statement_lock(&evidence->down.statements[i]);
    draft_code(draft, step, LANGUAGE_SQL, texts);
}

static void
write_statements(struct draft *draft, const struct migration_evidence *evidence, const char * or)
{
    const struct migration_plan *plan = &evidence->migration->down;
    for (size_t i = 0; i < plan->count; i++)
        write_statement(draft, evidence, i, i == 0 ? or : "R");
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    const char *history = history_statement(draft, evidence);
    add_text(texts, "RESET lock_timeout;");
    add_text(texts, history);
    struct runbook_step *step = draft_step(draft, PHASE_DOWN, ROLE_DOWN,
                                           history != NULL ? "Take it out of the history"
                                                           : "Let the session wait again");
    step->expect = takes_one_row(history) ? "`DELETE 1`" : "no error";
    draft_code(draft, step, LANGUAGE_SQL, texts);
}

/* The rehearsal ran it as it stands here. */
static void
write_command(struct draft *draft, const struct migration_evidence *evidence)
{
    struct runbook_step *step = draft_step(draft, PHASE_DOWN, ROLE_TOOL, "Roll %s back",
                                           subject_of(draft, evidence));
    step->text = "In a shell, where `dbdoc.yml` is.";
    step->expect = "the command ends with status 0";
    step->proof = PROOF_EXECUTED;
    step->lock = run_lock(&evidence->down);
    draft_query(draft, step, evidence->down.command);
    step->language = LANGUAGE_SHELL;
}

void
write_down(struct draft *draft)
{
    if (draft->runbook->reversal == REVERSAL_IMPOSSIBLE)
        return;
    write_tool(draft);
    write_release(draft);
    const char * or = draft->parts[PHASE_DOWN].steps->len > 0 ? "Or: r" : "R";
    for (size_t i = 0; i < draft->runbook->count; i++) {
        const struct migration_evidence *evidence = draft->runbook->migrations[i];
        if (evidence->down.command != NULL)
            write_command(draft, evidence);
        else if (evidence->migration->down.isolation == IN_TRANSACTION)
            write_transaction(draft, evidence, or);
        else
            write_statements(draft, evidence, or);
        or = "R";
    }
}

/* ---- the check of the result ---- */

static void
write_head_is_gone(struct draft *draft)
{
    const char *version = version_of(draft_oldest(draft));
    g_autofree char *sql = history_query(draft->sources->rehearsal->migrations,
                                         draft_oldest(draft)->migration, HISTORY_GONE);
    if (sql != NULL)
        add_query(draft, PHASE_CHECK, ROLE_VERIFY,
                  arena_printf(draft->arena, "Check that `%s` is not applied any more", version),
                  sql);
}

static void
write_fingerprint_again(struct draft *draft)
{
    const struct proof *proof = draft->proof;
    if (proof == NULL || proof->objects.count == 0 || proof->after == NULL)
        return;
    bool restored = g_strcmp0(proof->after, proof->before) == 0;
    struct runbook_step *step = draft_step(draft, PHASE_CHECK, ROLE_AFTER,
                                           "Take the fingerprint again: run the query of %s",
                                           draft->fingerprint);
    step->text = restored ? "The value expected is the one from before the migration: what it "
                            "changed is as it was."
                          : arena_printf(draft->arena,
                                         "The value expected is what down left in the rehearsal. "
                                         "Before the migration it was `%s`: down does not bring "
                                         "everything back.",
                                         proof->before);
    step->expect = arena_printf(draft->arena, "`%s`", proof->after);
    step->language = LANGUAGE_SQL;
    step->code = query_of_fingerprint(draft->arena, &proof->objects);
}

void
write_check(struct draft *draft)
{
    if (draft->runbook->reversal == REVERSAL_IMPOSSIBLE)
        return;
    write_head_is_gone(draft);
    write_fingerprint_again(draft);
    add_query(draft, PHASE_CHECK, ROLE_VERIFY, "Check that no index was left invalid",
              query_of_file(draft->arena, "invalid_indexes"));
    if (draft->proof != NULL && draft->proof->after != NULL)
        add_query(draft, PHASE_CHECK, ROLE_VERIFY,
                  draft->proof->unvalidated.count == 0
                      ? "Check that no constraint was left unvalidated"
                      : "Check that no constraint was left unvalidated, but for those that were so "
                        "in the rehearsal",
                  query_of_unvalidated(draft->arena, &draft->proof->unvalidated));
}
