/* syntax.c - from tree-sitter's concrete tree to ours: blocks, calls, operators, files. */
#include "elixir/builder.h"

#include <string.h>

enum { DEEPEST = 400 };

const TSLanguage *tree_sitter_elixir(void);

/* ---- Nodes ---- */

bool
node_is(TSNode node, const char *type)
{
    return !ts_node_is_null(node) && g_str_equal(ts_node_type(node), type);
}

gsize
node_length(TSNode node)
{
    return ts_node_end_byte(node) - ts_node_start_byte(node);
}

const char *
node_start(const struct builder *builder, TSNode node)
{
    return builder->source->text + ts_node_start_byte(node);
}

const char *
node_text(const struct builder *builder, TSNode node)
{
    g_autofree char *text = g_strndup(node_start(builder, node), node_length(node));
    return arena_intern(builder->arena, text);
}

/* The named children without comments. */
GArray *
node_children(TSNode node)
{
    GArray *children = g_array_new(FALSE, FALSE, sizeof(TSNode));
    for (uint32_t i = 0; i < ts_node_named_child_count(node); i++) {
        TSNode child = ts_node_named_child(node, i);
        if (!node_is(child, "comment"))
            g_array_append_val(children, child);
    }
    return children;
}

TSNode
node_at(const GArray *children, guint place)
{
    return g_array_index(children, TSNode, place);
}

struct syntax *
syntax_make(const struct builder *builder, enum syntax_kind kind, TSNode node)
{
    struct syntax *syntax = arena_alloc(builder->arena, sizeof *syntax);
    syntax->kind = kind;
    syntax->source = builder->source;
    syntax->line = ts_node_start_point(node).row + 1;
    syntax->start = ts_node_start_byte(node);
    syntax->end = ts_node_end_byte(node);
    return syntax;
}

struct syntax *
syntax_make_text(const struct builder *builder, enum syntax_kind kind, TSNode node,
                 const char *text)
{
    struct syntax *syntax = syntax_make(builder, kind, node);
    syntax->text = text;
    syntax->length = strlen(text);
    return syntax;
}

void
syntax_set_items(const struct builder *builder, struct syntax *syntax, const GPtrArray *items)
{
    syntax->count = items->len;
    syntax->items = arena_array(builder->arena, items->len, sizeof *syntax->items);
    for (guint i = 0; i < items->len; i++)
        syntax->items[i] = items->pdata[i];
}

struct syntax *
syntax_unknown(const struct builder *builder, TSNode node)
{
    return syntax_make_text(builder, SYNTAX_UNKNOWN, node,
                            arena_intern(builder->arena, ts_node_type(node)));
}

/* Keywords are a list of their own among arguments and in tuples. */
void
build_items(struct builder *builder, TSNode node, GPtrArray *items)
{
    g_autoptr(GArray) children = node_children(node);
    for (guint i = 0; i < children->len; i++)
        g_ptr_array_add(items, build_node(builder, node_at(children, i)));
}

/* ---- Blocks and functions ---- */

static struct syntax *
build_clause(struct builder *builder, TSNode node)
{
    struct syntax *clause = syntax_make(builder, SYNTAX_CLAUSE, node);
    clause->guard = NULL;
    clause->body = NULL;
    g_autoptr(GPtrArray) patterns = g_ptr_array_new();
    g_autoptr(GArray) children = node_children(node);
    for (guint i = 0; i < children->len; i++) {
        TSNode child = node_at(children, i);
        if (node_is(child, "body")) {
            clause->body = build_node(builder, child);
            continue;
        }
        TSNode left = child;
        g_autoptr(GArray) sides = node_children(child);
        if (node_is(child, "binary_operator") && sides->len == 2 &&
            node_is(node_at(sides, 0), "arguments")) {
            left = node_at(sides, 0);
            clause->guard = build_node(builder, node_at(sides, 1));
        }
        build_items(builder, left, patterns);
    }
    syntax_set_items(builder, clause, patterns);
    return clause;
}

