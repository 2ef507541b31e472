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
bool text_is_day(
    const char *text); /* "2027-03-31", a day that there is, of this century or later */

/* How many mistakes a word of this length may have and still be recognized: one in four letters. */
size_t text_mistakes(const char *word);

/* The candidate nearest to `word` with at most so many mistakes, NULL for none: what "did you mean"
 * offers. A letter too many, missing, wrong, or in its neighbour's place is a mistake. `candidates`
 * ends with NULL. */
const char *text_nearest(const char *word, const char *const *candidates);
const char *text_nearest_within(const char *word, const char *const *candidates, size_t most);

/* What a page can show of a text: valid UTF-8 without control characters except tab and newline, as
 * new memory: invalid bytes and controls become U+FFFD, CR LF becomes LF. */
char *text_clean(const char *text);

/* The text between backquotes, as sentences mark code: on one line, and what is a backquote in it
 * is replaced by a sign that looks like one. */
char *text_code(const char *text);

/* The same for a terminal or a log: a name can neither move the cursor nor rearrange the line it
 * stands in, and is no command to the CI service that keeps the log ("::error", "##[group]",
 * "##vso[…]"). What would do so becomes U+FFFD. */
char *text_for_terminal(const char *text);

#endif
