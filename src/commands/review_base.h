/* review_base.h - what a review compares with: a commit of git, or a snapshot. */
#ifndef DBDOC_REVIEW_BASE_H
#define DBDOC_REVIEW_BASE_H

#include "commands/reviewing.h"

/* Says which migrations are new; with a snapshot it is the database before them, too. */
bool review_base_find(struct reviewing *reviewing, GError **error);

#endif
