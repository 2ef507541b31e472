/* text.h - small questions about texts that several layers ask. */
#ifndef DBDOC_TEXT_H
#define DBDOC_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Equal, where NULL equals only NULL. */
bool text_equal(const char *a, const char *b);

/* strcmp with NULL before everything. */
int text_compare(const char *a, const char *b);

bool text_is_empty(const char *text); /* NULL, "" or white space only */

/* The candidate nearest to `word` (edit distance at most a third of its length), NULL for none:
 * what "did you mean" offers. `candidates` ends with NULL. */
const char *text_nearest(const char *word, const char *const *candidates);

/* What a page can show of a text: valid UTF-8 without control characters except tab and newline, as
 * new memory: invalid bytes and controls become U+FFFD, CR LF becomes LF. */
char *text_clean(const char *text);

/* The same for a terminal, where marks that turn the reading direction are replaced too: a name can
 * neither move the cursor nor rearrange the line it stands in. */
char *text_for_terminal(const char *text);

#endif
