/* builder.h - how the files that make the tree share tree-sitter's nodes among themselves. */
#ifndef DBDOC_BUILDER_H
#define DBDOC_BUILDER_H

#include "elixir/syntax.h"

#include <tree_sitter/api.h>

struct builder {
    struct arena *arena;
    const struct source *source;
    unsigned depth;
};

bool node_is(TSNode node, const char *type);
gsize node_length(TSNode node);
const char *node_start(const struct builder *builder, TSNode node);
const char *node_text(const struct builder *builder, TSNode node);

/* The named children without comments. Free it. */
GArray *node_children(TSNode node);
TSNode node_at(const GArray *children, guint place);

/* Any node; never NULL. */
struct syntax *build_node(struct builder *builder, TSNode node);

/* Appends the nodes below this one. */
void build_items(struct builder *builder, TSNode node, GPtrArray *items);

struct syntax *syntax_make(const struct builder *builder, enum syntax_kind kind, TSNode node);
struct syntax *syntax_make_text(const struct builder *builder, enum syntax_kind kind, TSNode node,
                                const char *text);
struct syntax *syntax_unknown(const struct builder *builder, TSNode node);
void syntax_set_items(const struct builder *builder, struct syntax *syntax, const GPtrArray *items);

/* Terms: one function per node, in terms.c. */
struct syntax *build_alias(struct builder *builder, TSNode node);
struct syntax *build_atom(struct builder *builder, TSNode node);
struct syntax *build_float(struct builder *builder, TSNode node);
struct syntax *build_identifier(struct builder *builder, TSNode node);
struct syntax *build_integer(struct builder *builder, TSNode node);
struct syntax *build_keywords(struct builder *builder, TSNode node);
struct syntax *build_list(struct builder *builder, TSNode node);
struct syntax *build_map(struct builder *builder, TSNode node);
struct syntax *build_pair(struct builder *builder, TSNode node);
struct syntax *build_quoted_atom(struct builder *builder, TSNode node);
struct syntax *build_sigil(struct builder *builder, TSNode node);
struct syntax *build_string(struct builder *builder, TSNode node);
struct syntax *build_tuple(struct builder *builder, TSNode node);

#endif
