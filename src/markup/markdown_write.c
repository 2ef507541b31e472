/* markdown_write.c - one rule per kind of node. Nothing here makes markup from text: raw HTML is
 * shown as the text it is, images become links to themselves. */
#include "markup/markdown_write.h"

#include "markup/highlight.h"
#include "markup/markdown_link.h"
#include "markup/markdown_table.h"
#include "markup/markdown_writer.h"
#include "markup/tree.h"

#include <string.h>

#define CODE_NAME 300 /* bytes of a code span that may name an object */

/* ---- Blocks and inlines that hold others: the element that what is inside goes into. ---- */

static xmlNode *
open_quote(struct writer *writer, cmark_node *node)
{
    (void)node;
    return writer_add(writer, writer_here(writer), "blockquote");
}

static xmlNode *
open_list(struct writer *writer, cmark_node *node)
{
    if (cmark_node_get_list_type(node) != CMARK_ORDERED_LIST)
        return writer_add(writer, writer_here(writer), "ul");
    xmlNode *list = writer_add(writer, writer_here(writer), "ol");
    if (cmark_node_get_list_start(node) != 1)
        tree_number(list, "start", cmark_node_get_list_start(node));
    return list;
}

static xmlNode *
open_item(struct writer *writer, cmark_node *node)
{
    (void)node;
    return writer_add(writer, writer_here(writer), "li");
}

static bool
is_tight(cmark_node *paragraph)
{
    cmark_node *item = cmark_node_parent(paragraph);
    return cmark_node_get_type(item) == CMARK_NODE_ITEM &&
           cmark_node_get_list_tight(cmark_node_parent(item));
}

static xmlNode *
open_paragraph(struct writer *writer, cmark_node *node)
{
    if (writer->flat_blocks == 0 && is_tight(node))
        return writer_here(writer);
    return writer_add(writer, writer_here(writer), "p");
}

static xmlNode *
open_heading(struct writer *writer, cmark_node *node)
{
    static const char *const names[] = {"h3", "h4", "h5", "h6", "h6", "h6"};
    unsigned level = (unsigned)cmark_node_get_heading_level(node);
    while (writer->heading_count > 0 && writer->headings[writer->heading_count - 1] >= level)
        writer->heading_count--;
    writer->headings[writer->heading_count] = level;
    return writer_add(writer, writer_here(writer), names[writer->heading_count++]);
}

static xmlNode *
open_emphasis(struct writer *writer, cmark_node *node)
{
    (void)node;
    return writer_add(writer, writer_here(writer), "em");
}

static xmlNode *
open_strong(struct writer *writer, cmark_node *node)
{
    (void)node;
    return writer_add(writer, writer_here(writer), "strong");
}

/* The page of an object; NULL when the link leads to none. */
static char *
object_href(const struct writer *writer, const char *url)
{
    g_autofree char *word = NULL;
    g_autofree char *path = NULL;
    if (writer->links == NULL || !link_split(url, writer->links->is_word, &word, &path))
        return NULL;
    return writer->links->href(writer->links->data, word, path);
}

static xmlNode *
open_link(struct writer *writer, cmark_node *node)
{
    const char *url = cmark_node_get_url(node);
    g_autofree char *href = object_href(writer, url);
    bool web = href == NULL && link_is_web(url);
    writer_flush(writer); /* while no link is open yet */
    writer->open_links++;
    if (href == NULL && !web && !link_is_mail(url))
        return writer_here(writer);
    xmlNode *link = writer_add(writer, writer_here(writer), "a");
    tree_attribute(link, "href", href != NULL ? href : url);
    tree_attribute(link, "rel", web ? "noreferrer" : NULL);
    return link;
}

/* ---- Nodes that hold text alone. ---- */

