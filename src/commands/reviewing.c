/* reviewing.c - the order of the steps: what is cheap and may be wrong comes first. */
#include "commands/reviewing.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/git.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "catalog/renames.h"
#include "commands/message.h"
#include "commands/publishing.h"
#include "commands/rehearsing.h"
#include "commands/review_base.h"
#include "commands/review_edits.h"
#include "commands/schema_reading.h"
#include "commands/scope.h"
#include "commands/today.h"
#include "migrations/commits.h"
#include "migrations/renames.h"
#include "model/reasons.h"
#include "rehearsal/rehearsal.h"
#include "source/revision.h"

#include <string.h>

#define CODEOWNERS_LIMIT ((size_t)1024 * 1024)

/* ---- the databases ---- */

static bool
is_new(const struct reviewing *reviewing, const struct migration *migration)
{
    return g_hash_table_contains(reviewing->added, migration);
}

/* Whether the migration is a part of the line here: its up ran, or nothing had to be rehearsed. */
static bool
stands(const struct reviewing *reviewing, const struct migration *migration)
{
    size_t place = (size_t)(migration - reviewing->migrations.items);
    enum run_end end = reviewing->rehearsal.items[place].up.end;
    return end == RUN_COMPLETE || reviewing->rehearsal.server == NULL;
}

static bool
wants_before(const struct migrations_wish *wish, const struct migrations *line,
             const struct migration *migration)
{
    (void)line;
    return stands(wish->data, migration) && !is_new(wish->data, migration);
}

static bool
wants_after(const struct migrations_wish *wish, const struct migrations *line,
            const struct migration *migration)
{
    (void)line;
    return stands(wish->data, migration);
}

static void
warn_all(const GPtrArray *warnings)
{
    for (guint i = 0; i < warnings->len; i++)
        message_warning(warnings->pdata[i]);
}

static bool
observe(const struct reviewing *reviewing, struct database *database, GPtrArray *warnings,
        GError **error)
{
    const struct source_request request = {
        .observations = reviewing->invocation->options.observations,
        .config = reviewing->reading.config,
    };
    return source_observe(&request, database, warnings, error);
}

/* What one of the databases is made from, and who looks at it. */
struct making {
    bool (*wants)(const struct migrations_wish *wish, const struct migrations *line,
                  const struct migration *migration);
    const struct source_visit *visit;
};

/* A copy of all migrations is chosen from: those of the rehearsal stay in their places. */
static struct database *
make(struct reviewing *reviewing, const struct making *making, GPtrArray *warnings, GError **error)
{
    const struct migrations_wish wish = {making->wants, reviewing};
    struct migrations chosen;
    struct database *database = NULL;
    if (migrations_choose(reviewing->reading.arena, &reviewing->migrations, &wish, &chosen)) {
        database = source_of_migrations(reviewing->reading.config, &chosen, making->visit, warnings,
                                        error);
    } else {
        database = database_new();
        database_finish(database);
    }
    if (database == NULL || observe(reviewing, database, warnings, error))
        return database;
    database_free(database);
    return NULL;
}

/* The base first: plans of it say which indexes matter after it. Its warnings are those of the
 * other, too. */
static bool
make_before(struct reviewing *reviewing, GError **error)
{
    const struct making making = {wants_before, review_plans_before(reviewing)};
    g_autoptr(GPtrArray) repeated = g_ptr_array_new_with_free_func(g_free);
    if (reviewing->before != NULL || g_hash_table_size(reviewing->added) == 0)
        return true;
    reviewing->before = make(reviewing, &making, repeated, error);
    if (reviewing->before != NULL)
        scope_narrow(reviewing->reading.config, reviewing->before);
    return reviewing->before != NULL;
}

static bool
make_databases(struct reviewing *reviewing, GError **error)
{
    const struct making making = {wants_after, review_plans_after(reviewing)};
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    progress_step("Running the migrations");
    if (!make_before(reviewing, error))
        return false;
    reviewing->after = make(reviewing, &making, warnings, error);
    warn_all(warnings);
    if (reviewing->after == NULL)
        return false;
    scope_apply(reviewing->reading.config, reviewing->after);
    if (reviewing->before == NULL)
        reviewing->before = reviewing->after;
    return true;
}

