/* report.h - findings, rules and differences for terminals and machines. Every format escapes what
 * it shows. */
#ifndef DBDOC_REPORT_H
#define DBDOC_REPORT_H

#include "catalog/compare.h"
#include "checks/checks.h"

#include <glib.h>

/* `changes` are struct change * of catalog_compare; free the text with g_string_free. */
enum colour { COLOUR_NONE, COLOUR_ANSI };
GString *report_changes_text(const GPtrArray *changes, enum colour colour);
GString *report_changes_json(const GPtrArray *changes);

GString *report_findings_text(const struct findings *findings, enum colour colour);
GString *report_findings_json(const struct findings *findings);

/* "2 errors, 5 warnings, 12 notes (3 accepted)"; g_free. */
char *report_findings_summary(const struct findings *findings);

/* What `dbdoc explain` says: one rule with its help, or all of them when it is NULL. */
GString *report_rules_text(const struct rule *rule);
GString *report_rules_json(const struct rule *rule);

#endif
