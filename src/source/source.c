/* source.c - the three ways to a struct database. */
#include "source/source.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/progress.h"
#include "catalog/known.h"
#include "catalog/snapshot.h"
#include "migrations/renames.h"
#include "source/choice.h"
#include "source/loader.h"
#include "source/migrate.h"
#include "source/observed.h"

#include <string.h>

#define MEGABYTE ((guint64)1024 * 1024)

static void
warn_of_unseen(const struct database *database, GPtrArray *warnings)
{
    g_autofree char *facts = unseen_facts(database->catalog, NULL);
    g_autofree char *words = unseen_words(database->catalog);
    if (facts != NULL)
        g_ptr_array_add(warnings,
                        g_strdup_printf("%s, and so not known: %s. Grant it SELECT on the catalogs "
                                        "and EXECUTE on the functions of pg_catalog that somebody "
                                        "revoked, or read as another role.",
                                        words, facts));
}

static struct database *
read_live(const struct source_request *request, const struct choice *choice, GPtrArray *warnings,
          GError **error)
{
    progress_step("Connecting to %s", choice->taken);
    struct connection *connection = connection_open(choice->target, error);
    if (connection == NULL)
        return NULL;
    struct database *database = introspect(connection, &request->reading, error);
    const struct source_visit *visit = request->visit;
    if (database != NULL)
        warn_of_unseen(database, warnings);
    if (database != NULL && visit != NULL && request->reading.observe != OBSERVE_NOTHING &&
        !visit->ask(visit->data, connection, error))
        g_clear_pointer(&database, database_free);
    connection_close(connection);
    return database;
}

static bool
load_folder(struct loader *loader, const struct choice *choice, GError **error)
{
    for (guint i = 0; i < choice->files->len; i++) {
        const char *name = choice->files->pdata[i];
        int descriptor = file_open_below(choice->root, name, error);
        if (descriptor < 0 || !loader_load(loader, name, descriptor, error))
            return false;
    }
    return true;
}

static bool
load_lines(struct loader *loader, const struct migrations *all, GError **error)
{
    for (size_t i = 0; i < migrations_line_count(all); i++)
        if (!migrate_up(loader, migrations_line(all, i), error))
            return false;
    return true;
}

/* Hands a single file's descriptor over. */
static bool
load_files(struct loader *loader, struct choice *choice, GError **error)
{
    int descriptor = choice->descriptor;
    if (choice->form == SOURCE_MIGRATIONS)
        return load_lines(loader, &choice->migrations, error);
    choice->descriptor = -1;
    bool done = descriptor >= 0 ? loader_load(loader, choice->files->pdata[0], descriptor, error)
                                : load_folder(loader, choice, error);
    return done && loader_finish(loader, choice->taken, error);
}

/* When SQL was applied here is when it was read: another time each time. */
static void
forget_moments(const struct catalog *catalog)
{
    for (size_t i = 0; i < catalog->histories.count; i++)
        catalog->histories.items[i].applied_at = (struct names){0, NULL};
}

/* Over a new session of the login: what foreign SQL left in its own session does not reach it, and
 * what it hid in the database runs with no more rights than it had. */
static struct database *
read_loaded(const struct source_request *request, const struct loader *loader,
            enum access_source access, GError **error)
{
    struct connection *connection = cluster_connect(loader->cluster, loader->database, error);
    if (connection == NULL)
        return NULL;
    const struct introspect_options reading = {OBSERVE_NOTHING, request->reading.lock_timeout,
                                               access};
    struct database *database = introspect(connection, &reading, error);
    connection_close(connection);
    if (database != NULL)
        forget_moments(database->catalog);
    return database;
}

static bool
show(const struct source_request *request, const struct loader *loader, GError **error)
{
    const struct source_visit *visit = request->visit;
    return visit == NULL || visit->look(visit->data, loader->cluster, loader->database, error);
}

