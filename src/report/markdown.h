/* markdown.h - text in Markdown that GitHub, GitLab and wikis render: what is foreign mentions
 * nobody, loads no picture, opens no tag, refers to no issue, and is no command to a CI service
 * that keeps it in a log. For report/ alone. */
#ifndef DBDOC_REPORT_MARKDOWN_H
#define DBDOC_REPORT_MARKDOWN_H

#include <glib.h>

/* No sign of it means anything. */
void markdown_plain(GString *target, const char *text);

/* A sentence whose backquotes mark code; on one line, without passwords. */
void markdown_words(GString *target, const char *text);

/* A name, path or piece of SQL within a line; on one line, without passwords. */
void markdown_span(GString *target, const char *text);

/* A block of lines, each behind `indent`. `language` is "sql", "elixir" or "". */
void markdown_code(GString *target, const char *indent, const char *language, const char *text);

#endif
