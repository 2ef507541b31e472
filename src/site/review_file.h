/* review_file.h - a review as one file that needs no other. */
#ifndef DBDOC_SITE_REVIEW_FILE_H
#define DBDOC_SITE_REVIEW_FILE_H

#include "review/review.h"

#include <glib.h>

/* Free with g_string_free. FAILURE_USAGE when the project's templates or theme are wrong. */
GString *review_file(const struct review *review, GError **error);

#endif