static struct syntax *
build_block(struct builder *builder, TSNode node)
{
    struct syntax *block = syntax_make(builder, SYNTAX_BLOCK, node);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    build_items(builder, node, items);
    syntax_set_items(builder, block, items);
    return block;
}

static struct syntax *
build_function(struct builder *builder, TSNode node)
{
    struct syntax *function = build_block(builder, node);
    function->kind = SYNTAX_FUNCTION;
    return function;
}

static struct syntax *
make_section(struct builder *builder, TSNode node, const char *name, GPtrArray *items)
{
    struct syntax *block = syntax_make(builder, SYNTAX_BLOCK, node);
    syntax_set_items(builder, block, items);
    struct syntax *pair = syntax_make(builder, SYNTAX_TUPLE, node);
    g_autoptr(GPtrArray) both = g_ptr_array_new();
    g_ptr_array_add(both, syntax_make_text(builder, SYNTAX_ATOM, node, name));
    g_ptr_array_add(both, block);
    syntax_set_items(builder, pair, both);
    return pair;
}

/* do … else … end as [do: …, else: …] */
static struct syntax *
build_do_block(struct builder *builder, TSNode node)
{
    static const char *const names[][2] = {{"else_block", "else"},
                                           {"rescue_block", "rescue"},
                                           {"catch_block", "catch"},
                                           {"after_block", "after"}};
    struct syntax *list = syntax_make(builder, SYNTAX_LIST, node);
    g_autoptr(GPtrArray) first = g_ptr_array_new();
    g_autoptr(GPtrArray) sections = g_ptr_array_new();
    g_ptr_array_add(sections, NULL); /* `do` comes first, but is known last */
    g_autoptr(GArray) children = node_children(node);
    for (guint i = 0; i < children->len; i++) {
        TSNode child = node_at(children, i);
        const char *name = NULL;
        for (size_t j = 0; j < G_N_ELEMENTS(names); j++)
            if (node_is(child, names[j][0]))
                name = names[j][1];
        if (name == NULL) {
            g_ptr_array_add(first, build_node(builder, child));
            continue;
        }
        g_autoptr(GPtrArray) inside = g_ptr_array_new();
        build_items(builder, child, inside);
        g_ptr_array_add(sections, make_section(builder, child, name, inside));
    }
    sections->pdata[0] = make_section(builder, node, "do", first);
    syntax_set_items(builder, list, sections);
    return list;
}

/* ---- Calls and operators ---- */

static struct syntax *
build_dot(struct builder *builder, TSNode node)
{
    g_autoptr(GArray) sides = node_children(node);
    if (sides->len == 0)
        return syntax_unknown(builder, node);
    struct syntax *left = build_node(builder, node_at(sides, 0));
    if (sides->len == 1) {
        struct syntax *apply = syntax_make(builder, SYNTAX_APPLY, node);
        apply->target = left;
        return apply;
    }
    TSNode right = node_at(sides, 1);
    struct syntax *member = build_node(builder, right);
    struct syntax *dot = syntax_make(builder, SYNTAX_CALL, node);
    dot->target = left;
    dot->text = member->text != NULL ? member->text : "";
    if (member->kind == SYNTAX_ALIAS) {
        dot->kind = SYNTAX_ALIAS;
    } else if (member->kind == SYNTAX_TUPLE) {
        dot->kind = SYNTAX_ALIASES;
        dot->count = member->count;
        dot->items = member->items;
    }
    return dot;
}

static struct syntax *
build_call(struct builder *builder, TSNode node)
{
    g_autoptr(GArray) children = node_children(node);
    struct syntax *head = build_node(builder, node_at(children, 0));
    struct syntax *call = syntax_make(builder, SYNTAX_CALL, node);
    if (head->kind == SYNTAX_VARIABLE || head->kind == SYNTAX_CALL || head->kind == SYNTAX_APPLY) {
        call->kind = head->kind == SYNTAX_APPLY ? SYNTAX_APPLY : SYNTAX_CALL;
        call->text = head->text;
        call->target = head->target;
    } else {
        return syntax_unknown(builder, node);
    }
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    for (guint i = 1; i < children->len; i++) {
        TSNode child = node_at(children, i);
        if (node_is(child, "arguments"))
            build_items(builder, child, items);
        else if (node_is(child, "do_block"))
            g_ptr_array_add(items, build_do_block(builder, child));
    }
    syntax_set_items(builder, call, items);
    return call;
}

