/* markdown_writer.c - a stack of open elements, text collected between them, and two budgets. */
#include "markup/markdown_writer.h"

#include "markup/markdown_link.h"
#include "markup/tree.h"

#include <string.h>

#define ELEMENTS ((size_t)100 * 1000) /* of one text; hostile ones ask for millions */
#define ELLIPSIS "\xE2\x80\xA6"

void
writer_begin(struct writer *writer, xmlNode *parent, const struct markdown *markdown,
             const struct markdown_links *links)
{
    *writer = (struct writer){
        .markdown = markdown,
        .links = links,
        .stack = {parent},
        .text = g_string_new(NULL),
        .elements = ELEMENTS,
        .bytes = SIZE_MAX,
    };
}

void
writer_end(struct writer *writer)
{
    writer_flush(writer);
    g_string_free(writer->text, TRUE);
}

bool
writer_is_full(const struct writer *writer)
{
    return writer->elements == 0 || writer->bytes == 0;
}

xmlNode *
writer_here(const struct writer *writer)
{
    return writer->stack[writer->depth];
}

xmlNode *
writer_add(struct writer *writer, xmlNode *parent, const char *name)
{
    writer_flush(writer);
    writer->elements -= writer->elements > 0;
    return tree_element(parent, name);
}

void
writer_enter(struct writer *writer, xmlNode *node)
{
    g_assert(writer->depth < LEVEL_INLINE);
    writer_flush(writer);
    writer->stack[++writer->depth] = node;
}

void
writer_leave(struct writer *writer)
{
    g_assert(writer->depth > 0);
    writer_flush(writer);
    writer->depth--;
}

void
writer_text(struct writer *writer, const char *text)
{
    if (writer->mark != NULL && g_str_has_prefix(text, writer->mark))
        text += strlen(writer->mark);
    writer->mark = NULL;
    size_t length = strlen(text);
    if (length <= writer->bytes) {
        g_string_append_len(writer->text, text, (gssize)length);
        writer->bytes -= length;
        return;
    }
    const char *end = g_utf8_find_prev_char(text, text + writer->bytes + 1);
    if (end != NULL)
        g_string_append_len(writer->text, text, end - text);
    g_string_append(writer->text, ELLIPSIS);
    writer->bytes = 0;
}

static void
write_address(struct writer *writer, const char *address, size_t length)
{
    g_autofree char *url = g_strndup(address, length);
    xmlNode *link = tree_text_element(writer_here(writer), "a", url);
    tree_attribute(link, "href", url);
    tree_attribute(link, "rel", "noreferrer");
    writer->elements -= writer->elements > 0;
}

void
writer_flush(struct writer *writer)
{
    const char *rest = writer->text->str;
    size_t length = 0;
    const char *address = NULL;
    while (writer->open_links == 0 && (address = link_find(rest, &length)) != NULL) {
        g_autofree char *before = g_strndup(rest, (size_t)(address - rest));
        tree_text(writer_here(writer), before);
        write_address(writer, address, length);
        rest = address + length;
    }
    tree_text(writer_here(writer), rest);
    g_string_truncate(writer->text, 0);
}
