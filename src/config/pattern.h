/* pattern.h - which tables somebody means: "blog.posts", "blog.*", "*.audit_?", "posts" (in any
 * schema), and for columns "blog.posts.body". "*" stands for any text, "?" for one character; a
 * part in double quotes stands for itself, with its dots and stars. */
#ifndef DBDOC_PATTERN_H
#define DBDOC_PATTERN_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { PATTERN_PARTS = 3 };

struct pattern {
    const char *text; /* as written */
    unsigned line;    /* in the configuration file */
    size_t count;     /* parts: 1 name; 2 schema, name; 3 schema, name, column */
    const char *parts[PATTERN_PARTS];
};

struct patterns {
    size_t count;
    struct pattern *items;
};

/* Fills text, count and parts. False when a part is empty, a quote is left open, or there are too
 * many parts. */
bool pattern_parse(struct arena *arena, const char *text, struct pattern *pattern);

/* Whether the pattern means this table, view or the like; one of three parts never does. */
bool pattern_matches(const struct pattern *pattern, const char *schema, const char *name);

/* Whether it means this column. */
bool pattern_matches_column(const struct pattern *pattern, const char *schema, const char *name,
                            const char *column);

/* Whether one of them means the table. */
bool patterns_match(const struct patterns *patterns, const char *schema, const char *name);

#endif
