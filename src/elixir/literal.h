/* literal.h - the inside of strings, atoms, heredocs and sigils: escapes undone, indentation gone.
 */
#ifndef DBDOC_LITERAL_H
#define DBDOC_LITERAL_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* What has been read of one literal. */
struct literal {
    GString *text;
    bool heredoc;
    bool verbatim; /* a backslash is a backslash: ~S */
    bool first;    /* nothing of a heredoc was read yet */
    gsize margin;  /* columns before the closing quotes of a heredoc */
    gsize skipped; /* of them, on this line */
    bool indented; /* still inside the margin of a line */
};

/* Appends text as it stands in the source, without a heredoc's margin. */
void literal_append(struct literal *literal, const char *raw, gsize length);

/* Appends what an escape sequence (with its backslash) stands for. */
void literal_append_escape(struct literal *literal, const char *raw, gsize length);

/* An expression stands here: the line is past its margin. */
void literal_interrupt(struct literal *literal);

/* Elixir's integer (1_000, 0xFF, ?a); false when it is not one or does not fit. */
bool literal_integer(const char *raw, gsize length, int64_t *integer);

#endif
