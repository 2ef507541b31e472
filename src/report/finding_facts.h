/* finding_facts.h - what the formats of findings for machines tell alike. For report/ alone. */
#ifndef DBDOC_REPORT_FINDING_FACTS_H
#define DBDOC_REPORT_FINDING_FACTS_H

#include "report/report.h"

#include <glib.h>

/* "index blog.posts_pkey", "migration 20240101", or "database"; free with g_free. */
char *finding_subject(const struct finding *finding);

/* Where services show it: its file from the top of the repository, or the one that stands for the
 * database. Free with g_free. */
char *finding_path(const struct findings_report *report, const struct finding *finding);
unsigned finding_line(const struct finding *finding); /* 1 where none is known */

/* Title, what happens and what to do, a line each; free with g_free. */
char *finding_message(const struct finding *finding);

/* 64 hex digits that stay when lines move; a second finding with the same facts gets others. `seen`
 * (struct finding_marks *) knows those of the same report. */
struct finding_marks {
    GHashTable *seen; /* char * → how often */
};
void finding_marks_begin(struct finding_marks *marks);
void finding_marks_end(struct finding_marks *marks);
char *finding_mark(struct finding_marks *marks, const struct finding *finding);

#endif