/* x |> f(y) is f(x, y). */
static struct syntax *
build_pipe(struct builder *builder, TSNode node, struct syntax *left, const struct syntax *right)
{
    struct syntax *call = syntax_make(builder, SYNTAX_CALL, node);
    if (right->kind != SYNTAX_CALL && right->kind != SYNTAX_VARIABLE && right->kind != SYNTAX_APPLY)
        return syntax_unknown(builder, node);
    call->kind = right->kind == SYNTAX_APPLY ? SYNTAX_APPLY : SYNTAX_CALL;
    call->text = right->text;
    call->target = right->target;
    call->line = right->line;
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_ptr_array_add(items, left);
    for (size_t i = 0; i < right->count; i++)
        g_ptr_array_add(items, (void *)(guintptr)right->items[i]);
    syntax_set_items(builder, call, items);
    return call;
}

static struct syntax *
build_binary(struct builder *builder, TSNode node)
{
    g_autoptr(GArray) sides = node_children(node);
    TSNode operator= ts_node_child_by_field_name(node, "operator", strlen("operator"));
    if (sides->len != 2 || ts_node_is_null(operator))
        return syntax_unknown(builder, node);
    struct syntax *left = build_node(builder, node_at(sides, 0));
    struct syntax *right = build_node(builder, node_at(sides, 1));
    const char *text = node_text(builder, operator);
    if (g_str_equal(text, "|>"))
        return build_pipe(builder, node, left, right);
    struct syntax *binary = syntax_make_text(builder, SYNTAX_BINARY, node, text);
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    g_ptr_array_add(items, left);
    g_ptr_array_add(items, right);
    syntax_set_items(builder, binary, items);
    return binary;
}

static struct syntax *
build_unary(struct builder *builder, TSNode node)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    build_items(builder, node, items);
    if (items->len != 1)
        return syntax_unknown(builder, node);
    struct syntax *unary = syntax_make_text(builder, SYNTAX_UNARY, node,
                                            node_text(builder, ts_node_child(node, 0)));
    syntax_set_items(builder, unary, items);
    return unary;
}

static struct syntax *
build_access(struct builder *builder, TSNode node)
{
    struct syntax *access = build_block(builder, node);
    access->kind = SYNTAX_ACCESS;
    return access->count == 2 ? access : syntax_unknown(builder, node);
}

static const struct {
    const char *type;
    struct syntax *(*build)(struct builder *builder, TSNode node);
} builders[] = {
    {"access_call", build_access},
    {"alias", build_alias},
    {"atom", build_atom},
    {"anonymous_function", build_function},
    {"binary_operator", build_binary},
    {"block", build_block},
    {"body", build_block},
    {"boolean", build_atom},
    {"call", build_call},
    {"char", build_integer},
    {"do_block", build_do_block},
    {"dot", build_dot},
    {"float", build_float},
    {"identifier", build_identifier},
    {"integer", build_integer},
    {"keywords", build_keywords},
    {"list", build_list},
    {"map", build_map},
    {"nil", build_atom},
    {"operator_identifier", build_identifier},
    {"pair", build_pair},
    {"quoted_atom", build_quoted_atom},
    {"sigil", build_sigil},
    {"source", build_block},
    {"stab_clause", build_clause},
    {"string", build_string},
    {"tuple", build_tuple},
    {"unary_operator", build_unary},
};