/* Before anything points into them. */
static void
fold(struct reviewing *reviewing)
{
    const struct config *config = reviewing->reading.config;
    if (reviewing->before == reviewing->after)
        scope_fold(config, reviewing->after);
    else
        scope_fold_two(config, reviewing->before, reviewing->after);
}

/* ---- what is said of them ---- */

/* What was done by hand is not of the change: that is compared with what the migrations make, and
 * has the sizes of the snapshot. */
static void
stand_on_migrations(struct reviewing *reviewing)
{
    reviewing->snapshot = reviewing->before;
    reviewing->before = g_steal_pointer(&reviewing->drift.made);
    reviewing->before->observations = g_steal_pointer(&reviewing->snapshot->observations);
    reviewing->before->series = reviewing->snapshot->series;
    reviewing->snapshot->series.count = 0;
    database_finish(reviewing->before);
}

/* A commit tells of no database that is there. None is asked: a branch could write its own server
 * into dbdoc.yml, to which a runner's secrets would go. */
static bool
read_drift(struct reviewing *reviewing, GError **error)
{
    struct drift_reading *drift = &reviewing->drift;
    if (reviewing->commit != NULL)
        return true;
    reviewing->reading.visit = review_plans_before(reviewing);
    if (!drift_read(&reviewing->reading, reviewing->before, &reviewing->migrations, drift, error))
        return false;
    if (drift->known && !drift->drift.partly && drift->changes->len > 0)
        stand_on_migrations(reviewing);
    return true;
}

static const struct query_plans *
plans_of(const struct planned *planned)
{
    return planned->has_plans ? &planned->plans : NULL;
}

/* `code` may be NULL: it is not known. */
static struct model *
model_of(const struct reviewing *reviewing, const struct database *database,
         const struct schema_modules *code)
{
    const struct review_plans *plans = &reviewing->plans;
    bool before = database == reviewing->before;
    const struct model_parts parts = {
        .config = reviewing->reading.config,
        .database = database,
        .notes = &reviewing->notes,
        .note_problems = &reviewing->problems,
        .schemas = code,
        .drift = before && reviewing->drift.known ? &reviewing->drift.drift : NULL,
        .workload = plans->wanted ? &plans->workload : NULL,
        .plans = plans_of(before ? &plans->before : &plans->after),
        .base_plans = before ? NULL : plans_of(&plans->before),
    };
    return model_new(&parts);
}

/* Where nothing is known of the base's code, it is taken for the present one. */
static void
make_models(struct reviewing *reviewing)
{
    const struct schema_modules *code = reviewing->project == NULL ? NULL : &reviewing->code;
    const struct schema_modules *old_code = reviewing->has_old_code ? &reviewing->old_code : code;
    reviewing->before_model = model_of(reviewing, reviewing->before, old_code);
    reviewing->after_model = model_of(reviewing, reviewing->after, code);
}

static void
find_changes(struct reviewing *reviewing)
{
    g_autoptr(GArray) stated = migrations_renames(reviewing->reading.arena, &reviewing->migrations);
    reviewing->changes = catalog_compare(reviewing->before->catalog, reviewing->after->catalog);
    changes_join_renames(reviewing->changes, (const struct rename *)(void *)stated->data,
                         stated->len);
    scope_join_changes(reviewing->reading.config, reviewing->changes, reviewing->after);
}

static bool
find_findings(struct reviewing *reviewing, GError **error)
{
    g_autofree char *today = today_find(reviewing->invocation->surroundings->variables, error);
    if (today == NULL)
        return false;
    progress_step("Checking");
    reviewing->before_findings = findings_new(reviewing->before_model, &reviewing->rehearsal,
                                              today);
    reviewing->after_findings = findings_new(reviewing->after_model, NULL, today);
    return interrupt_check(error);
}

static bool
write_runbooks(struct reviewing *reviewing, GError **error)
{
    const struct cluster_limits limits = rehearsing_limits(&reviewing->reading);
    const struct procedure_sources sources = {
        .arena = reviewing->reading.arena,
        .rehearsal = &reviewing->rehearsal,
        .model = reviewing->before_model,
        .sayings = said_read(reviewing->reading.arena, &reviewing->migrations, &reviewing->notes,
                             reviewing->reading.config->root),
    };
    return g_hash_table_size(reviewing->added) == 0 ||
           runbooks_write(&sources, reviewing->added, &limits, &reviewing->runbooks, error);
}

