/* comments.h - lines of a migration's source that are comments and nothing else, in SQL (`--`) and
 * in the languages of migrations (`#`). */
#ifndef DBDOC_MIGRATION_COMMENTS_H
#define DBDOC_MIGRATION_COMMENTS_H

/* What stands behind the sign of the comment; NULL: the line is none. */
const char *comment_words(const char *line);

/* The comment of the statement at line `place`, counted from 0 below the NULL that ends the lines:
 * what stands right above it, and what it begins with itself, as in plain files. It is the lines
 * from *start to before *end; none where the two are equal. */
void comment_of_statement(char *const *lines, unsigned place, unsigned *start, unsigned *end);

#endif
