/* build.c - "dbdoc build": a SOURCE becomes a published site. Pages know no day: on them, what is
 * accepted until some date is accepted. The summary and --strict know what day it is. */
#include "commands/build.h"

#include "base/failure.h"
#include "base/workers.h"
#include "commands/found.h"
#include "commands/history.h"
#include "commands/message.h"
#include "commands/publishing.h"
#include "commands/rehearsing.h"
#include "commands/subject.h"
#include "rehearsal/evidence_json.h"
#include "report/runbook.h"
#include "site/site.h"

#include <stdlib.h>
#include <string.h>

static const char *
target_of(const struct invocation *invocation, const struct subject *subject)
{
    const char *output = invocation->options.output;
    return output != NULL ? output : subject->reading.config->output;
}

char *
build_target(const struct invocation *invocation, GError **error)
{
    struct subject subject;
    bool done = subject_begin(invocation, &subject, error);
    char *target = done ? g_strdup(target_of(invocation, &subject)) : NULL;
    subject_close(&subject);
    return target;
}

/* Whether `inner` is `outer` or lies in it; both as realpath gives them. */
static bool
lies_in(const char *inner, const char *outer)
{
    size_t length = strlen(outer);
    return strncmp(inner, outer, length) == 0 &&
           (inner[length] == '\0' || inner[length] == '/' || outer[length - 1] == '/');
}

bool
build_check_target(const char *target, const struct config *config, GError **error)
{
    const char *const places[] = {".", config->root};
    char *folder = realpath(target, NULL); /* NULL when it is not there yet */
    bool good = true;
    for (size_t i = 0; folder != NULL && good && i < G_N_ELEMENTS(places); i++) {
        char *place = realpath(places[i], NULL);
        good = place == NULL || !lies_in(place, folder);
        free(place);
    }
    free(folder);
    return good ||
           failure_set(error, FAILURE_USAGE,
                       "what is written needs a folder of its own, and \"%s\" holds the one that "
                       "dbdoc works in. Name another with --output, such as site.",
                       target);
}

/* A runbook for each migration that was rehearsed, executed; none otherwise. */
static bool
write_runbooks(const struct subject *subject, struct runbooks *runbooks, GError **error)
{
    const struct rehearsal *rehearsal = subject_rehearsal(subject);
    const struct cluster_limits limits = rehearsing_limits(&subject->reading);
    const struct procedure_sources sources = {
        .arena = subject->reading.arena,
        .rehearsal = rehearsal,
        .model = subject->model,
        .sayings = said_read(subject->reading.arena, &subject->migrations, &subject->notes,
                             subject->reading.config->root),
    };
    *runbooks = (struct runbooks){0};
    return rehearsal == NULL || rehearsal->server == NULL ||
           runbooks_write(&sources, NULL, &limits, runbooks, error);
}

/* Stands for all that pages show of them. */
static char *
key_of(const struct rehearsal *rehearsal, const struct runbooks *runbooks)
{
    g_autoptr(GString) plan = report_plan_json(rehearsal->migrations);
    g_autoptr(GString) seen = evidence_write(rehearsal);
    g_string_append_len(plan, seen->str, (gssize)seen->len);
    for (size_t i = 0; i < migrations_line_count(rehearsal->migrations); i++) {
        const char *unknown = migrations_line(rehearsal->migrations, i)->commits_unknown;
        g_string_append_printf(plan, "%s\n", unknown != NULL ? unknown : "");
    }
    for (size_t i = 0; i < runbooks->count; i++) {
        if (runbooks->items[i] == NULL)
            continue;
        g_autoptr(GString) runbook = report_runbook_json(runbooks->items[i]);
        g_string_append_len(plan, runbook->str, (gssize)runbook->len);
    }
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)plan->str, plan->len);
}

/* *releases is NULL when no history was asked for. */
static bool
read_history(const struct invocation *invocation, const struct subject *subject,
             struct releases **releases, GError **error)
{
    const char *folder = invocation->options.history;
    *releases = folder == NULL ? NULL : history_read(subject, folder, error);
    return folder == NULL || *releases != NULL;
}

static bool
publish(const struct invocation *invocation, const struct subject *subject,
        const struct findings *findings, struct site_counts *counts, GError **error)
{
    const struct options *options = &invocation->options;
    struct releases *releases = NULL;
    struct runbooks runbooks = {0};
    const struct rehearsal *rehearsal = subject_rehearsal(subject);
    bool done = read_history(invocation, subject, &releases, error) &&
                write_runbooks(subject, &runbooks, error);
    if (done) {
        g_autofree char *key = rehearsal == NULL ? NULL : key_of(rehearsal, &runbooks);
        const struct site_options site = {
            .target = target_of(invocation, subject),
            .jobs = options->jobs > 0 ? options->jobs : workers_available(),
            .rehearsal = rehearsal,
            .runbooks = &runbooks,
            .rehearsal_key = key,
            .releases = releases,
        };
        done = site_build(subject->model, findings, &site, counts, error);
    }
    releases_free(releases);
    return done;
}

