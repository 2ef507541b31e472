/* part_map.c - maps of areas. A view holds only the key of a map; the picture is put in when the
 * page is really made, because a layout costs far more than the rest of a page. */
#include "site/parts.h"

#include "diagram/diagram.h"

#include <stdlib.h>
#include <string.h>

/* As the theme calls them: "lvl-names" … */
static const char *const detail_words[DETAILS] = {"names", "keys", "all"};

static char *
table_href(void *data, const struct table *table)
{
    const struct sheet *sheet = data;
    return plan_href(sheet->site->plan, sheet->page, table);
}

static char *
area_href(void *data, const struct area *area)
{
    const struct sheet *sheet = data;
    return plan_href_area(sheet->site->plan, sheet->page, area);
}

static unsigned
schema_hue(void *data, const char *schema)
{
    const struct sheet *sheet = data;
    return plan_hue(sheet->site->plan, schema);
}

char *
part_area_title(const struct area *area)
{
    if (area->origin == AREA_DATABASE)
        return g_strdup(area->name);
    if (area->origin == AREA_VIEWPOINT)
        return g_strconcat("Viewpoint: ", area->name, NULL);
    g_autofree char *above = part_area_title(area->parent);
    return g_strconcat(above, area->parent->origin == AREA_DATABASE ? ": " : " / ", area->name,
                       NULL);
}

struct diagram_site
part_diagram_site(struct sheet *sheet)
{
    return (struct diagram_site){table_href, area_href, schema_hue, sheet};
}

/* The switch between the pictures. */
static void
add_details(xmlNode *map, bool shows_parts)
{
    static const char *const of_tables[DETAILS] = {"Names", "Keys", "All columns"};
    static const char *const of_parts[DETAILS] = {"Names", "Main tables", "Tables"};
    for (int detail = 0; detail < DETAILS; detail++) {
        xmlNode *node = tree_element(map, "detail");
        tree_attribute(node, "id", detail_words[detail]);
        tree_attribute(node, "title", (shows_parts ? of_parts : of_tables)[detail]);
        tree_flag(node, "chosen", detail == DETAIL_KEYS);
    }
}

xmlNode *
part_map(struct sheet *sheet, xmlNode *parent, const struct area *area, enum map_form form)
{
    const struct areas *areas = sheet->site->plan->areas;
    struct diagram_site site = part_diagram_site(sheet);
    struct diagram_map *map = diagram_map_new(sheet->site->model, area, AREA_TABLES_MOST);
    size_t number = 0;
    while (areas->items[number] != area)
        number++;
    g_autofree char *key = diagram_map_key(map, &site);
    xmlNode *node = tree_element(parent, "map");
    tree_number(node, "area", (int64_t)number);
    tree_attribute(node, "key", key);
    tree_flag(node, "levels", form == MAP_WHOLE);
    if (form == MAP_WHOLE)
        add_details(node, diagram_map_shows_parts(map));
    tree_flag(node, "parts", diagram_map_shows_parts(map));
    if (diagram_map_hidden(map) > 0)
        tree_number(node, "hidden", (int64_t)diagram_map_hidden(map));
    diagram_map_free(map);
    return node;
}

static void
draw(struct sheet *sheet, xmlNode *node)
{
    g_autofree char *number = (char *)xmlGetNoNsProp(node, BAD_CAST "area");
    g_autofree char *levels = (char *)xmlGetNoNsProp(node, BAD_CAST "levels");
    const struct area *area = sheet->site->plan->areas->items[strtoul(number, NULL, 10)];
    struct diagram_site site = part_diagram_site(sheet);
    struct diagram_map *map = diagram_map_new(sheet->site->model, area, AREA_TABLES_MOST);
    int count = levels != NULL ? DETAILS : 1;
    for (int detail = 0; detail < count; detail++) {
        xmlNode *level = tree_element(node, "level");
        tree_attribute(level, "detail", detail_words[detail]);
        diagram_map_append(map, (enum detail)detail, &site, level);
    }
    tree_flag(node, "simple", diagram_map_is_simple(map));
    diagram_map_free(map);
}

static bool
is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && g_str_equal(node->name, name);
}

/* A map stands on its own, or in a section. */
void
part_draw_maps(struct sheet *sheet)
{
    for (xmlNode *node = sheet->root->children; node != NULL; node = node->next) {
        if (is_element(node, "map"))
            draw(sheet, node);
        if (!is_element(node, "section"))
            continue;
        for (xmlNode *part = node->children; part != NULL; part = part->next)
            if (is_element(part, "map"))
                draw(sheet, part);
    }
}
