/* page_findings.c - all findings, worst first, with those that somebody accepted; and one page per
 * rule that found something. */
#include "site/pages.h"

#include "site/parts.h"
#include "site/words.h"

static const struct {
    const char *id;
    const char *title;
    enum severity severity;
} groups[] = {
    {"error", "Errors", SEVERITY_ERROR},
    {"warning", "Warnings", SEVERITY_WARNING},
    {"note", "Notes", SEVERITY_NOTE},
};

/* "All 4,012 findings of index-duplicate" as a link to the rule's page. */
static void
add_cut(struct sheet *sheet, xmlNode *section, const struct rule *rule)
{
    g_autofree char *count = words_number(
        (int64_t)census_findings(sheet->site->plan->census, rule->slug));
    g_autofree char *text = g_strdup_printf("All %s findings of %s", count, rule->slug);
    xmlNode *cut = tree_text_element(section, "onward", text);
    g_autofree char *href = plan_href_rule(sheet->site->plan, sheet->page, rule);
    tree_attribute(cut, "href", href);
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

/* Of one rule, the page of all findings shows the first; the rule's own page shows all. */
enum { SHOWN_OF_RULE = 5 };

/* Findings of one rule; of very many the first, and a line that leads to all. */
static void
add_rule(struct sheet *sheet, xmlNode *section, const struct finding *items, size_t count)
{
    g_autoptr(GPtrArray) shown = g_ptr_array_new();
    for (size_t i = 0; i < MIN(count, SHOWN_OF_RULE); i++)
        g_ptr_array_add(shown, (gpointer)(guintptr)&items[i]);
    sheet_findings(sheet, section, shown);
    if (count > SHOWN_OF_RULE)
        add_cut(sheet, section, rule_find(items->slug));
}

/* How many of the first of `count` findings are of one rule, of one severity, and not accepted. */
static size_t
count_alike(const struct finding *items, size_t count)
{
    size_t alike = 0;
    while (alike < count && items[alike].accepted == NULL &&
           items[alike].severity == items->severity && g_str_equal(items[alike].slug, items->slug))
        alike++;
    return alike;
}

/* Findings stand worst first, then rule by rule, and accepted ones last. */
static void
add_severity(struct sheet *sheet, size_t which)
{
    const struct findings *findings = sheet->site->findings;
    const size_t count = findings_count(findings, groups[which].severity);
    if (count == 0)
        return;
    xmlNode *section = sheet_section(sheet, groups[which].id, groups[which].title, (int64_t)count);
    size_t first = 0;
    while (findings->items[first].severity != groups[which].severity)
        first++;
    size_t alike;
    for (size_t end = first + count; first < end; first += alike) {
        alike = count_alike(&findings->items[first], end - first);
        add_rule(sheet, section, &findings->items[first], alike);
    }
}

void
fill_findings(struct sheet *sheet)
{
    sheet_crumb(sheet, "Findings", NULL);
    sheet_title(sheet, NULL, "Findings");
    tree_text_element(sheet_lead(sheet), "summary",
                      sheet->site->findings->count == 0
                          ? "dbdoc found nothing that it would change."
                          : "What dbdoc would change, worst first. A finding goes away when it is "
                            "fixed, or when someone writes down why it is fine.");
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++)
        add_severity(sheet, i);
    add_accepted(sheet);
}

/* Those of the page's rule; `row` goes on over all lists of the page. */
static void
add_found(struct sheet *sheet, const char *id, const char *title, const struct finding *items,
          size_t count, size_t *row)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    const size_t first = *row;
    for (size_t i = 0; i < count; i++)
        if (g_str_equal(items[i].slug, sheet->page->rule->slug) && sheet_shows(sheet, (*row)++))
            g_ptr_array_add(found, (gpointer)(guintptr)&items[i]);
    if (found->len == 0)
        return;
    sheet_findings(sheet, sheet_section(sheet, id, title, (int64_t)(*row - first)), found);
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
    size_t row = 0;
    add_found(sheet, "found", "Found here", findings->items, findings->count, &row);
    add_found(sheet, "past", "In migrations that are applied", findings->past, findings->past_count,
              &row);
}