bool
build_publish(const struct invocation *invocation, const struct subject *subject,
              const struct findings *findings, struct site_counts *counts, GError **error)
{
    return build_check_target(target_of(invocation, subject), subject->reading.config, error) &&
           publish(invocation, subject, findings, counts, error);
}

static void
summarize(const struct invocation *invocation, const struct subject *subject,
          const struct site_counts *counts, gint64 started)
{
    enum verbosity verbosity = invocation->options.verbosity;
    const char *target = target_of(invocation, subject);
    g_autofree char *index = g_build_filename(target, "index.html", NULL);
    g_autofree char *findings = report_findings_summary(subject->findings);
    double seconds = (double)(g_get_monotonic_time() - started) / G_USEC_PER_SEC;
    message_summary(verbosity, "Published %s from %s: %zu pages, %zu files changed, %s (%.1f s).",
                    index, subject->reading.source.taken, counts->pages, counts->changed, findings,
                    seconds);
    if (counts->manner == PUBLISHED_ONE_BY_ONE)
        message_summary(verbosity,
                        "The files were replaced one by one: %s cannot be exchanged as a whole.",
                        target);
    if (subject->planned.has_plans) {
        g_autofree char *planned = planned_summary(&subject->planned);
        message_summary(verbosity, "%s", planned);
    }
    found_say(invocation, subject);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    gint64 started = g_get_monotonic_time();
    struct subject subject;
    struct site_counts counts = {0};
    bool done = subject_begin(invocation, &subject, error) &&
                build_check_target(target_of(invocation, &subject), subject.reading.config, error);
    if (done && subject.reading.config->publish == PUBLISH_INTERNAL) {
        subject.planning = PLAN_QUERIES;
        subject.authors = AUTHORS_ASKED;
    }
    done = done && subject_read(invocation, &subject, error);
    struct findings *findings = done ? publishing_pages(&subject) : NULL;
    done = done && publish(invocation, &subject, findings, &counts, error);
    findings_free(findings);
    if (done) {
        summarize(invocation, &subject, &counts, started);
        if (invocation->options.strict == STRICT_YES && subject_reaches(&subject, SEVERITY_ERROR))
            *status = STATUS_FOUND;
    }
    subject_close(&subject);
    return done;
}

const struct command command_build = {
    .name = "build",
    .arguments = "[SOURCE]",
    .completes = COMPLETES_FILES,
    .most = 1,
    .options = OPTION_OUTPUT_FOLDER | OPTION_STRICT | OPTION_READ_OBSERVATIONS | OPTION_SIZES |
               OPTION_EXPLAIN_PRIVACY | OPTION_JOBS | OPTION_REHEARSE | OPTION_COMMANDS |
               OPTION_HISTORY | OPTION_PROFILE | OPTION_PUBLISH | OPTIONS_OF_SOURCES,
    .summary = "publish the documentation of a database as a site",
    .help = "Reads a database and the notes beside dbdoc.yml, and publishes pages about every\n"
            "object. The old site stays until the new one is complete; files in its folder\n"
            "that dbdoc did not write are kept. The same input gives the same bytes.\n"
            "\n"
            "Migrations have pages too: the SQL they send both ways, and with --rehearse what\n"
            "was seen when they ran up, down and up again. What was seen is kept; the times\n"
            "in it are those of the run that saw it.\n"
            "\n"
            "--history names a folder with a snapshot for each release, 1.0.0.json and so on,\n"
            "and gives a changelog with a feed, and since when each object is there.\n"
            "\n"
            "Without a SOURCE and without dbdoc.yml the structure and the migrations are\n"
            "those that the folder shows, such as priv/repo/structure.sql and\n"
            "priv/repo/migrations; the summary says which. A SOURCE that is a folder of\n"
            "migrations has its own.\n"
            "\n"
            "Examples:\n"
            "  dbdoc build\n"
            "  dbdoc build postgresql://reader@db.example.org/blog --output public\n"
            "  dbdoc build --observations observations.json snapshot.json\n"
            "  dbdoc build --rehearse\n"
            "  dbdoc build --history releases\n"
            "  dbdoc build --strict --quiet\n",
    .run = run,
};
