/* report.h - findings, rules and differences for terminals and machines. Every format escapes what
 * it shows. */
#ifndef DBDOC_REPORT_H
#define DBDOC_REPORT_H

#include "catalog/compare.h"
#include "catalog/dependants.h"
#include "checks/checks.h"
#include "migrations/migration.h"
#include "rehearsal/evidence.h"

#include <glib.h>

/* What is told of differences. */
struct changes_report {
    const GPtrArray *changes;            /* struct change * of catalog_compare */
    const struct dependants *dependants; /* in the catalog before; NULL: they are not told */
};

/* Free the texts with g_string_free. */
enum colour { COLOUR_NONE, COLOUR_ANSI };
GString *report_changes_text(const struct changes_report *report, enum colour colour);
GString *report_changes_json(const struct changes_report *report);
GString *report_changes_markdown(const struct changes_report *report);

GString *report_findings_text(const struct findings *findings, enum colour colour);
GString *report_findings_json(const struct findings *findings);

/* Findings for services that show them beside the code. */
struct findings_report {
    const struct findings *findings;
    const char *home;   /* the file that stands for the database: that of the configuration */
    const char *prefix; /* from the top of the repository to the root: "" or "apps/blog/" */
    const char *migrations_prefix; /* the same to the root of the migrations' project */
    enum severity fail_on;         /* from here on dbdoc ends with 1 */
};
GString *report_findings_sarif(const struct findings_report *report);
GString *report_findings_junit(const struct findings_report *report);
GString *report_findings_github(const struct findings_report *report);
GString *report_findings_gitlab(const struct findings_report *report);
GString *report_findings_markdown(const struct findings_report *report);

/* "2 errors, 5 warnings, 12 notes (3 accepted)"; g_free. */
char *report_findings_summary(const struct findings *findings);

/* Shares by kind and schema, and what is missing, the most important first. */
GString *report_coverage_text(const struct model *model);

/* What `dbdoc explain` says: one rule with its help, or all of them when it is NULL. */
GString *report_rules_text(const struct rule *rule);
GString *report_rules_json(const struct rule *rule);

/* What migrations would send, up and down. */
GString *report_plan_text(const struct migrations *migrations, enum colour colour);
GString *report_plan_json(const struct migrations *migrations);

/* The way up alone, as one script for psql; what is opaque is a comment. */
GString *report_plan_sql(const struct migrations *migrations);

/* "20 migrations: 3 with opaque steps, 5 whose down refuses"; g_free. */
char *report_plan_summary(const struct migrations *migrations);

/* What a rehearsal saw, and its verdicts; for machines there is evidence_write. */
GString *report_rehearsal_text(const struct rehearsal *rehearsal, enum colour colour);

/* "20 migrations rehearsed: 5 exact, 3 lossy, 2 without a verdict."; g_free. */
char *report_rehearsal_summary(const struct rehearsal *rehearsal);

#endif
