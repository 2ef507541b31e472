/* page_findings.c - all findings, worst first, with those that somebody accepted; and one page per
 * rule that found something. */
#include "site/pages.h"

#include "site/parts.h"

static const struct {
    const char *id;
    const char *title;
    enum severity severity;
} groups[] = {
    {"error", "Errors", SEVERITY_ERROR},
    {"warning", "Warnings", SEVERITY_WARNING},
    {"note", "Notes", SEVERITY_NOTE},
};

static void
add_group(struct sheet *sheet, const char *id, const char *title, const GPtrArray *group)
{
    if (group->len > 0)
        sheet_findings(sheet, sheet_section(sheet, id, title, group->len), group);
}

static void
add_accepted(struct sheet *sheet)
{
    const struct findings *findings = sheet->site->findings;
    g_autoptr(GPtrArray) accepted = g_ptr_array_new();
    for (size_t i = 0; i < findings->count; i++)
        if (findings->items[i].accepted != NULL)
            g_ptr_array_add(accepted, (gpointer)(guintptr)&findings->items[i]);
    if (accepted->len == 0)
        return;
    xmlNode *section = sheet_section(sheet, "accepted", "Accepted", accepted->len);
    sheet_hint(section, "Findings someone looked at and gave a reason for.");
    sheet_findings(sheet, section, accepted);
}

void
fill_findings(struct sheet *sheet)
{
    const struct findings *findings = sheet->site->findings;
    sheet_crumb(sheet, "Findings", NULL);
    sheet_title(sheet, NULL, "Findings");
    tree_text_element(sheet_lead(sheet), "summary",
                      findings->count == 0
                          ? "dbdoc found nothing that it would change."
                          : "What dbdoc would change, worst first. A finding goes away when it is "
                            "fixed, or when someone writes down why it is fine.");
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        g_autoptr(GPtrArray) group = g_ptr_array_new();
        for (size_t j = 0; j < findings->count; j++)
            if (findings->items[j].severity == groups[i].severity &&
                findings->items[j].accepted == NULL)
                g_ptr_array_add(group, (gpointer)(guintptr)&findings->items[j]);
        add_group(sheet, groups[i].id, groups[i].title, group);
    }
    add_accepted(sheet);
}

void
fill_rule(struct sheet *sheet)
{
    const struct rule *rule = sheet->page->rule;
    const struct findings *findings = sheet->site->findings;
    xmlNode *crumb = tree_text_element(sheet->root, "crumb", "Findings");
    sheet_href_top(sheet, crumb, "findings.html");
    sheet_crumb(sheet, rule->slug, NULL);
    sheet_title(sheet, NULL, rule->title);
    xmlNode *badge = tree_text_element(sheet_head(sheet), "badge", severity_words[rule->severity]);
    tree_attribute(badge, "tone", severity_tone(rule->severity));
    sheet_fact(sheet, "Rule", rule->slug);
    xmlNode *section = sheet_section(sheet, "rule", "What it means", -1);
    markdown_append(tree_element(tree_element(section, "prose"), "words"), rule_help(rule), NULL);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (size_t i = 0; i < findings->count; i++)
        if (g_str_equal(findings->items[i].slug, rule->slug))
            g_ptr_array_add(found, (gpointer)(guintptr)&findings->items[i]);
    add_group(sheet, "found", "Found here", found);
}
