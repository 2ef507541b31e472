/* runbook.h - runbooks for terminals, for Markdown and for machines. Every format escapes what it
 * shows; no format shows a password. */
#ifndef DBDOC_REPORT_RUNBOOK_H
#define DBDOC_REPORT_RUNBOOK_H

#include "report/report.h"
#include "runbook/runbook.h"

/* Free with g_string_free. */
GString *report_runbook_text(const struct runbook *runbook, enum colour colour);
GString *report_runbook_markdown(const struct runbook *runbook);
GString *report_runbook_json(const struct runbook *runbook); /* share/schema/runbook.schema.json */

#endif
