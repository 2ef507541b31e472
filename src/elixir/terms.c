/* terms.c - literals and collections of the tree. */
#include "elixir/builder.h"
#include "elixir/literal.h"

#include <string.h>

/* ---- Literals ---- */

static void
flush_text(const struct builder *builder, TSNode node, struct literal *literal, GPtrArray *items)
{
    if (literal->text->len == 0)
        return;
    struct syntax *piece = syntax_make(builder, SYNTAX_STRING, node);
    piece->text = arena_text(builder->arena, literal->text->str, (gssize)literal->text->len);
    piece->length = literal->text->len;
    g_ptr_array_add(items, piece);
    g_string_truncate(literal->text, 0);
}

/* The pieces between the quotes: texts and expressions. */
static void
read_pieces(struct builder *builder, TSNode node, GPtrArray *items)
{
    TSNode closing = ts_node_child(node, ts_node_child_count(node) - 1);
    if (node_is(closing, "sigil_modifiers"))
        closing = ts_node_prev_sibling(closing);
    struct literal literal = {.text = g_string_new(NULL), .first = true};
    literal.heredoc = node_length(closing) == 3;
    literal.margin = ts_node_start_point(closing).column;
    for (uint32_t i = 0; i < ts_node_child_count(node); i++) {
        TSNode child = ts_node_child(node, i);
        if (node_is(child, "sigil_name"))
            literal.verbatim = g_ascii_isupper(*node_start(builder, child));
        const char *raw = node_start(builder, child);
        if (node_is(child, "quoted_content")) {
            literal_append(&literal, raw, node_length(child));
        } else if (node_is(child, "escape_sequence")) {
            literal_append_escape(&literal, raw, node_length(child));
        } else if (node_is(child, "interpolation")) {
            flush_text(builder, node, &literal, items);
            literal_interrupt(&literal);
            g_autoptr(GArray) inside = node_children(child);
            if (inside->len == 1)
                g_ptr_array_add(items, build_node(builder, node_at(inside, 0)));
        }
    }
    flush_text(builder, node, &literal, items);
    g_string_free(literal.text, TRUE);
}

static struct syntax *
build_quoted(struct builder *builder, TSNode node, enum syntax_kind kind)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    read_pieces(builder, node, items);
    if (items->len == 0)
        return syntax_make_text(builder, kind, node, "");
    const struct syntax *only = items->pdata[0];
    struct syntax *syntax = syntax_make(builder, kind, node);
    if (items->len == 1 && only->kind == SYNTAX_STRING && only->start == syntax->start) {
        syntax->text = only->text;
        syntax->length = only->length;
        return syntax;
    }
    syntax->kind = SYNTAX_INTERPOLATED;
    syntax->makes = kind;
    syntax_set_items(builder, syntax, items);
    return syntax;
}

struct syntax *
build_string(struct builder *builder, TSNode node)
{
    return build_quoted(builder, node, SYNTAX_STRING);
}

struct syntax *
build_quoted_atom(struct builder *builder, TSNode node)
{
    return build_quoted(builder, node, SYNTAX_ATOM);
}

struct syntax *
build_sigil(struct builder *builder, TSNode node)
{
    struct syntax *sigil = syntax_make_text(builder, SYNTAX_SIGIL, node, "");
    sigil->modifiers = "";
    g_autoptr(GArray) children = node_children(node);
    for (guint i = 0; i < children->len; i++) {
        if (node_is(node_at(children, i), "sigil_name"))
            sigil->text = node_text(builder, node_at(children, i));
        if (node_is(node_at(children, i), "sigil_modifiers"))
            sigil->modifiers = node_text(builder, node_at(children, i));
    }
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    read_pieces(builder, node, items);
    syntax_set_items(builder, sigil, items);
    return sigil;
}

struct syntax *
build_atom(struct builder *builder, TSNode node)
{
    const char *text = node_text(builder, node);
    return syntax_make_text(builder, SYNTAX_ATOM, node, *text == ':' ? text + 1 : text);
}

struct syntax *
build_identifier(struct builder *builder, TSNode node)
{
    return syntax_make_text(builder, SYNTAX_VARIABLE, node, node_text(builder, node));
}

struct syntax *
build_alias(struct builder *builder, TSNode node)
{
    return syntax_make_text(builder, SYNTAX_ALIAS, node, node_text(builder, node));
}

struct syntax *
build_integer(struct builder *builder, TSNode node)
{
    struct syntax *syntax = syntax_make(builder, SYNTAX_INTEGER, node);
    if (!literal_integer(node_start(builder, node), node_length(node), &syntax->integer))
        return syntax_unknown(builder, node);
    return syntax;
}