static struct database *
load_and_read(const struct source_request *request, struct choice *choice, struct loader *loader,
              GError **error)
{
    struct database *database = NULL;
    if (loader_begin(loader, error) && load_files(loader, choice, error))
        database = read_loaded(
            request, loader,
            choice->form == SOURCE_MIGRATIONS ? ACCESS_OF_MIGRATIONS : ACCESS_OF_DUMP, error);
    if (database != NULL)
        database->catalog->name = arena_text(
            database->arena, loader->dump_name != NULL ? loader->dump_name : choice->database, -1);
    loader_end(loader);
    if (database == NULL || show(request, loader, error))
        return database;
    database_free(database);
    return NULL;
}

static struct database *
read_sql(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
         GError **error)
{
    const struct cluster_limits limits = {
        .seconds = request->config->load_seconds,
        .bytes = request->config->load_megabytes * MEGABYTE,
        .work = "loading",
        .major = request->config->rehearsal.major,
    };
    struct cluster *cluster = cluster_start(&limits, error);
    if (cluster == NULL)
        return NULL;
    struct database *database = NULL;
    const char *name = cluster_create_database(cluster, error);
    if (name != NULL) {
        struct loader loader = {
            .cluster = cluster,
            .database = name,
            .on_error = request->on_error,
            .root = choice->root,
            .prefix = choice->prefix,
            .remarks = remarks_new(),
        };
        database = load_and_read(request, choice, &loader, error);
        remarks_finish(loader.remarks, warnings);
        remarks_free(loader.remarks);
    }
    cluster_stop(cluster);
    return database;
}

struct database *
source_of_migrations(const struct config *config, const struct migrations *migrations,
                     const struct source_visit *visit, GPtrArray *warnings, GError **error)
{
    const struct source_request request = {
        .config = config, .on_error = STOP_AT_ERROR, .visit = visit};
    struct choice choice = {
        .form = SOURCE_MIGRATIONS,
        .root = (char *)(guintptr)config->root,
        .prefix = (char *)(guintptr) "",
        .descriptor = -1,
        .migrations = *migrations,
        .database = (char *)(guintptr) "",
    };
    return read_sql(&request, &choice, warnings, error);
}

static struct database *
read_snapshot(const struct choice *choice, GPtrArray *warnings, GError **error)
{
    g_autofree char *path = g_build_filename(choice->root, choice->files->pdata[0], NULL);
    GString *text = NULL;
    if (!file_read(path, SNAPSHOT_LIMIT, &text, error))
        return NULL;
    struct database *database = database_new();
    bool done = snapshot_read(database, choice->taken, text, warnings, error);
    g_string_free(text, TRUE);
    if (done) {
        database_finish(database);
        return database;
    }
    database_free(database);
    return NULL;
}

static struct database *
read_answers(const struct choice *choice, GError **error)
{
    g_autofree char *path = g_build_filename(choice->root, choice->files->pdata[0], NULL);
    g_autoptr(GString) text = NULL;
    if (!file_read(path, SNAPSHOT_LIMIT, &text, error))
        return NULL;
    struct answers *answers = answers_read(choice->taken, text->str, error);
    struct database *database = answers == NULL ? NULL : introspect_answers(answers, error);
    if (answers != NULL)
        answers_free(answers);
    return database;
}

bool
source_observe(const struct source_request *request, struct database *database, GPtrArray *warnings,
               GError **error)
{
    return observed_read(request, database, NO, warnings, error);
}

static struct database *
read_choice(const struct source_request *request, struct choice *choice, GPtrArray *warnings,
            GError **error)
{
    switch (choice->form) {
    case SOURCE_LIVE:
        return read_live(request, choice, warnings, error);
    case SOURCE_SNAPSHOT:
        return read_snapshot(choice, warnings, error);
    case SOURCE_ANSWERS:
        return read_answers(choice, error);
    case SOURCE_SQL:
    case SOURCE_MIGRATIONS:
        return read_sql(request, choice, warnings, error);
    }
    g_assert_not_reached();
}

static bool
check_observations(const struct source_request *request, const struct choice *choice,
                   GError **error)
{
    const char *path = request->observations;
    if (path == NULL || choice->form != SOURCE_LIVE || observed_is_folder(NULL, path))
        return true;
    return failure_set(error, FAILURE_USAGE,
                       "%s belongs to a snapshot or a dump; a live server is observed itself. "
                       "Leave it out, or name a folder of earlier ones.",
                       path);
}

