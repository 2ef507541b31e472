/* part_review_indexes.c - indexes that come and go with a change, and the queries that they serve.
 */
#include "site/parts.h"

#include "review/review.h"

static void
add_sentences(xmlNode *parent, const char *element, const struct names *sentences)
{
    for (size_t i = 0; i < sentences->count; i++)
        sheet_text(parent, element, sentences->items[i]);
}

static void
add_indexes(struct sheet *sheet, const struct review *review)
{
    if (review->index_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "indexes", "New indexes", (int64_t)review->index_count);
    xmlNode *list = tree_element(section, "built");
    for (size_t i = 0; i < review->index_count; i++) {
        const struct review_index *index = &review->indexes[i];
        xmlNode *node = tree_element(list, "index");
        sheet_name(node, index->index->name);
        sheet_index_chips(node, index->index, 0);
        part_index_badges(sheet, node, index->index);
        sheet_said(node, "reason", index->reason);
        sheet_text(node, "cost", index->cost);
        add_sentences(node, "help", &index->helps);
    }
    if (review->plans_basis != NULL)
        sheet_hint(section, review->plans_basis);
}

static void
add_gone_indexes(struct sheet *sheet, const struct review *review)
{
    if (review->gone_index_count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "gone-indexes", "Indexes that go",
                                     (int64_t)review->gone_index_count);
    sheet_hint(section, review->plans_basis);
    xmlNode *list = tree_element(section, "unbuilt");
    for (size_t i = 0; i < review->gone_index_count; i++) {
        const struct review_gone_index *gone = &review->gone_indexes[i];
        xmlNode *node = tree_element(list, "index");
        sheet_name(node, gone->index->name);
        sheet_index_chips(node, gone->index, 0);
        add_sentences(node, "help", &gone->served);
    }
}

void
part_review_indexes(struct sheet *sheet, const struct review *review)
{
    add_indexes(sheet, review);
    add_gone_indexes(sheet, review);
}
