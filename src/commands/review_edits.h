/* review_edits.h - old migrations that a branch changed or removed: what they make now that they
 * did not make when they were merged. */
#ifndef DBDOC_COMMANDS_REVIEW_EDITS_H
#define DBDOC_COMMANDS_REVIEW_EDITS_H

#include "commands/reviewing.h"

/* Fills `merged` and `edits` where something was edited since a commit. They stay NULL, with a
 * warning, when the files of the commit do not run. False when the user asked to stop. */
bool review_edits_find(struct reviewing *reviewing, GError **error);

#endif
