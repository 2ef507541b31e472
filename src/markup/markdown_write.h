/* markdown_write.h - cmark's tree becomes libxml2 nodes. For markup/ alone. */
#ifndef DBDOC_MARKDOWN_WRITE_H
#define DBDOC_MARKDOWN_WRITE_H

#include "markup/markdown.h"
#include "markup/markdown_read.h"

#include <libxml/tree.h>

/* All blocks, and a last paragraph when something was left out. */
void markdown_write(xmlNode *parent, const struct markdown *markdown,
                    const struct markdown_links *links);

/* The inside of one paragraph, at most SUMMARY_LIMIT bytes of text. */
void markdown_write_summary(xmlNode *parent, const struct markdown *markdown, cmark_node *paragraph,
                            const struct markdown_links *links);

#endif
