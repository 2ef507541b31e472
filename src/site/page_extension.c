/* page_extension.c - an extension and everything that belongs to it; its members have no other
 * pages. */
#include "site/pages.h"

#include "site/parts.h"

void
fill_extension(struct sheet *sheet)
{
    const struct extension *extension = (const struct extension *)(const void *)sheet->page->object;
    part_head(sheet, "Extension");
    sheet_fact(sheet, "Version", extension->version);
    sheet_fact(sheet, "Schema", extension->schema);
    sheet_fact_count(sheet, "Members", extension->members.count);
    part_owner(sheet);
    part_notes(sheet);
    part_decisions(sheet);
    if (extension->members.count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "members", "Members",
                                     (int64_t)extension->members.count);
    xmlNode *members = tree_element(section, "members");
    for (size_t i = 0; i < extension->members.count; i++)
        tree_text_element(members, "member", extension->members.items[i]);
}
