/* review.h - a review for a pull request and for machines. */
#ifndef DBDOC_REPORT_REVIEW_H
#define DBDOC_REPORT_REVIEW_H

#include "report/report.h"
#include "review/review.h"

/* A comment in Markdown, of fewer than 60 lines, that begins with a mark by which CI finds it
 * again; the same review gives the same bytes. Free with g_string_free. */
GString *report_review_comment(const struct review *review);

#endif
