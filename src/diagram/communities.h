/* communities.h - nodes of a graph in groups with many links inside and few outside (Louvain's
 * method), none larger than told. Pure and deterministic; the time is about linear in links. */
#ifndef DBDOC_COMMUNITIES_H
#define DBDOC_COMMUNITIES_H

#include <stddef.h>

/* Between two nodes, in either direction. Links of the same two add up; links of one to itself
 * count for nothing. */
struct link {
    unsigned a, b;
    unsigned weight;
};

/* The group of each node, from 0 in the order of their first nodes; `count` becomes the number of
 * groups. A node without links is a group of its own. Free with g_free. */
unsigned *communities_find(unsigned node_count, const struct link *links, size_t link_count,
                           unsigned most, unsigned *count);

/* Gives the groups of `count` nodes, numbers below `count`, new ones from 0 in the order of their
 * first nodes; how many there are. */
unsigned communities_renumber(unsigned *group_of, unsigned count);

#endif
