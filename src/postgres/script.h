/* script.h - an SQL file cut into statements exactly as psql cuts it (psql's own lexer, psqlscan).
 * Variables (:name, :'name', :"name") are replaced; meta-commands are only recognised: what they do
 * is the caller's business. */
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
    unsigned line;    /* where the text begins, from 1 */
    unsigned end;     /* the line where it ends */
    bool reads_data;  /* COPY … FROM STDIN: lines of data follow */
};

struct script;

/* Reads from the descriptor, which the script closes. `name` is for messages. `variables` are
 * psql's (name to value, both text); they stay the caller's and may change between statements. */
struct script *script_new(const char *name, int descriptor, GHashTable *variables);

/* The same from a text that stays the caller's; `line` is the number of its first line. `variables`
 * may be NULL. */
struct script *script_of_text(const char *name, const char *text, size_t length, unsigned line,
                              GHashTable *variables);

void script_free(struct script *script);

/* The next statement; false at the end and on errors (*error is set). */
bool script_next(struct script *script, struct statement *statement, GError **error);

/* The next line of COPY data with its newline; false behind "\." and at the end of the file. Fits
 * struct copy_source. */
bool script_copy_line(void *script, const char **line, size_t *length);

/* Reads on behind the data of the last statement, unless script_copy_line has done so. */
void script_skip_data(struct script *script);

/* Drops the statement that is not finished yet, as psql's \r does. */
void script_drop_statement(struct script *script);

/* The line that was read last, from 1. */
unsigned script_line(const struct script *script);

/* The line in the file where character `position` (from 1) of the statement stands; for 0 the line
 * of its first word. */
unsigned statement_line(const struct statement *statement, unsigned position);

/* The next argument of a meta-command as psql reads it: words, 'quoted texts', "names" and
 * variables; NULL at the end. *cursor moves behind it. A `command` in backquotes is never run, and
 * variables must not make it longer than 64 KB: both give NULL and an error. Free with g_free. */
char *meta_argument(const char **cursor, GHashTable *variables, GError **error);

#endif
