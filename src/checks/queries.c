/* queries.c - about the files of queries, and of what the database was asked. */
#include "checks/families.h"
#include "workload/workload.h"

void
check_query_file_unusable(struct check_run *run)
{
    const struct workload *workload = run->model->workload;
    for (size_t i = 0; workload != NULL && i < workload->problem_count; i++) {
        const struct workload_problem *problem = &workload->problems[i];
        struct finding *finding = check_report(
            run, NULL, "This file of queries is not all used: %s", problem->words);
        finding->file = problem->file;
        finding->line = problem->line;
        check_detail(run, finding, "What stands there is on no page as it was meant.");
        check_advice(run, finding, "Correct the file, or move what is no query out of the folder.");
    }
}

void
check_workload_file_unusable(struct check_run *run)
{
    const struct workload *workload = run->model->workload;
    for (size_t i = 0; workload != NULL && i < workload->gap_count; i++) {
        const struct workload_problem *gap = &workload->gaps[i];
        struct finding *finding = check_report(
            run, NULL, "This file of what the database was asked is not all used: %s", gap->words);
        finding->file = gap->file;
        finding->line = gap->line;
        check_detail(run, finding, "Pages and rules know less than dbdoc.yml says they should.");
        check_advice(run, finding,
                     "Make the file anew, or take it out of `workload:` in dbdoc.yml.");
    }
}
