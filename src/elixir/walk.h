/* walk.h - every node below a node, in the order of the source. */
#ifndef DBDOC_ELIXIR_WALK_H
#define DBDOC_ELIXIR_WALK_H

#include "elixir/syntax.h"

/* Calls `visit` for the node and what is inside it, the outer ones first. Where `visit` says false,
 * the inside of that node is left out. */
void syntax_walk(const struct syntax *syntax,
                 bool (*visit)(void *data, const struct syntax *syntax), void *data);

#endif
