/* subject.c - the layers between a SOURCE and a result, in their order. */
#include "commands/subject.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "base/text.h"
#include "commands/authorship.h"
#include "commands/message.h"
#include "commands/rehearsing.h"
#include "commands/schema_reading.h"
#include "commands/scope.h"
#include "commands/today.h"
#include "migrations/commits.h"
#include "model/reasons.h"
#include "notes/notes.h"

#define INTRO_LIMIT ((size_t)1024 * 1024)

static bool
read_intro(const struct reading *reading, const char **intro, GError **error)
{
    const struct config *config = reading->config;
    GString *text = NULL;
    *intro = NULL;
    if (config->intro == NULL)
        return true;
    if (!file_read_below(config->root, config->intro, INTRO_LIMIT, &text, error))
        return false;
    g_autofree char *clean = text_clean(text->str);
    *intro = arena_text(reading->arena, clean, -1);
    g_string_free(text, TRUE);
    return true;
}

static bool
read_words(struct subject *subject, const char **intro, GError **error)
{
    const struct reading *reading = &subject->reading;
    const struct config *config = reading->config;
    progress_step("Reading notes");
    return read_intro(reading, intro, error) &&
           notes_read(reading->arena, config->root, config->notes, &subject->notes,
                      &subject->problems, error) &&
           note_records_read(reading->arena, config->root, config->notes, &subject->records, error);
}

static bool
plan(void *data, struct cluster *cluster, const char *database, GError **error)
{
    struct subject *subject = data;
    return subject->planning == PLAN_NOTHING || subject->workload.count == 0 ||
           planned_make(&subject->planned, cluster, database, error);
}

/* Over the session that read the server. */
static bool
ask(void *data, struct connection *connection, GError **error)
{
    struct subject *subject = data;
    GError *problem = NULL;
    return workload_read_server(subject->reading.arena, connection, &subject->workload, &problem) ||
           message_failure(problem, "pg_stat_statements is not read, or not all of it", error);
}

/* Before the source, whose throw-away database is where they are planned. */
static bool
read_queries(struct subject *subject, GError **error)
{
    const struct config *config = subject->reading.config;
    if (!workload_read_files(subject->reading.arena, config->root, config->queries,
                             &subject->workload, error) ||
        !workload_read_seen(subject->reading.arena, config->root, &config->workload,
                            &subject->workload, error))
        return false;
    subject->visit = (struct source_visit){plan, ask, subject};
    subject->reading.visit = &subject->visit;
    return subject->planning == PLAN_NOTHING ||
           planned_begin(&subject->planned, subject->reading.arena, config, &subject->workload,
                         error);
}

/* Before the source is read, which may take long. */
static bool
read_migrations(struct subject *subject, GError **error)
{
    const struct config *config = subject->reading.config;
    if (subject->has_migrations)
        return true; /* the caller knew of them */
    subject->has_migrations = config->line_count > 0 && config->lines[0].folder != NULL;
    return !subject->has_migrations ||
           rehearsing_read(&subject->reading, NULL, NULL, &subject->migrations, error);
}

/* What goes with the source, where nobody named any. */
static bool
find_migrations(const struct invocation *invocation, struct subject *subject, GError **error)
{
    struct migrations *found = NULL;
    if (subject->has_migrations)
        return true;
    if (!rehearsing_find(&subject->reading, invocation_source(invocation), &found, error))
        return false;
    if (found != NULL) {
        subject->migrations = *found;
        subject->has_migrations = true;
        subject->migrations_origin = MIGRATIONS_FOUND;
    }
    return found != NULL || invocation->options.rehearsal != REHEARSE_ALL ||
           failure_set(error, FAILURE_USAGE,
                       "--rehearse needs to know the migrations, and they are not where projects "
                       "keep them: write their folder into dbdoc.yml, as migrations: with "
                       "folder:.");
}