struct syntax *
build_float(struct builder *builder, TSNode node)
{
    struct syntax *syntax = syntax_make_text(builder, SYNTAX_FLOAT, node, node_text(builder, node));
    g_auto(GStrv) parts = g_strsplit(syntax->text, "_", -1);
    g_autofree char *digits = g_strjoinv("", parts);
    syntax->real = g_ascii_strtod(digits, NULL);
    return syntax;
}

/* ---- Collections ---- */

struct syntax *
build_pair(struct builder *builder, TSNode node)
{
    g_autoptr(GArray) children = node_children(node);
    if (children->len != 2)
        return syntax_unknown(builder, node);
    TSNode key = node_at(children, 0);
    struct syntax *name;
    if (node_is(key, "keyword")) {
        g_autofree char *text = g_strndup(node_start(builder, key), node_length(key));
        g_strchomp(text)[strlen(text) - 1] = '\0'; /* the colon */
        name = syntax_make_text(builder, SYNTAX_ATOM, key, arena_intern(builder->arena, text));
    } else {
        name = build_quoted(builder, key, SYNTAX_ATOM);
    }
    struct syntax *pair = syntax_make(builder, SYNTAX_TUPLE, node);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_ptr_array_add(items, name);
    g_ptr_array_add(items, build_node(builder, node_at(children, 1)));
    syntax_set_items(builder, pair, items);
    return pair;
}

static void
build_pairs(struct builder *builder, TSNode keywords, GPtrArray *items)
{
    g_autoptr(GArray) pairs = node_children(keywords);
    for (guint i = 0; i < pairs->len; i++)
        g_ptr_array_add(items, build_pair(builder, node_at(pairs, i)));
}

struct syntax *
build_keywords(struct builder *builder, TSNode node)
{
    struct syntax *list = syntax_make(builder, SYNTAX_LIST, node);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    build_pairs(builder, node, items);
    syntax_set_items(builder, list, items);
    return list;
}

struct syntax *
build_list(struct builder *builder, TSNode node)
{
    struct syntax *list = syntax_make(builder, SYNTAX_LIST, node);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_autoptr(GArray) children = node_children(node);
    for (guint i = 0; i < children->len; i++) {
        if (node_is(node_at(children, i), "keywords"))
            build_pairs(builder, node_at(children, i), items);
        else
            g_ptr_array_add(items, build_node(builder, node_at(children, i)));
    }
    syntax_set_items(builder, list, items);
    return list;
}

struct syntax *
build_tuple(struct builder *builder, TSNode node)
{
    struct syntax *tuple = syntax_make(builder, SYNTAX_TUPLE, node);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    build_items(builder, node, items);
    syntax_set_items(builder, tuple, items);
    return tuple;
}

/* One part of a map's inside: keywords, `a => b`, or `map | parts`. */
static void
build_map_part(struct builder *builder, TSNode node, struct syntax *map, GPtrArray *items)
{
    if (node_is(node, "keywords")) {
        build_pairs(builder, node, items);
        return;
    }
    struct syntax *part = build_node(builder, node);
    if (part->kind != SYNTAX_BINARY) {
        g_ptr_array_add(items, part);
    } else if (g_str_equal(part->text, "=>")) {
        part->kind = SYNTAX_TUPLE;
        g_ptr_array_add(items, part);
    } else if (g_str_equal(part->text, "|")) {
        map->base = part->items[0];
        const struct syntax *rest = part->items[1];
        for (size_t i = 0; rest->kind == SYNTAX_LIST && i < rest->count; i++)
            g_ptr_array_add(items, (void *)(guintptr)rest->items[i]);
        if (rest->kind == SYNTAX_BINARY && g_str_equal(rest->text, "=>")) {
            struct syntax *pair = arena_alloc(builder->arena, sizeof *pair);
            *pair = *rest;
            pair->kind = SYNTAX_TUPLE;
            g_ptr_array_add(items, pair);
        }
    }
}

struct syntax *
build_map(struct builder *builder, TSNode node)
{
    struct syntax *map = syntax_make(builder, SYNTAX_MAP, node);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_autoptr(GArray) children = node_children(node);
    for (guint i = 0; i < children->len; i++) {
        TSNode child = node_at(children, i);
        g_autoptr(GArray) inside = node_children(child);
        if (node_is(child, "struct") && inside->len == 1)
            map->target = build_node(builder, node_at(inside, 0));
        for (guint j = 0; node_is(child, "map_content") && j < inside->len; j++)
            build_map_part(builder, node_at(inside, j), map, items);
    }
    syntax_set_items(builder, map, items);
    return map;
}
