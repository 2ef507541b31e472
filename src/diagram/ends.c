/* ends.c - how many rows belong together, at both ends of every line.
 * A parent row may always be without child rows: nothing in a schema can demand one. */
#include "diagram/ends.h"

static unsigned
child_cardinality(const struct line *line)
{
    return AT_LEAST_NONE | (line->unique ? AT_MOST_ONE : AT_MOST_MANY);
}

static unsigned
parent_cardinality(const struct line *line)
{
    return (line->optional ? AT_LEAST_NONE : AT_LEAST_ONE) | AT_MOST_ONE;
}

/* What all lines that end at the port have in common. */
static unsigned
common_cardinality(const struct picture *picture, int port)
{
    unsigned common = ~0u;
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        if (end_port(&line->child) == port)
            common &= child_cardinality(line);
        if (end_port(&line->parent) == port)
            common &= parent_cardinality(line);
    }
    return common;
}

void
ends_agree(struct picture *picture)
{
    for (size_t i = 0; i < picture->line_count; i++) {
        struct line *line = &picture->lines[i];
        line->child.cardinality = common_cardinality(picture, end_port(&line->child));
        line->parent.cardinality = common_cardinality(picture, end_port(&line->parent));
    }
}