/* Messages about files of a revision say of which, and not where they were laid out. */
static void
name_revision(const struct choice *choice, GPtrArray *warnings, GError **error)
{
    const struct revision *revision = choice->revision;
    if (revision == NULL)
        return;
    for (guint i = 0; i < warnings->len; i++) {
        char *words = g_strdup_printf("git:%s: %s", revision->name, (char *)warnings->pdata[i]);
        revision_hide_folder(revision, &words);
        g_free(warnings->pdata[i]);
        warnings->pdata[i] = words;
    }
    if (error == NULL || *error == NULL)
        return;
    revision_hide_folder(revision, &(*error)->message);
    failure_prefix(error, "git:%s: ", revision->name);
}

/* What the migrations say was renamed, where they are what was read. */
static void
note_renames(const struct choice *choice, struct source_result *result)
{
    result->by_migrations = choice->form == SOURCE_MIGRATIONS;
    if (!result->by_migrations)
        return;
    g_autoptr(GArray) renames = migrations_renames(result->database->arena, &choice->migrations);
    result->rename_count = renames->len;
    result->renames = arena_keep(result->database->arena, renames);
}

/* One SOURCE on its way: what it is, then what is in it. */
struct job {
    const struct source_request *request;
    struct source_result *result;
    struct choice choice;
    bool done;
    GError *error;
};

static void
job_choose(struct job *job, const struct source_request *request, struct source_result *result)
{
    *job = (struct job){.request = request, .result = result};
    *result = (struct source_result){.warnings = g_ptr_array_new_with_free_func(g_free)};
    job->done = choice_make(request, &job->choice, result->warnings, &job->error) &&
                check_observations(request, &job->choice, &job->error);
}

/* Of a job that was chosen. */
static void *
job_read(void *data)
{
    struct job *job = data;
    const struct source_request *request = job->request;
    struct source_result *result = job->result;
    result->database = read_choice(request, &job->choice, result->warnings, &job->error);
    job->done = result->database != NULL;
    if (!job->done)
        return NULL;
    note_renames(&job->choice, result);
    if (request->observations != NULL || request->reading.observe != OBSERVE_NOTHING)
        job->done = observed_read(request, result->database,
                                  job->choice.form == SOURCE_LIVE ? YES : NO, result->warnings,
                                  &job->error);
    return NULL;
}

static bool
job_finish(struct job *job, GError **error)
{
    name_revision(&job->choice, job->result->warnings, &job->error);
    job->result->taken = g_steal_pointer(&job->choice.taken);
    choice_clear(&job->choice);
    progress_clear();
    if (job->error != NULL)
        g_propagate_error(error, job->error);
    return job->done;
}

bool
source_read(const struct source_request *request, struct source_result *result, GError **error)
{
    struct job job;
    job_choose(&job, request, result);
    if (job.done)
        job_read(&job);
    return job_finish(&job, error);
}

/* What is no file of ours is a server's work, one after the other. */
static void
read_jobs(struct job *first, struct job *second)
{
    GThread *thread = NULL;
    if (first->choice.form == SOURCE_SNAPSHOT && second->choice.form == SOURCE_SNAPSHOT)
        thread = g_thread_new("snapshot", job_read, first);
    else
        job_read(first);
    if (thread != NULL || first->done)
        job_read(second);
    if (thread != NULL)
        g_thread_join(thread);
}

bool
source_read_two(const struct source_request *first, const struct source_request *second,
                struct source_result results[2], GError **error)
{
    struct job jobs[2];
    job_choose(&jobs[0], first, &results[0]);
    job_choose(&jobs[1], second, &results[1]);
    if (jobs[0].done && jobs[1].done)
        read_jobs(&jobs[0], &jobs[1]);
    bool done = job_finish(&jobs[0], error);
    return job_finish(&jobs[1], done ? error : NULL) && done;
}

void
source_result_clear(struct source_result *result)
{
    database_free(result->database);
    g_free(result->taken);
    if (result->warnings != NULL)
        g_ptr_array_unref(result->warnings);
    *result = (struct source_result){0};
}