/* What a code block's language is painted with, and how many bytes a span takes at least. */
struct paint {
    void (*highlight)(xmlNode *parent, const char *code);
    size_t bytes;
};
static const struct paint of_sql = {highlight_sql, 2};
static const struct paint of_elixir = {highlight_elixir, 1};
static const struct {
    const char *name;
    const struct paint *paint;
} languages[] = {
    {"sql", &of_sql},     {"postgres", &of_sql},  {"postgresql", &of_sql}, {"pgsql", &of_sql},
    {"plpgsql", &of_sql}, {"elixir", &of_elixir}, {"ex", &of_elixir},      {"exs", &of_elixir},
};

/* `paint` NULL: none. */
static void
write_code_block(struct writer *writer, const char *text, const struct paint *paint)
{
    static const struct paint of_nothing = {highlight_nothing, 2};
    xmlNode *box = writer_add(writer, writer_here(writer), "div");
    xmlNode *pre = writer_add(writer, box, "pre");
    xmlNode *code = writer_add(writer, pre, "code");
    tree_attribute(box, "class", "code");
    tree_attribute(pre, "tabindex", "0"); /* it scrolls */
    size_t length = strlen(text);
    g_autofree char *lines = g_strndup(text, length - (length > 0 && text[length - 1] == '\n'));
    bool plain = paint == NULL && g_str_is_ascii(lines);
    paint = paint != NULL ? paint : &of_nothing;
    size_t spans = length / paint->bytes; /* at most */
    if (plain || spans > writer->elements) {
        tree_text(code, lines);
        return;
    }
    writer->elements -= spans;
    paint->highlight(code, lines);
}

static void
write_code(struct writer *writer, cmark_node *node)
{
    const char *info = cmark_node_get_fence_info(node);
    g_autofree char *language = g_ascii_strdown(info, (gssize)strcspn(info, " \t{,"));
    const struct paint *paint = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(languages); i++)
        if (g_str_equal(languages[i].name, language))
            paint = languages[i].paint;
    write_code_block(writer, cmark_node_get_literal(node), paint);
}

static void
write_html_block(struct writer *writer, cmark_node *node)
{
    const char *html = cmark_node_get_literal(node);
    if (!markdown_is_comment(html))
        write_code_block(writer, html, NULL);
}

static void
write_rule(struct writer *writer, cmark_node *node)
{
    (void)node;
    writer_add(writer, writer_here(writer), "hr");
}

static void
write_literal(struct writer *writer, cmark_node *node)
{
    writer_text(writer, cmark_node_get_literal(node));
}

static void
write_html(struct writer *writer, cmark_node *node)
{
    if (!markdown_is_comment(cmark_node_get_literal(node)))
        write_literal(writer, node);
}

static void
write_soft_break(struct writer *writer, cmark_node *node)
{
    (void)node;
    writer_text(writer, "\n");
}

static void
write_hard_break(struct writer *writer, cmark_node *node)
{
    (void)node;
    writer_add(writer, writer_here(writer), "br");
}

static void
write_code_span(struct writer *writer, cmark_node *node)
{
    const char *code = cmark_node_get_literal(node);
    bool may_name = writer->links != NULL && writer->open_links == 0 && strlen(code) <= CODE_NAME;
    g_autofree char *href = may_name ? writer->links->href(writer->links->data, NULL, code) : NULL;
    xmlNode *parent = writer_here(writer);
    if (href != NULL) {
        parent = writer_add(writer, parent, "a");
        tree_attribute(parent, "href", href);
    }
    writer_enter(writer, writer_add(writer, parent, "code"));
    writer->open_links++; /* code is shown as it stands */
    writer_text(writer, code);
    writer_leave(writer);
    writer->open_links--;
}

/* What a picture says it shows; whoever wants to see it follows the link. */
static void
write_image(struct writer *writer, cmark_node *node)
{
    const char *url = cmark_node_get_url(node);
    g_autoptr(GString) words = g_string_new(NULL);
    markdown_plain_text(node, words);
    if (writer->open_links > 0 || !link_is_web(url)) {
        writer_text(writer, words->str);
        return;
    }
    xmlNode *link = writer_add(writer, writer_here(writer), "a");
    tree_attribute(link, "href", url);
    tree_attribute(link, "rel", "noreferrer");
    writer_enter(writer, link);
    writer->open_links++;
    writer_text(writer, words->len > 0 ? words->str : url);
    writer_leave(writer);
    writer->open_links--;
}

