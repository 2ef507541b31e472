/* runbook.c - "dbdoc runbook": how to go back from one migration, or from a release. */
#include "report/runbook.h"

#include "base/failure.h"
#include "base/text.h"
#include "commands/message.h"
#include "commands/rehearsing.h"
#include "commands/subject.h"
#include "migrations/commits.h"
#include "runbook/prove.h"
#include "site/runbook_file.h"

#include <string.h>

static GString *
write_page(const struct model *model, const struct runbook *runbook, GError **error)
{
    if (model != NULL)
        return runbook_file(model, runbook, error);
    failure_set(error, FAILURE_USAGE,
                "--format html is a page about a database: write into dbdoc.yml which it is, as "
                "database:. The other formats need none.");
    return NULL;
}

static GString *
write_text(const struct options *options, const struct model *model, const struct runbook *runbook,
           GError **error)
{
    switch (options->runbook_format) {
    case RUNBOOK_TEXT:
        return report_runbook_text(runbook, result_colour(options));
    case RUNBOOK_MARKDOWN:
        return report_runbook_markdown(runbook);
    case RUNBOOK_JSON:
        return report_runbook_json(runbook);
    case RUNBOOK_HTML:
        return write_page(model, runbook, error);
    }
    g_assert_not_reached();
}

/* A version that is not there: the one that may be meant. */
static bool
complain(const struct migrations *migrations, const char *version, GError **error)
{
    g_autoptr(GPtrArray) versions = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < migrations->count; i++)
        if (migrations->items[i].kind == MIGRATION_VERSIONED)
            g_ptr_array_add(versions, migration_address(&migrations->items[i]));
    g_ptr_array_add(versions, NULL);
    const char *nearest = text_nearest(version, (const char *const *)versions->pdata);
    g_autofree char *hint = nearest == NULL ? g_strdup("")
                                            : g_strdup_printf(" Did you mean %s?", nearest);
    return failure_set(error, FAILURE_USAGE,
                       "there is no migration with the version \"%s\" in %s.%s \"dbdoc rehearse "
                       "--plan\" lists them.",
                       version, migrations->folder, hint);
}

static bool
find_known(const struct migrations *migrations, const char *version, size_t *place)
{
    for (size_t i = 0; i < migrations->count; i++) {
        const struct migration *migration = &migrations->items[i];
        g_autofree char *own = migration_address(migration);
        if (migration->kind == MIGRATION_VERSIONED && g_str_equal(own, version)) {
            *place = i;
            return true;
        }
    }
    return false;
}

static bool
find_version(const struct migrations *migrations, const char *version, size_t *place,
             GError **error)
{
    return find_known(migrations, version, place) || complain(migrations, version, error);
}

/* The last one that can go; false when there is none. */
static bool
find_last(const struct migrations *migrations, size_t *place)
{
    for (size_t i = migrations->count; i-- > 0;) {
        *place = i;
        if (migrations->items[i].kind == MIGRATION_VERSIONED)
            return true;
    }
    return false;
}

/* What came between two revisions, as git has their files; false when they are none, or when
 * nothing came. */
static bool
find_release(const struct migrations *migrations, const char *from, const char *to,
             struct span *span)
{
    g_autoptr(GHashTable) old_files = NULL;
    g_autoptr(GHashTable) new_files = NULL;
    if (migrations->line_count > 0)
        return false;
    old_files = commits_files(migrations, from);
    new_files = old_files == NULL ? NULL : commits_files(migrations, to);
    bool found = false;
    for (size_t i = 0; new_files != NULL && i < migrations->count; i++) {
        const struct migration *migration = &migrations->items[i];
        if (migration->kind != MIGRATION_VERSIONED ||
            g_hash_table_contains(old_files, migration->file) ||
            !g_hash_table_contains(new_files, migration->file))
            continue;
        span->first = found ? span->first : i;
        span->last = i;
        found = true;
    }
    return found;
}

/* Versions, else revisions: git takes "0001" for the beginning of a commit's hash. */
static bool
find_range(const struct migrations *migrations, const char *from, const char *to, struct span *span,
           GError **error)
{
    bool known = find_known(migrations, from, &span->first) &&
                 find_known(migrations, to, &span->last);
    if (!known && find_release(migrations, from, to, span))
        return true;
    if (!find_version(migrations, from, &span->first, error) ||
        !find_version(migrations, to, &span->last, error))
        return false;
    return span->first <= span->last ||
           failure_set(error, FAILURE_USAGE,
                       "%s comes after %s. Write the older version first: both go, and all between "
                       "them.",
                       from, to);
}

/* "VERSION", "FROM..TO", or nothing: the last one. */
static bool
find_span(const struct migrations *migrations, const char *named, struct span *span, GError **error)
{
    const char *dots = named == NULL ? NULL : strstr(named, "..");
    if (named == NULL && migrations->line_count > 0)
        return failure_set(error, FAILURE_USAGE,
                           "there are several lines of migrations, %s, %s%s. Name a migration as "
                           "LINE.VERSION.",
                           migrations->lines[0].id, migrations->lines[1].id,
                           migrations->line_count > 2 ? " and more" : "");
    if (named == NULL && !find_last(migrations, &span->last))
        return failure_set(error, FAILURE_USAGE, "no migration in %s has a version.",
                           migrations->folder);
    if (dots == NULL) {
        if (named != NULL && !find_version(migrations, named, &span->last, error))
            return false;
        span->first = span->last;
        return true;
    }
    g_autofree char *from = g_strndup(named, (size_t)(dots - named));
    return find_range(migrations, from, dots + strlen(".."), span, error);
}

