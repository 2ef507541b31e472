/* markdown.h - Markdown to XHTML nodes: cmark in safe mode plus pipe tables, links to objects, and
 * code spans that name an object. Raw HTML, images and links with other schemes than http, https
 * and mailto become text.
 *
 * Headings begin at h3 and never skip a level: texts stand in pages that have h1 and h2. Time and
 * size of the result are limited whatever the text is; what is too long or would take too long is
 * left out, and a last <p class="cut"> says so. */
#ifndef DBDOC_MARKDOWN_H
#define DBDOC_MARKDOWN_H

#include <libxml/tree.h>
#include <stdbool.h>
#include <stddef.h>

/* Bytes of a text that are read. */
enum { MARKDOWN_LIMIT = 1024 * 1024, MARKDOWN_COMMENT_LIMIT = 64 * 1024 };

/* How object links become addresses of pages. */
struct markdown_links {
    /* The href for a link [text](word:path), or for a code span (word is NULL); NULL: no such
     * object. New memory. */
    char *(*href)(void *data, const char *word, const char *path);
    /* Whether "word:" is the word of an object, as in "table:"; others are ordinary URLs. */
    bool (*is_word)(const char *word);
    void *data;
    size_t limit; /* 0: MARKDOWN_LIMIT; a database comment gets MARKDOWN_COMMENT_LIMIT */
};

/* Appends the whole text as block elements. `links` may be NULL. */
void markdown_append(xmlNode *parent, const char *text, const struct markdown_links *links);

/* The summary is the first paragraph; a heading may stand above it. What is longer than
 * SUMMARY_LIMIT bytes ends with "…". */
enum { SUMMARY_LIMIT = 1000 };

/* Appends the summary's inline content; nothing when the text does not begin with a paragraph. */
void markdown_append_summary(xmlNode *parent, const char *text, const struct markdown_links *links);

/* The summary as plain text; NULL when there is none. Free with g_free. */
char *markdown_summary(const char *text);

/* Whether there is more than the summary shows. */
bool markdown_has_more(const char *text);

/* Calls `visit` for every link whose scheme is a word, and the line (from 1) where it stands. */
void markdown_links(const char *text, bool (*is_word)(const char *word),
                    void (*visit)(void *data, unsigned line, const char *word, const char *path),
                    void *data);

/* A heading that stands in no list and no quote. */
struct markdown_heading {
    unsigned level;
    unsigned first_line; /* from 1 */
    unsigned last_line;
    const char *words; /* as they stand in the text, without the marks of the heading */
};

/* Calls `visit` for every such heading, in order. */
void markdown_headings(const char *text,
                       void (*visit)(void *data, const struct markdown_heading *heading),
                       void *data);

#endif