/* ---- Tables. ---- */

static void write_inside(struct writer *writer, cmark_node *root);

static void
write_cell(struct writer *writer, xmlNode *cell, cmark_node *paragraph)
{
    writer_enter(writer, cell);
    writer->mark = TABLE_CELL_MARK;
    write_inside(writer, paragraph);
    writer_leave(writer);
}

static const char *const alignment_classes[] = {
    [ALIGNMENT_NONE] = NULL,
    [ALIGNMENT_LEFT] = NULL,
    [ALIGNMENT_CENTER] = "mid",
    [ALIGNMENT_RIGHT] = "r",
};

static bool
cell_is_empty(cmark_node *paragraph)
{
    cmark_node *first = cmark_node_first_child(paragraph);
    return cmark_node_next(first) == NULL &&
           g_strcmp0(cmark_node_get_literal(first), TABLE_CELL_MARK) == 0;
}

static void
write_row(struct writer *writer, xmlNode *parent, const struct pipe_table *table,
          const struct pipe_row *row)
{
    xmlNode *line = writer_add(writer, parent, "tr");
    for (size_t i = 0; i < row->count; i++) {
        /* An empty heading would be announced as one that says nothing. */
        bool heads = row == table->rows->pdata[0] && !cell_is_empty(row->cells[i]);
        xmlNode *cell = writer_add(writer, line, heads ? "th" : "td");
        enum alignment alignment = g_array_index(table->alignments, enum alignment, i);
        tree_attribute(cell, "class", alignment_classes[alignment]);
        tree_attribute(cell, "scope", heads ? "col" : NULL);
        write_cell(writer, cell, row->cells[i]);
    }
    size_t missing = table->alignments->len - row->count;
    xmlNode *rest = missing > 0 ? writer_add(writer, line, "td") : NULL;
    if (missing > 1)
        tree_number(rest, "colspan", (int64_t)missing);
}

static void
write_table(struct writer *writer, const struct pipe_table *table)
{
    cmark_node *lead = table->lead == NULL ? NULL : cmark_node_first_child(table->lead);
    if (lead != NULL) {
        writer_enter(writer, writer_add(writer, writer_here(writer), "p"));
        write_inside(writer, lead);
        writer_leave(writer);
    }
    xmlNode *box = writer_add(writer, writer_here(writer), "div");
    tree_attribute(box, "class", "scroll");
    tree_attribute(box, "tabindex", "0"); /* it scrolls when the table is wide */
    tree_attribute(box, "role", "group");
    tree_attribute(box, "aria-label", "Table");
    xmlNode *grid = writer_add(writer, box, "table");
    tree_attribute(grid, "class", "dt");
    write_row(writer, writer_add(writer, grid, "thead"), table, table->rows->pdata[0]);
    xmlNode *body = table->rows->len > 1 ? writer_add(writer, grid, "tbody") : NULL;
    for (guint i = 1; i < table->rows->len && !writer_is_full(writer); i++)
        write_row(writer, body, table, table->rows->pdata[i]);
}

/* ---- The walk. ---- */

struct rule {
    unsigned level; /* deepest place of an element; for nodes that hold others */
    xmlNode *(*open)(struct writer *writer, cmark_node *node);
    void (*write)(struct writer *writer, cmark_node *node);
};

