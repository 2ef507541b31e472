/* comment.h - a comment of a review on its way, and what its parts share. For report/ alone. */
#ifndef DBDOC_REPORT_COMMENT_H
#define DBDOC_REPORT_COMMENT_H

#include "report/review.h"

struct comment {
    GString *text;
    const struct review *review;
    size_t reserved;  /* lines that folds which are still to come need */
    size_t fix_lines; /* that were written */
};

size_t comment_lines(const GString *text);
void comment_put(struct comment *comment, const char *text);
void comment_say(struct comment *comment, const char *text); /* Markdown's signs escaped */

/* Nothing without a file; without a line when that is 0. */
void comment_place(struct comment *comment, const char *file, unsigned line);

/* What is folded, as many items as leave room for the foot. */
void comment_folds(struct comment *comment);

#endif