/* The same folder in the tree of a commit; NULL: it is not below the configuration's. Free with
 * g_free. */
static char *
project_in(const struct reviewing *reviewing, const struct revision *revision)
{
    g_autofree char *base = g_canonicalize_filename(reviewing->reading.config->root, NULL);
    g_autofree char *project = g_canonicalize_filename(reviewing->project, NULL);
    size_t length = strlen(base);
    if (!g_str_has_prefix(project, base) || (project[length] != '\0' && project[length] != '/'))
        return NULL;
    return g_build_filename(revision->root, project + length, NULL);
}

static bool
read_old_code(struct reviewing *reviewing, GError **error)
{
    struct revision revision;
    g_autofree char *text = g_strconcat("git:", reviewing->commit, NULL);
    if (!revision_open(reviewing->reading.config->root, text, &revision, error))
        return false;
    g_autofree char *folder = project_in(reviewing, &revision);
    bool done = folder == NULL ||
                schema_modules_read(reviewing->reading.arena, folder, &reviewing->old_code, error);
    reviewing->has_old_code = done && folder != NULL;
    revision_close(&revision);
    return done;
}

static bool
read_code(struct reviewing *reviewing, GError **error)
{
    const struct reading *reading = &reviewing->reading;
    reviewing->project = schema_reading_project(reading->config, &reviewing->migrations,
                                                CODE_BELONGS);
    if (reviewing->project == NULL)
        return true;
    return schema_reading(reading->arena, reviewing->project, &reviewing->code, error) &&
           (reviewing->commit == NULL || read_old_code(reviewing, error));
}

/* It lies where services look for it: below the top of the repository. */
static const char *
read_codeowners(const struct reading *reading)
{
    static const char *const places[] = {".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS",
                                         "docs/CODEOWNERS"};
    g_autofree char *top = git_find_top(reading->config->root);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        GString *text = NULL;
        if (!file_read_below(top != NULL ? top : reading->config->root, places[i], CODEOWNERS_LIMIT,
                             &text, NULL))
            continue;
        const char *kept = arena_text(reading->arena, text->str, -1);
        g_string_free(text, TRUE);
        return kept;
    }
    return NULL;
}

static const char *
find_migrations_place(const struct reviewing *reviewing)
{
    const struct migrations *line = migrations_line(&reviewing->migrations, 0);
    g_autofree char *place = git_find_place(line->root, NULL);
    return place == NULL ? "" : arena_text(reviewing->reading.arena, place, -1);
}

static void
put_together(struct reviewing *reviewing)
{
    struct arena *arena = reviewing->reading.arena;
    const struct rehearsal *rehearsal = &reviewing->rehearsal;
    size_t *places = arena_array(arena, rehearsal->count, sizeof *places);
    size_t count = 0;
    for (size_t i = 0; i < rehearsal->count; i++)
        if (is_new(reviewing, rehearsal->items[i].migration))
            places[count++] = i;
    const struct review_sources sources = {
        .arena = arena,
        .base = reviewing->base,
        .commit = reviewing->commit,
        .before = reviewing->before_model,
        .after = reviewing->after_model,
        .changes = reviewing->changes,
        .before_findings = reviewing->before_findings,
        .after_findings = reviewing->after_findings,
        .knows_old_code = reviewing->has_old_code,
        .rehearsal = rehearsal,
        .runbooks = &reviewing->runbooks,
        .count = count,
        .places = places,
        .edited = reviewing->edited,
        .edited_is_checked = reviewing->edited_is_checked,
        .gone = reviewing->gone,
        .edits = reviewing->edits,
        .edits_partly = reviewing->edits_partly,
        .codeowners = read_codeowners(&reviewing->reading),
        .migrations_place = find_migrations_place(reviewing),
    };
    reviewing->review = review_new(&sources);
}

