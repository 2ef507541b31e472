/* runbook_file.h - a runbook as one file that needs no other: to be mailed, attached and printed.
 */
#ifndef DBDOC_SITE_RUNBOOK_FILE_H
#define DBDOC_SITE_RUNBOOK_FILE_H

#include "model/model.h"
#include "runbook/runbook.h"

#include <glib.h>

/* Its page with style and script inside and without links; free with g_string_free. FAILURE_USAGE
 * when the project's templates or theme are wrong. */
GString *runbook_file(const struct model *model, const struct runbook *runbook, GError **error);

#endif
