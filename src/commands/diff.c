/* diff.c - "dbdoc diff": what differs between the structure of two sources. */
#include "base/failure.h"
#include "catalog/dependants.h"
#include "catalog/left_out.h"
#include "catalog/renames.h"
#include "commands/message.h"
#include "commands/publishing.h"
#include "commands/scope.h"
#include "site/changes_file.h"

/* Both sources, and what is told of them. */
struct comparison {
    struct reading before;
    struct reading after;
    struct changes_report report;
};

static GString *
render(const struct invocation *invocation, const struct comparison *comparison, GError **error)
{
    const struct changes_report *report = &comparison->report;
    const struct changes_page page = {
        .changes = report->changes,
        .dependants = report->dependants,
        .before = comparison->before.source.taken,
        .after = comparison->after.source.taken,
    };
    switch (invocation->options.runbook_format) {
    case RUNBOOK_TEXT:
        return report_changes_text(report, result_colour(&invocation->options));
    case RUNBOOK_MARKDOWN:
        return report_changes_markdown(report);
    case RUNBOOK_JSON:
        return report_changes_json(report);
    case RUNBOOK_HTML:
        return changes_file(comparison->after.config, &page, error);
    }
    g_assert_not_reached();
}

/* What the newer side's migrations state; and, seen from the newer to the older, that backwards. */
static GArray *
stated_renames(const struct comparison *comparison)
{
    const struct source_result *before = &comparison->before.source;
    const struct source_result *after = &comparison->after.source;
    GArray *stated = g_array_new(FALSE, FALSE, sizeof(struct rename));
    if (after->rename_count >= before->rename_count) {
        g_array_append_vals(stated, after->renames, (guint)after->rename_count);
        return stated;
    }
    for (size_t i = before->rename_count; i-- > 0;) {
        const struct rename *rename = &before->renames[i];
        const struct rename back = {rename->word, rename->after, rename->before};
        g_array_append_val(stated, back);
    }
    return stated;
}

/* Who needs what was changed; NULL when nobody has to look. */
static struct dependants *
find_dependants(const GPtrArray *changes, const struct catalog *before)
{
    for (guint i = 0; i < changes->len; i++)
        if (change_concerns_dependants(changes->pdata[i]))
            return dependants_new(before);
    return NULL;
}

/* Leaves of both what may go out. How many differences the whole has, which the exit status goes
 * by; 0 where nothing was left out. */
static guint
narrow(const struct config *config, const struct comparison *comparison)
{
    struct database *before = comparison->before.source.database;
    struct database *after = comparison->after.source.database;
    if (config->publish == PUBLISH_INTERNAL)
        return 0;
    g_autoptr(GPtrArray) all = catalog_compare(before->catalog, after->catalog);
    publishing_narrow_two(config, before, after);
    return all->len;
}

/* No difference there is no claim. */
static void
warn_of_left_out(const struct catalog *before, const struct catalog *after)
{
    g_autofree char *facts = catalog_left_out(before, after);
    g_autofree char *words = g_strdup_printf(
        "not compared, since one of the two does not know it: %s.", facts != NULL ? facts : "");
    if (facts != NULL)
        message_warning(words);
}

static bool
compare(const struct invocation *invocation, struct comparison *comparison, int *status,
        GError **error)
{
    struct database *after = comparison->after.source.database;
    const struct config *config = comparison->after.config;
    scope_fold_two(config, comparison->before.source.database, after);
    const struct catalog *before = comparison->before.source.database->catalog;
    guint differences = narrow(config, comparison);
    warn_of_left_out(before, after->catalog);
    g_autoptr(GPtrArray) changes = catalog_compare(before, after->catalog);
    if (differences > changes->len)
        publishing_say(config, differences - changes->len, "difference");
    g_autoptr(GArray) stated = stated_renames(comparison);
    changes_join_renames(changes, (const struct rename *)(void *)stated->data, stated->len);
    scope_join_changes(config, changes, after);
    struct dependants *dependants = find_dependants(changes, before);
    comparison->report = (struct changes_report){changes, dependants};
    GString *text = render(invocation, comparison, error);
    bool done = text != NULL && result_write(invocation->options.output, text, error);
    if (text != NULL)
        g_string_free(text, TRUE);
    dependants_free(dependants);
    if (changes->len > 0 || differences > 0)
        *status = STATUS_DIFFERENT;
    return done;
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    struct invocation structure = *invocation;
    structure.options.observe = OBSERVE_NOTHING;
    struct comparison comparison = {0};
    if (!reading_open_two(&structure, &comparison.before, &comparison.after, error))
        return false;
    bool done = compare(invocation, &comparison, status, error);
    reading_close(&comparison.after);
    reading_close(&comparison.before);
    return done;
}

const struct command command_diff = {
    .name = "diff",
    .arguments = "SOURCE SOURCE",
    .completes = COMPLETES_FILES,
    .least = 2,
    .most = 2,
    .options = OPTION_RUNBOOK_FORMAT | OPTION_OUTPUT_FILE | OPTION_PUBLISH | OPTIONS_OF_SOURCES,
    .summary = "compare the structure of two databases",
    .help = "Prints what was added (+), removed (-) and changed (~) from the first source to\n"
            "the second, and nothing when they are equal. Exit status 1 says that they\n"
            "differ. Expressions that PostgreSQL prints differently after a restore are\n"
            "equal. What has the same structure under another name was renamed, where\n"
            "nothing else fits; behind what goes or becomes something else stands what\n"
            "uses it. What is the same in several schemas of one structure is told once.\n"
            "With publish: structure in dbdoc.yml, what it leaves out is not compared, but\n"
            "for the exit status.\n"
            "\n"
            "Examples:\n"
            "  dbdoc diff snapshot.json postgresql://reader@db.example.org/blog\n"
            "  dbdoc diff postgresql://staging/blog postgresql://production/blog\n"
            "  dbdoc diff git:main... git:HEAD\n"
            "  dbdoc diff --format html -o changes.html old.json new.json\n"
            "  dbdoc diff --format json old.json new.json\n",
    .run = run,
};