struct syntax *
build_node(struct builder *builder, TSNode node)
{
    struct syntax *syntax = NULL;
    builder->depth++;
    for (size_t i = 0; builder->depth < DEEPEST && i < G_N_ELEMENTS(builders); i++) {
        if (node_is(node, builders[i].type)) {
            syntax = builders[i].build(builder, node);
            break;
        }
    }
    builder->depth--;
    return syntax != NULL ? syntax : syntax_unknown(builder, node);
}

/* ---- Files ---- */

static bool
is_wrong(TSNode node)
{
    return node_is(node, "ERROR") || ts_node_is_missing(node);
}

/* The line of the first place that the grammar could not read. */
static unsigned
wrong_line(TSNode root)
{
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    TSNode node = root;
    while (!is_wrong(node)) {
        node = ts_tree_cursor_current_node(&cursor);
        if (ts_node_has_error(node) && !is_wrong(node) && ts_tree_cursor_goto_first_child(&cursor))
            continue;
        if (!is_wrong(node) && !ts_tree_cursor_goto_next_sibling(&cursor))
            break;
    }
    ts_tree_cursor_delete(&cursor);
    return ts_node_start_point(node).row + 1;
}

/* The line on which `end` stands. */
static unsigned
count_lines(const char *text, const char *end)
{
    unsigned line = 1;
    for (; text < end; text++)
        line += *text == '\n';
    return line;
}

static TSTree *
parse(const struct source *source)
{
    TSParser *parser = ts_parser_new();
    g_assert(ts_parser_set_language(parser, tree_sitter_elixir())); /* the versions fit */
    TSTree *tree = ts_parser_parse_string(parser, NULL, source->text, (uint32_t)source->length);
    ts_parser_delete(parser);
    return tree;
}

const struct source *
syntax_read(struct arena *arena, const char *path, const GString *text, unsigned *line)
{
    struct source *source = arena_alloc(arena, sizeof *source);
    source->path = arena_intern(arena, path);
    source->text = arena_text(arena, text->str, (gssize)text->len);
    source->length = text->len;
    const char *end = NULL;
    if (!g_utf8_validate(text->str, (gssize)text->len, &end)) {
        *line = count_lines(text->str, end);
        return NULL;
    }
    TSTree *tree = parse(source);
    TSNode root = ts_tree_root_node(tree);
    bool good = !ts_node_has_error(root);
    if (good) {
        struct builder builder = {.arena = arena, .source = source};
        source->root = build_node(&builder, root);
    } else {
        *line = wrong_line(root);
    }
    ts_tree_delete(tree);
    return good ? source : NULL;
}

const char *
syntax_excerpt(struct arena *arena, const struct syntax *syntax, gsize limit)
{
    g_autofree char *raw = g_strndup(syntax->source->text + syntax->start,
                                     syntax->end - syntax->start);
    GString *line = g_string_new(NULL);
    for (const char *from = raw; *from != '\0'; from++) {
        if (!g_ascii_isspace(*from))
            g_string_append_c(line, *from);
        else if (line->len > 0 && line->str[line->len - 1] != ' ')
            g_string_append_c(line, ' ');
    }
    if (line->len > limit) {
        const char *cut = g_utf8_find_prev_char(line->str, line->str + limit + 1);
        g_string_truncate(line, cut != NULL ? (gsize)(cut - line->str) : limit);
        g_string_append(line, "…");
    }
    const char *excerpt = arena_text(arena, line->str, (gssize)line->len);
    g_string_free(line, TRUE);
    return excerpt;
}

const struct syntax *
syntax_section(const struct syntax *call, const char *key)
{
    const struct syntax *last = call->count > 0 ? call->items[call->count - 1] : NULL;
    for (size_t i = 0; last != NULL && last->kind == SYNTAX_LIST && i < last->count; i++) {
        const struct syntax *pair = last->items[i];
        if (pair->kind == SYNTAX_TUPLE && pair->count == 2 && pair->items[0]->kind == SYNTAX_ATOM &&
            g_strcmp0(pair->items[0]->text, key) == 0)
            return pair->items[1];
    }
    return NULL;
}
