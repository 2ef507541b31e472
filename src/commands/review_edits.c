/* review_edits.c - the migrations run once more, from the files of the base. */
#include "commands/review_edits.h"

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

bool
review_edits_find(struct reviewing *reviewing, GError **error)
{
    struct revision revision;
    GError *problem = NULL;
    if (reviewing->commit == NULL || reviewing->edited.count + reviewing->gone.count == 0)
        return true;
    g_autofree char *text = g_strconcat("git:", reviewing->commit, NULL);
    g_autofree char *what = g_strdup_printf(
        "what the changed migrations made before is not known: those of %s do not run",
        reviewing->base);
    progress_step("Running the migrations as they were");
    bool done = revision_open(reviewing->reading.config->root, text, &revision, &problem) &&
                make_merged(reviewing, &revision, &problem);
    if (done) {
        scope_narrow(reviewing->reading.config, reviewing->merged);
        database_fold_as(reviewing->merged, reviewing->before);
        reviewing->edits = catalog_compare(reviewing->merged->catalog, reviewing->before->catalog);
        changes_join_renames(reviewing->edits, NULL, 0);
    } else {
        revision_hide_folder(&revision, &problem->message);
        done = message_failure_only(problem, what, error);
    }
    revision_close(&revision);
    return done;
}