/* The line that the span lies in; its places become those of the line. */
static bool
enter_line(const struct rehearsal *all, struct span *span, struct rehearsal *line, GError **error)
{
    size_t first = 0;
    *line = rehearsal_of_line(all, 0, &first);
    for (size_t i = 1; span->first >= first + line->count; i++)
        *line = rehearsal_of_line(all, i, &first);
    if (span->last >= first + line->count)
        return failure_set(error, FAILURE_USAGE,
                           "the two versions are of different lines of migrations. Name those of "
                           "one.");
    *span = (struct span){span->first - first, span->last - first};
    return true;
}

static bool
check_span(const struct rehearsal *rehearsal, const struct span *span, GError **error)
{
    for (size_t i = span->first; i <= span->last; i++) {
        const struct migration_evidence *evidence = &rehearsal->items[i];
        if (evidence->up.end != RUN_COMPLETE)
            return failure_set(error, FAILURE_VERDICT,
                               "migration %s has nothing to go back from: its up does not run "
                               "(%s). \"dbdoc rehearse\" says more.",
                               evidence->migration->version,
                               evidence->up.words != NULL ? evidence->up.words : "not tried");
    }
    return true;
}

static bool
show(const struct options *options, const struct subject *subject, struct span *span,
     GError **error)
{
    struct rehearsal line;
    const struct procedure_sources sources = {
        .arena = subject->reading.arena,
        .rehearsal = &line,
        .model = subject->model,
        .sayings = said_read(subject->reading.arena, &subject->migrations, &subject->notes,
                             subject->reading.config->root),
    };
    if (!enter_line(&subject->rehearsal, span, &line, error) ||
        !check_span(sources.rehearsal, span, error))
        return false;
    const struct proof *proof = NULL;
    const struct spans spans = {1, span};
    const struct cluster_limits limits = rehearsing_limits(&subject->reading);
    if (!prove_runbooks(&sources, &spans, &limits, &proof, error))
        return false;
    const struct runbook *runbook = procedure_new(&sources, span, proof);
    g_autoptr(GString) text = write_text(options, subject->model, runbook, error);
    return text != NULL && result_write(options->output, text, error);
}

/* Notes and the rehearsal, and sizes where dbdoc.yml says of which database. */
static bool
read_rest(const struct invocation *invocation, struct subject *subject, GError **error)
{
    struct invocation wanted = *invocation;
    wanted.argument_count = 0;
    wanted.options.rehearsal = REHEARSE_ALL;
    wanted.options.observe = OBSERVE_STATISTICS;
    return subject->reading.config->database != NULL ? subject_read(&wanted, subject, error)
                                                     : subject_read_words(&wanted, subject, error);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    const struct options *options = &invocation->options;
    const char *named = invocation->argument_count > 0 ? invocation->arguments[0] : NULL;
    struct subject subject;
    struct span span = {0, 0};
    bool done = subject_begin(invocation, &subject, error) &&
                rehearsing_read(&subject.reading, NULL, options->tool, &subject.migrations, error);
    subject.has_migrations = done;
    if (done)
        commits_read(subject.reading.arena, &subject.migrations);
    done = done && find_span(&subject.migrations, named, &span, error) &&
           read_rest(invocation, &subject, error) && show(options, &subject, &span, error);
    subject_close(&subject);
    return done;
}

const struct command command_runbook = {
    .name = "runbook",
    .arguments = "[VERSION|FROM..TO]",
    .completes = COMPLETES_NOTHING,
    .most = 1,
    .options = OPTION_RUNBOOK_FORMAT | OPTION_TOOL | OPTION_COMMANDS | OPTION_OUTPUT_FILE |
               OPTION_CONFIG | OPTION_COLOUR | OPTION_QUIET | OPTION_HELP,
    .summary = "write how to roll a migration back, step by step",
    .help = "Writes a runbook: whether to roll back at all, what it blocks and deletes, the\n"
            "steps with the tool's own command and as SQL, and how to see that it worked.\n"
            "VERSION is a migration's; without one it is the last. FROM..TO takes all from\n"
            "FROM to TO, both included, the newest first, as one procedure; of two tags or\n"
            "commits of git, those whose files came after FROM, up to TO.\n"
            "\n"
            "What it says was seen in a rehearsal in a throw-away PostgreSQL. A step that\n"
            "nobody executed says so. Sizes are those of the observations that dbdoc.yml\n"
            "names; people write decisions and contacts in notes (object: migration VERSION).\n"
            "\n"
            "Examples:\n"
            "  dbdoc runbook\n"
            "  dbdoc runbook 20260312091500\n"
            "  dbdoc runbook v1.4.0..v1.5.0\n"
            "  dbdoc runbook --format html -o rollback.html\n"
            "  dbdoc runbook --format markdown 20260305084500..20260317140200\n",
    .run = run,
};
