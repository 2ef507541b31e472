/* queries.c - about the queries that a project keeps as SQL files. */
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
