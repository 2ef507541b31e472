/* page_names.c - every name from A to Z: the search that needs no script. */
#include "site/pages.h"

#include "base/text.h"
#include "site/parts.h"

/* The first letter as a heading; everything that is no letter stands together. */
static char *
letter_of(const struct census_name *name)
{
    gunichar c = g_utf8_get_char(name->key);
    if (!g_unichar_isalpha(c))
        return g_strdup("#");
    char letter[8] = "";
    g_unichar_to_utf8(g_unichar_toupper(c), letter);
    return g_strdup(letter);
}

static xmlNode *
add_letter(struct sheet *sheet, const char *letter, unsigned number)
{
    g_autofree char *id = g_strdup_printf("letter-%u", number);
    bool sign = g_str_equal(letter, "#");
    xmlNode *section = sheet_section(sheet, id, sign ? "Signs and digits" : letter, -1);
    return tree_element(section, "names");
}

static void
add_name(struct sheet *sheet, xmlNode *names, const struct census_name *entry)
{
    if (entry->object != NULL) {
        xmlNode *name = sheet_object(sheet, names, "name", entry->object, BY_PATH);
        tree_attribute(name, "word", entry->object->kind->word);
        return;
    }
    if (entry->query != NULL) {
        g_autofree char *title = part_query_title(entry->query);
        xmlNode *query = tree_text_element(names, "name", title);
        g_autofree char *page = plan_href_query(sheet->site->plan, sheet->page, entry->query);
        tree_attribute(query, "href", page);
        tree_attribute(query, "word", "query");
        return;
    }
    xmlNode *name = tree_text_element(names, "name", entry->area->name);
    g_autofree char *href = plan_href_area(sheet->site->plan, sheet->page, entry->area);
    tree_attribute(name, "href", href);
    tree_attribute(name, "word", entry->area->origin == AREA_VIEWPOINT ? "viewpoint" : "map");
}

void
fill_names(struct sheet *sheet)
{
    const GArray *all = sheet->site->plan->census->names;
    struct rows rows = page_rows(sheet->page);
    sheet_crumb(sheet, "All names", NULL);
    sheet_title(sheet, NULL, "All names");
    tree_text_element(
        sheet_lead(sheet), "summary",
        "Everything in this database that has a name, from A to Z. Columns are listed "
        "on the page of their table.");
    g_autofree char *letter = NULL;
    xmlNode *names = NULL;
    unsigned letters = 0;
    for (size_t i = rows.first; i < MIN(rows.end, all->len); i++) {
        const struct census_name *entry = &g_array_index(all, struct census_name, i);
        g_autofree char *own = letter_of(entry);
        if (!text_equal(own, letter)) {
            g_free(letter);
            letter = g_strdup(own);
            names = add_letter(sheet, letter, ++letters);
        }
        add_name(sheet, names, entry);
    }
}
