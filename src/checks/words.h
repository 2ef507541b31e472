/* words.h - what the names of columns suggest. A name proves nothing: what rests on it is a hint.
 */
#ifndef DBDOC_CHECKS_WORDS_H
#define DBDOC_CHECKS_WORDS_H

#include "catalog/catalog.h"

#include <stdbool.h>

/* Whether one of the words (lower case; NULL ends them) stands in the name between underscores or
 * capitals: "unit_price", "UnitPrice". */
bool name_has_word(const char *name, const char *const *words);

/* The same for its last word. */
bool name_ends_with_word(const char *name, const char *const *words);

/* Whether the name says that a secret is held as it is, and not as a hash of it. */
bool name_is_of_clear_secret(const char *name);

/* Whether the column holds text of any length (a domain over text too). */
bool column_is_text(const struct column *column);

#endif
