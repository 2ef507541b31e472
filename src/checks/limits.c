/* limits.c - what dbdoc.yml asks for, against what there is: words, and connections. */
#include "base/text.h"
#include "checks/families.h"
#include "model/coverage.h"

#define MISSING_SHOWN 5

static void
show_missing(struct check_run *run, struct finding *finding, const struct coverage *coverage,
             enum covered what)
{
    unsigned shown = 0;
    for (size_t i = 0; i < coverage->missing_count && shown < MISSING_SHOWN; i++) {
        const struct coverage_missing *missing = &coverage->missing[i];
        if (missing->what != what)
            continue;
        check_evidence(run, finding, "Missing", missing->object->path);
        shown++;
    }
}

static void
report_coverage(struct check_run *run, const struct coverage *coverage, enum covered what,
                unsigned wanted)
{
    const struct coverage_share share = coverage_of(coverage, what);
    if (share.total == 0 || share.documented * 100 >= share.total * wanted)
        return;
    struct finding *finding = check_report(
        run, NULL, "%s of %s %s are documented, and %u %% are wanted",
        check_number(run, (int64_t)share.documented), check_number(run, (int64_t)share.total),
        covered_words[what], wanted);
    finding->file = run->model->config->file;
    finding->line = run->model->config->coverage_line;
    check_detail(run, finding, "Others read names and types there, and ask you.");
    check_advice(run, finding,
                 "Begin with what many others point to; `dbdoc notes coverage` lists what is "
                 "missing.");
    show_missing(run, finding, coverage, what);
}

void
check_coverage_below(struct check_run *run)
{
    const struct config *config = run->model->config;
    if (config == NULL || config->coverage_line == 0)
        return;
    const struct coverage *coverage = coverage_new(run->arena, run->model, NULL);
    G_STATIC_ASSERT((int)CONFIG_COVERAGE_COUNT == (int)COVERED_COUNT);
    for (size_t i = 0; i < COVERED_COUNT; i++)
        if (config->coverage[i] > 0)
            report_coverage(run, coverage, (enum covered)i, config->coverage[i]);
}

#define MIGRATOR 2 /* connections that a migration takes: the one that runs it, and the lock's */

/* What dbdoc.yml says, else what was seen of the server; 0: neither. */
static unsigned
maximum_of(const struct check_run *run)
{
    const struct config_connections *limits = &run->model->config->connections;
    const char *seen = check_server_setting(run, "max_connections");
    return limits->maximum > 0 || seen == NULL ? limits->maximum
                                               : (unsigned)g_ascii_strtoull(seen, NULL, 10);
}

void
check_connections_exceeded(struct check_run *run)
{
    const struct config *config = run->model->config;
    if (config == NULL || config->connections.line == 0)
        return;
    const struct config_connections *limits = &config->connections;
    unsigned wanted = limits->pool * limits->nodes + MIGRATOR;
    unsigned maximum = maximum_of(run);
    unsigned there = maximum > limits->reserved ? maximum - limits->reserved : 0;
    if (maximum == 0 || wanted <= there)
        return;
    struct finding *finding = check_report(run, NULL, "%s connections are wanted, and %s are there",
                                           check_number(run, wanted), check_number(run, there));
    finding->file = config->file;
    finding->line = limits->line;
    if (limits->maximum == 0) {
        finding->strength = STRENGTH_OBSERVED;
        check_evidence(run, finding, "max_connections of the server", check_number(run, maximum));
    }
    check_detail(run, finding,
                 "%s nodes with pools of %s, and %u for a migration. The last to start is refused: "
                 "\"too many clients already\".",
                 check_number(run, limits->nodes), check_number(run, limits->pool), MIGRATOR);
    check_advice(run, finding,
                 "Make the pools smaller, put a pooler in front, or raise `max_connections`, which "
                 "takes memory and a restart. During a deploy old and new nodes run together.");
}
