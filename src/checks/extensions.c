/* extensions.c - findings about extensions: those that stayed at an older version when the server
 * got new files. */
#include "checks/families.h"
#include "checks/fix.h"

static void
visit_outdated(struct check_run *run, const struct extension_observation *seen)
{
    const struct extension *extension = seen->extension.object;
    if (extension == NULL || seen->update_path == NULL)
        return;
    struct finding *finding = check_report(run, extension, "%s could be %s",
                                           check_path(run, extension),
                                           check_code(run, seen->default_version));
    finding->strength = STRENGTH_OBSERVED;
    check_detail(run, finding,
                 "The server has newer files of it than the database uses. Its library is the new "
                 "one already; its functions, types and operators are declared as in %s.",
                 check_code(run, extension->version));
    check_advice(run, finding,
                 "Read what changed between the two, and update it when nobody waits: it may lock "
                 "what it replaces.");
    check_evidence(run, finding, "Version", extension->version);
    check_evidence(run, finding, "Update path", seen->update_path);
    check_evidence(run, finding, "Seen", run->model->observations->taken_at);
    g_autofree char *up = sql_text("ALTER EXTENSION %I UPDATE TO %L", extension->name,
                                   seen->default_version);
    fix_statement(run, finding, up, NULL);
}

void
check_extension_outdated(struct check_run *run)
{
    const struct observations *observations = run->model->observations;
    for (size_t i = 0; observations != NULL && i < observations->extensions.count; i++)
        visit_outdated(run, &observations->extensions.items[i]);
}