/* The old ones run only on the way to new ones. */
static bool
rehearse_added(struct reviewing *reviewing, GError **error)
{
    const struct reading *reading = &reviewing->reading;
    if (g_hash_table_size(reviewing->added) > 0)
        return rehearsing_run(reading, &reviewing->migrations, &reviewing->rehearsal, error);
    reviewing->rehearsal = rehearsal_not_run(reading->arena, &reviewing->migrations);
    return true;
}

/* The databases as far as they may go out, and all that follows from them. What a runbook makes
 * again is of the whole. */
static bool
narrow(struct reviewing *reviewing, GError **error)
{
    const struct config *config = reviewing->reading.config;
    struct database *before = reviewing->before;
    struct database *snapshot = reviewing->snapshot;
    struct findings *whole_before = reviewing->before_findings;
    struct findings *whole_after = reviewing->after_findings;
    size_t found = reviewing->review->finding_count;
    if (config->publish == PUBLISH_INTERNAL)
        return true;
    publishing_narrow_two(config, before, reviewing->after);
    if (reviewing->drift.known) {
        struct database *made = snapshot != NULL ? before : reviewing->drift.made;
        struct database *there = snapshot != NULL ? snapshot : before;
        publishing_narrow_two(config, made, there);
        drift_compare(&reviewing->drift, made->catalog, there->catalog);
    }
    g_clear_pointer(&reviewing->changes, g_ptr_array_unref);
    g_clear_pointer(&reviewing->before_model, model_free);
    g_clear_pointer(&reviewing->after_model, model_free);
    reviewing->before_findings = reviewing->after_findings = NULL;
    make_models(reviewing);
    find_changes(reviewing);
    bool done = find_findings(reviewing, error);
    if (done) {
        findings_restrict(reviewing->before_findings, whole_before, before);
        findings_restrict(reviewing->after_findings, whole_after, reviewing->after);
        reviewing->runbooks = (struct runbooks){0};
        put_together(reviewing);
        publishing_say(config, found - reviewing->review->finding_count, "finding");
    }
    findings_free(whole_before);
    findings_free(whole_after);
    return done;
}

bool
reviewing_make(const struct invocation *invocation, struct reviewing *reviewing, GError **error)
{
    *reviewing = (struct reviewing){.invocation = invocation};
    struct reading *reading = &reviewing->reading;
    if (!reading_begin(invocation, reading, error) ||
        !rehearsing_read(reading, NULL, invocation->options.tool, &reviewing->migrations, error) ||
        !review_base_find(reviewing, error) || !read_code(reviewing, error) ||
        !notes_read(reading->arena, reading->config->root, reading->config->notes,
                    &reviewing->notes, &reviewing->problems, error))
        return false;
    commits_read(reading->arena, &reviewing->migrations);
    reasons_collect(reading->arena, &reviewing->migrations, &reviewing->notes);
    if (!review_plans_read(reviewing, error) || !rehearse_added(reviewing, error))
        return false;
    review_plans_begin(reviewing);
    if (!make_databases(reviewing, error))
        return false;
    fold(reviewing);
    if (!read_drift(reviewing, error) || !review_edits_find(reviewing, error))
        return false;
    make_models(reviewing);
    find_changes(reviewing);
    if (!find_findings(reviewing, error) || !write_runbooks(reviewing, error))
        return false;
    put_together(reviewing);
    reviewing->is_bad = review_edits_matter(reviewing->review) ||
                        review_reaches(reviewing->review, invocation->options.fail_on);
    bool done = narrow(reviewing, error);
    progress_clear();
    return done;
}

void
reviewing_close(struct reviewing *reviewing)
{
    findings_free(reviewing->before_findings);
    findings_free(reviewing->after_findings);
    g_clear_pointer(&reviewing->changes, g_ptr_array_unref);
    g_clear_pointer(&reviewing->edits, g_ptr_array_unref);
    database_free(reviewing->merged);
    model_free(reviewing->before_model);
    model_free(reviewing->after_model);
    drift_clear(&reviewing->drift);
    database_free(reviewing->snapshot);
    if (reviewing->before != reviewing->after)
        database_free(reviewing->before);
    database_free(reviewing->after);
    review_plans_clear(&reviewing->plans);
    g_clear_pointer(&reviewing->added, g_hash_table_unref);
    reading_close(&reviewing->reading);
    progress_clear();
}
