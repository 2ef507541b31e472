/* markdown.h - Markdown to XHTML nodes: cmark in safe mode plus pipe tables, links to objects, and
 * code spans that name an object. Raw HTML, images and links with other schemes than http, https
 * and mailto become text. */
#ifndef DBDOC_MARKDOWN_H
#define DBDOC_MARKDOWN_H

#include <libxml/tree.h>
#include <stdbool.h>

/* How object links become addresses of pages. */
struct markdown_links {
    /* The href for a link [text](word:path), or for a code span (word is NULL); NULL: no such
     * object. New memory. */
    char *(*href)(void *data, const char *word, const char *path);
    /* Whether "word:" is the word of an object, as in "table:"; others are ordinary URLs. */
    bool (*is_word)(const char *word);
    void *data;
};

/* Appends the whole text as block elements. `links` may be NULL. */
void markdown_append(xmlNode *parent, const char *text, const struct markdown_links *links);

/* Appends the first paragraph's inline content; nothing when the text does not begin with one. */
void markdown_append_summary(xmlNode *parent, const char *text, const struct markdown_links *links);

/* The first paragraph as plain text; NULL when there is none. Free with g_free. */
char *markdown_summary(const char *text);

/* Whether there is more than the first paragraph. */
bool markdown_has_more(const char *text);

/* Calls `visit` for every link whose scheme is a word, and its line (from 1). */
void markdown_links(const char *text, bool (*is_word)(const char *word),
                    void (*visit)(void *data, unsigned line, const char *word, const char *path),
                    void *data);

#endif
