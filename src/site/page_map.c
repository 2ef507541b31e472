/* page_map.c - the map of the whole database, of a viewpoint, or of one of their areas. */
#include "site/pages.h"

#include "diagram/diagram.h"
#include "site/links.h"
#include "site/parts.h"

static void
add_crumbs(struct sheet *sheet, const struct area *area)
{
    if (area == NULL)
        return;
    add_crumbs(sheet, area->parent);
    xmlNode *crumb = tree_text_element(sheet->root, "crumb",
                                       area->origin == AREA_DATABASE ? "Map" : area->name);
    if (area == sheet->page->area)
        return;
    g_autofree char *href = plan_href_area(sheet->site->plan, sheet->page, area);
    tree_attribute(crumb, "href", href);
}

static void
add_lead(struct sheet *sheet, const struct area *area)
{
    if (area->viewpoint != NULL && area->viewpoint->text != NULL) {
        struct links links = {sheet, NULL};
        struct markdown_links resolver = links_for(&links);
        xmlNode *section = sheet_section(sheet, "about", NULL, -1);
        xmlNode *words = tree_element(tree_element(section, "prose"), "words");
        markdown_append(words, area->viewpoint->text, &resolver);
    }
    sheet_fact_count(sheet, "Tables", area->table_count);
}

/* The parts of an area as a list, each with a link to its map. */
static void
add_parts(struct sheet *sheet, const struct area *area)
{
    static const char *const columns[] = {"Area", "", "Tables", NULL};
    xmlNode *section = sheet_section(sheet, "areas", "Areas", (int64_t)area->part_count);
    xmlNode *list = part_list(section, columns);
    for (size_t i = 0; i < area->part_count; i++) {
        xmlNode *item = tree_element(list, "item");
        xmlNode *name = tree_text_element(item, "name", area->parts[i]->name);
        g_autofree char *href = plan_href_area(sheet->site->plan, sheet->page, area->parts[i]);
        tree_attribute(name, "href", href);
        part_number(item, (int64_t)area->parts[i]->table_count);
    }
}

/* The tables of an area as a list, and its foreign keys in words. */
static void
add_tables(struct sheet *sheet, xmlNode *map, const struct area *area)
{
    static const char *const columns[] = {"Table", "What it holds", NULL};
    xmlNode *twin = tree_element(map, "twin");
    for (size_t i = 0; i < area->table_count; i++)
        part_foreign_keys(sheet, twin, area->tables[i]);
    xmlNode *section = sheet_section(sheet, "tables", "Tables", (int64_t)area->table_count);
    xmlNode *list = part_list(section, columns);
    for (size_t i = 0; i < area->table_count; i++)
        part_item(sheet, list, area->tables[i], BY_PATH);
}

void
fill_map(struct sheet *sheet)
{
    const struct area *area = sheet->page->area;
    add_crumbs(sheet, area);
    const char *title = area->viewpoint != NULL ? area->viewpoint->title : area->name;
    sheet_title(sheet, NULL, area->origin == AREA_DATABASE ? "Map" : title);
    add_lead(sheet, area);
    xmlNode *section = sheet_section(sheet, "map", NULL, -1);
    xmlNode *map = part_map(sheet, section, area, MAP_WHOLE);
    if (area->table_count > AREA_TABLES_MOST && area->part_count > 0)
        add_parts(sheet, area);
    else
        add_tables(sheet, map, area);
}