static bool
read_schemas(const struct invocation *invocation, struct subject *subject, GError **error)
{
    const struct config *config = subject->reading.config;
    bool goes_with = config->file != NULL || invocation_source(invocation) == NULL;
    const char *root = schema_reading_project(config,
                                              subject->has_migrations ? &subject->migrations : NULL,
                                              goes_with ? CODE_BELONGS : CODE_IS_OF_ANOTHER);
    subject->has_schemas = root != NULL;
    subject->code_root = root;
    return root == NULL || schema_reading(subject->reading.arena, root, &subject->schemas, error);
}

static bool
rehearse_migrations(const struct invocation *invocation, struct subject *subject, GError **error)
{
    if (invocation->options.rehearsal == REHEARSE_ALL)
        return rehearsing_run(&subject->reading, &subject->migrations, &subject->rehearsal, error);
    if (subject->has_migrations)
        subject->rehearsal = rehearsal_not_run(subject->reading.arena, &subject->migrations);
    return true;
}

const struct rehearsal *
subject_rehearsal(const struct subject *subject)
{
    return subject->has_migrations ? &subject->rehearsal : NULL;
}

static bool
find_findings(const struct invocation *invocation, struct subject *subject, GError **error)
{
    g_autofree char *today = today_find(invocation->surroundings->variables, error);
    if (today == NULL)
        return false;
    progress_step("Checking");
    subject->findings = findings_new(subject->model, subject_rehearsal(subject), today);
    return interrupt_check(error);
}

bool
subject_begin(const struct invocation *invocation, struct subject *subject, GError **error)
{
    *subject = (struct subject){0};
    return reading_begin(invocation, &subject->reading, error);
}

static void
ask_authors(struct subject *subject)
{
    if (subject->authors != AUTHORS_ASKED)
        return;
    if (subject->has_migrations)
        commits_read(subject->reading.arena, &subject->migrations);
    authorship_read(subject);
}

bool
subject_read(const struct invocation *invocation, struct subject *subject, GError **error)
{
    const char *intro = NULL;
    const char *source = invocation_source(invocation);
    if (!read_migrations(subject, error) || !read_queries(subject, error) ||
        !reading_read(invocation, source, &subject->reading, error) ||
        !find_migrations(invocation, subject, error) || !read_schemas(invocation, subject, error) ||
        !read_words(subject, &intro, error) || !rehearse_migrations(invocation, subject, error))
        return false;
    ask_authors(subject);
    if (subject->has_migrations)
        reasons_collect(subject->reading.arena, &subject->migrations, &subject->notes);
    scope_apply(subject->reading.config, subject->reading.source.database);
    scope_fold(subject->reading.config, subject->reading.source.database);
    const struct source_result *taken = &subject->reading.source;
    if (invocation->options.rehearsal == REHEARSE_ALL && !taken->by_migrations &&
        !drift_read(&subject->reading, taken->database, &subject->migrations, &subject->drift,
                    error))
        return false;
    const struct model_parts parts = {
        .config = subject->reading.config,
        .database = subject->reading.source.database,
        .notes = &subject->notes,
        .note_problems = &subject->problems,
        .records = &subject->records,
        .intro = intro,
        .drift = subject->drift.known ? &subject->drift.drift : NULL,
        .schemas = subject->has_schemas ? &subject->schemas : NULL,
        .workload = &subject->workload,
        .plans = subject->planned.has_plans ? &subject->planned.plans : NULL,
    };
    subject->model = model_new(&parts);
    return find_findings(invocation, subject, error);
}

bool
subject_read_words(const struct invocation *invocation, struct subject *subject, GError **error)
{
    const char *intro = NULL;
    return read_words(subject, &intro, error) && rehearse_migrations(invocation, subject, error);
}

void
subject_close(struct subject *subject)
{
    findings_free(subject->findings);
    drift_clear(&subject->drift);
    model_free(subject->model);
    reading_close(&subject->reading);
    *subject = (struct subject){0};
}

bool
subject_reaches(const struct subject *subject, enum severity severity)
{
    for (int worse = severity; worse <= SEVERITY_ERROR; worse++)
        if (findings_count(subject->findings, (enum severity)worse) > 0)
            return true;
    return false;
}
