/* decisions.c - decisions that took each other's place, so that none of them holds. */
#include "checks/families.h"

/* The first one of a circle of successors speaks for all; how many there are, 0: it is in none, or
 * is not the first. No more steps than decisions: one may lead into a circle that it is not in. */
static size_t
circle_from(const struct model *model, const struct decided *first)
{
    const struct decided *next = first->successor;
    for (size_t steps = 1; next != NULL && steps <= model->decision_count; steps++) {
        if (next == first)
            return steps;
        if (next < first)
            return 0;
        next = next->successor;
    }
    return 0;
}

static void
report_circle(struct check_run *run, const struct decided *first, size_t count)
{
    struct finding *finding = check_report(
        run, NULL, "%zu decisions are superseded by each other in a circle", count);
    finding->file = first->note->file;
    finding->line = first->note->decision->superseded_line;
    check_detail(run, finding,
                 "Each leads to the next, and none of them is in force: nobody can "
                 "tell what holds.");
    check_advice(run, finding,
                 "Find the one that holds: write `status: accepted` there, and take "
                 "its `superseded-by` out.");
    const struct decided *decided = first;
    for (size_t i = 0; i < count; i++, decided = decided->successor)
        check_evidence(run, finding, decided->note->decision->date, decided->note->file);
}

void
check_decision_circle(struct check_run *run)
{
    const struct model *model = run->model;
    for (size_t i = 0; i < model->decision_count; i++) {
        size_t count = circle_from(model, &model->decisions[i]);
        if (count > 0)
            report_circle(run, &model->decisions[i], count);
    }
}
