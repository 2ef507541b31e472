/* tools.h - how each migration tool is told to go back. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_TOOLS_H
#define DBDOC_RUNBOOK_TOOLS_H

/* Texts hold {version} (the oldest that goes), {previous} (what is the last one then; see
 * `none`), {count}, {folder} and {repo} (Ecto's, where it is known). */
struct rollback_tool {
    const char *key;
    const char *command; /* NULL: it knows no way down */
    const char *release; /* where the tool itself is not, and {repo} is known; NULL: nothing else */
    const char
        *computes;    /* what it runs in place of the down that was rehearsed; NULL: that down */
    const char *none; /* what {previous} is when nothing is left */
    const char *expect;
    const char *text; /* what to know of it; NULL for nothing */
    const char *make; /* how an empty migration is made: also {name}; NULL: not known */
    const char *head; /* what stands before the way up in its file; NULL: nothing */
};

/* NULL when dbdoc does not know the tool. */
const struct rollback_tool *rollback_tool_find(const char *key);

#endif
