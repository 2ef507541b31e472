/* review_edits.c - the migrations run once more, from the files of the base. */
#include "commands/review_edits.h"

#include "base/failure.h"
#include "base/progress.h"
#include "catalog/alike.h"
#include "catalog/renames.h"
#include "commands/message.h"
#include "commands/rehearsing.h"
#include "commands/scope.h"
#include "source/revision.h"
#include "source/source.h"

/* The database that the files of the revision make. */
static bool
make_merged(struct reviewing *reviewing, const struct revision *revision, GError **error)
{
    struct reading then = reviewing->reading;
    struct migrations migrations;
    g_autoptr(GPtrArray) left_out = g_ptr_array_new_with_free_func(g_free);
    then.config = revision_config(then.arena, revision, then.config, error);
    if (then.config == NULL ||
        !rehearsing_read_then(&then, reviewing->invocation->options.tool, &migrations, error))
        return false;
    reviewing->merged = source_of_migrations(then.config, &migrations, NULL, left_out, error);
    reviewing->edits_partly = left_out->len > 0;
    return reviewing->merged != NULL;
}

/* A failure is told, and ends nothing. */
static bool
tell(const struct reviewing *reviewing, const struct revision *revision, GError *problem,
     GError **error)
{
    if (problem->code == FAILURE_INTERRUPTED) {
        g_propagate_error(error, problem);
        return false;
    }
    revision_hide_folder(revision, &problem->message);
    g_autofree char *reason = failure_without_advice(problem);
    g_autofree char *words = g_strdup_printf(
        "what the changed migrations made before is not known: those of %s do not run (%s).",
        reviewing->base, reason);
    message_warning(words);
    g_error_free(problem);
    return true;
}

bool
review_edits_find(struct reviewing *reviewing, GError **error)
{
    struct revision revision;
    GError *problem = NULL;
    if (reviewing->commit == NULL || reviewing->edited.count + reviewing->gone.count == 0)
        return true;
    g_autofree char *text = g_strconcat("git:", reviewing->commit, NULL);
    progress_step("Running the migrations as they were");
    bool done = revision_open(reviewing->reading.config->root, text, &revision, &problem) &&
                make_merged(reviewing, &revision, &problem);
    if (done) {
        scope_narrow(reviewing->reading.config, reviewing->merged);
        database_fold_as(reviewing->merged, reviewing->before);
        reviewing->edits = catalog_compare(reviewing->merged->catalog, reviewing->before->catalog);
        changes_join_renames(reviewing->edits, NULL, 0);
    } else {
        done = tell(reviewing, &revision, problem, error);
    }
    revision_close(&revision);
    return done;
}