/* A list leaves room for its items. */
static const struct rule rules[] = {
    [CMARK_NODE_BLOCK_QUOTE] = {LEVEL_BLOCK, open_quote, NULL},
    [CMARK_NODE_LIST] = {LEVEL_BLOCK - 1, open_list, NULL},
    [CMARK_NODE_ITEM] = {LEVEL_BLOCK, open_item, NULL},
    [CMARK_NODE_CODE_BLOCK] = {0, NULL, write_code},
    [CMARK_NODE_HTML_BLOCK] = {0, NULL, write_html_block},
    [CMARK_NODE_PARAGRAPH] = {LEVEL_PARAGRAPH, open_paragraph, NULL},
    [CMARK_NODE_HEADING] = {LEVEL_PARAGRAPH, open_heading, NULL},
    [CMARK_NODE_THEMATIC_BREAK] = {0, NULL, write_rule},
    [CMARK_NODE_TEXT] = {0, NULL, write_literal},
    [CMARK_NODE_SOFTBREAK] = {0, NULL, write_soft_break},
    [CMARK_NODE_LINEBREAK] = {0, NULL, write_hard_break},
    [CMARK_NODE_CODE] = {0, NULL, write_code_span},
    [CMARK_NODE_HTML_INLINE] = {0, NULL, write_html},
    [CMARK_NODE_EMPH] = {LEVEL_INLINE - 2, open_emphasis, NULL},
    [CMARK_NODE_STRONG] = {LEVEL_INLINE - 2, open_strong, NULL},
    [CMARK_NODE_LINK] = {LEVEL_INLINE - 1, open_link, NULL},
    [CMARK_NODE_IMAGE] = {0, NULL, write_image},
};

/* How many open nodes of this level have no element; NULL where all have one. */
static unsigned *
flat_count(struct writer *writer, const struct rule *rule)
{
    if (rule->level <= LEVEL_BLOCK)
        return &writer->flat_blocks;
    return rule->level == LEVEL_PARAGRAPH ? NULL : &writer->flat_inlines;
}

static void
enter_node(struct writer *writer, cmark_node *node)
{
    const struct rule *rule = &rules[cmark_node_get_type(node)];
    unsigned *flat = flat_count(writer, rule);
    if (flat != NULL && (*flat > 0 || writer->depth >= rule->level))
        ++*flat;
    else
        writer_enter(writer, rule->open(writer, node));
}

static void
leave_node(struct writer *writer, cmark_node *node)
{
    unsigned *flat = flat_count(writer, &rules[cmark_node_get_type(node)]);
    if (flat != NULL && *flat > 0) {
        --*flat;
        return;
    }
    writer_leave(writer);
    writer->open_links -= cmark_node_get_type(node) == CMARK_NODE_LINK;
}

/* Goes on until nothing more fits; what is open then is closed. */
static void
write_inside(struct writer *writer, cmark_node *root)
{
    const struct writer before = *writer;
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type event;
         (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE && !writer_is_full(writer);) {
        cmark_node *node = cmark_iter_get_node(iter);
        const struct pipe_table *table = g_hash_table_lookup(writer->markdown->tables, node);
        if (node == root)
            continue;
        if (event == CMARK_EVENT_EXIT) {
            leave_node(writer, node);
        } else if (table != NULL) {
            write_table(writer, table);
            markdown_skip(iter, node);
        } else if (rules[cmark_node_get_type(node)].write != NULL) {
            rules[cmark_node_get_type(node)].write(writer, node);
            markdown_skip(iter, node);
        } else {
            enter_node(writer, node);
        }
    }
    cmark_iter_free(iter);
    while (writer->depth > before.depth)
        writer_leave(writer);
    writer->flat_blocks = before.flat_blocks;
    writer->flat_inlines = before.flat_inlines;
    writer->open_links = before.open_links;
}

void
markdown_write(xmlNode *parent, const struct markdown *markdown, const struct markdown_links *links)
{
    struct writer writer;
    writer_begin(&writer, parent, markdown, links);
    write_inside(&writer, markdown->document);
    bool cut = markdown->cut || writer_is_full(&writer);
    writer_end(&writer);
    if (cut)
        tree_attribute(tree_text_element(parent, "p",
                                         "The text goes on, but the rest is too long or too deeply "
                                         "nested to be shown here."),
                       "class", "cut");
}

void
markdown_write_summary(xmlNode *parent, const struct markdown *markdown, cmark_node *paragraph,
                       const struct markdown_links *links)
{
    struct writer writer;
    writer_begin(&writer, parent, markdown, links);
    writer.bytes = SUMMARY_LIMIT;
    write_inside(&writer, paragraph);
    writer_end(&writer);
}
