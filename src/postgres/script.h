/* script.h - an SQL file cut into statements as psql cuts it (by psql's own lexer, psqlscan). */
#ifndef DBDOC_SCRIPT_H
#define DBDOC_SCRIPT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum statement_kind {
    STATEMENT_SQL,
    STATEMENT_META, /* a psql meta-command: text is what stands behind the backslash */
};

struct statement {
    enum statement_kind kind;
    const char *text; /* valid until the next call */
    unsigned line;    /* of the first word, from 1 */
    bool reads_data;  /* COPY … FROM STDIN: lines of data follow */
};

struct script;

/* Reads from the descriptor, which the script closes. `name` is for messages. */
struct script *script_new(const char *name, int descriptor);
void script_free(struct script *script);

/* The next statement; false at the end and on errors (*error is set). */
bool script_next(struct script *script, struct statement *statement, GError **error);

/* The next line of COPY data without its newline; false behind "\.". Fits struct copy_source. */
bool script_copy_line(void *script, const char **line, size_t *length);

/* Gives a psql variable a value (\set), so that :name stands for it. */
void script_set_variable(struct script *script, const char *name, const char *value);

/* The line in the file where character `position` (from 1) of the statement stands. */
unsigned statement_line(const struct statement *statement, unsigned position);

#endif
