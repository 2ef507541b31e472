/* review.c - "dbdoc review": what the new migrations do, as a page and a comment. */
#include "report/review.h"

#include "base/failure.h"
#include "base/files.h"
#include "commands/deliver.h"
#include "commands/message.h"
#include "commands/reviewing.h"
#include "site/review_file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#define FOLDER "review"

/* What a branch may have put in the usual place leads nowhere else. */
static bool
check_folder(const char *folder, GError **error)
{
    GStatBuf status;
    if (g_lstat(folder, &status) == 0 && S_ISLNK(status.st_mode))
        return failure_set(error, FAILURE_WRITE,
                           "%s is a symbolic link, and the review is not written through it. Name "
                           "a folder with --output.",
                           folder);
    return true;
}

static bool
make_folder(const char *folder, GError **error)
{
    return g_mkdir_with_parents(folder, 0777) == 0 ||
           failure_set(error, FAILURE_WRITE,
                       "cannot make the folder %s (%s). Name another with "
                       "--output.",
                       folder, g_strerror(errno));
}

static bool
write_file(const char *folder, const char *name, const GString *text, GError **error)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return file_replace(path, text->str, text->len, error);
}

static bool
write_all(const struct options *options, const struct reviewing *reviewing, GError **error)
{
    const char *folder = options->output != NULL ? options->output : FOLDER;
    g_autoptr(GString) comment = report_review_comment(reviewing->review);
    if (options->output == NULL && !check_folder(folder, error))
        return false;
    GString *page = review_file(reviewing->review, error);
    bool done = page != NULL && make_folder(folder, error) &&
                write_file(folder, "comment.md", comment, error) &&
                write_file(folder, "review.html", page, error);
    if (page != NULL)
        g_string_free(page, TRUE);
    return done;
}

/* The new findings alone, each at the line that made it so. */
static bool
print_findings(const struct options *options, const struct reviewing *reviewing, GError **error)
{
    const struct review *review = reviewing->review;
    struct options printed = *options;
    printed.output = NULL;
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(struct finding));
    for (size_t i = 0; i < review->finding_count; i++) {
        struct finding finding = *review->findings[i].finding;
        finding.file = review->findings[i].file;
        finding.line = review->findings[i].line;
        g_array_append_val(items, finding);
    }
    const struct findings findings = {.count = items->len,
                                      .items = (const struct finding *)(void *)items->data};
    return findings_deliver(&printed, &findings, reviewing->reading.config, &reviewing->migrations,
                            error);
}

static void
say_plans(const struct options *options, const struct review_plans *plans)
{
    const struct planned *const sides[] = {&plans->before, &plans->after};
    static const char *const words[] = {"before", "after"};
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
        if (!sides[i]->has_plans)
            continue;
        g_autofree char *summary = planned_summary(sides[i]);
        message_summary(options->verbosity, "The database %s: %s", words[i], summary);
    }
}

static void
say(const struct options *options, const struct review *review)
{
    message_summary(options->verbosity, "%s. Wrote %s/review.html and comment.md.", review->verdict,
                    options->output != NULL ? options->output : FOLDER);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    const struct options *options = &invocation->options;
    struct reviewing reviewing;
    bool done = reviewing_make(invocation, &reviewing, error) &&
                write_all(options, &reviewing, error) &&
                (options->findings_format == FINDINGS_TEXT ||
                 print_findings(options, &reviewing, error));
    if (done) {
        say_plans(options, &reviewing.plans);
        say(options, reviewing.review);
        if (reviewing.is_bad)
            *status = STATUS_FOUND;
    }
    reviewing_close(&reviewing);
    return done;
}

const struct command command_review = {
    .name = "review",
    .arguments = "",
    .completes = COMPLETES_NOTHING,
    .options = OPTIONS_OF_REVIEW | OPTION_BASE | OPTION_FAIL_ON | OPTION_TOOL | OPTION_COMMANDS |
               OPTION_READ_OBSERVATIONS | OPTION_PUBLISH | OPTION_CONFIG | OPTION_COLOUR |
               OPTION_QUIET | OPTION_HELP,
    .summary = "say what a branch's migrations do, for its pull request",
    .help = "Takes the migrations that are new since a branch left the default branch,\n"
            "rehearses them in a throw-away PostgreSQL, and writes what they do into a\n"
            "folder: review.html, one page that needs no other file, and comment.md, a\n"
            "comment for the pull request. Both begin with a verdict and with what to ask\n"
            "the author for.\n"
            "\n"
            "--base names another branch, tag or commit, or a snapshot: then new is what its\n"
            "database has not applied. Git must know where the branch left: in CI, fetch the\n"
            "whole history. Exit status 1 says that a new finding is an error (or what\n"
            "--fail-on names) and that nobody accepted it, or that an old migration was\n"
            "changed so that it makes another schema.\n"
            "\n"
            "With --format what is new and wrong is printed too, in a form that a service\n"
            "shows beside the lines.\n"
            "\n"
            "With publish: structure in dbdoc.yml, what it leaves out of the databases is not\n"
            "told, nor are runbooks; what the branch itself says is.\n"
            "\n"
            "Examples:\n"
            "  dbdoc review\n"
            "  dbdoc review --base origin/develop -o artefacts\n"
            "  dbdoc review --base production.json --fail-on warning\n"
            "  dbdoc review --format github\n",
    .run = run,
};
