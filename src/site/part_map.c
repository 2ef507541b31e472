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

struct diagram_site
part_diagram_site(struct sheet *sheet)
{
    return (struct diagram_site){table_href, area_href, schema_hue, sheet};
}

xmlNode *
part_map(struct sheet *sheet, xmlNode *section, const struct area *area, enum map_form form)
{
    const struct areas *areas = sheet->site->plan->areas;
    struct diagram_site site = part_diagram_site(sheet);
    struct diagram_map *map = diagram_map_new(sheet->site->model, area, AREA_TABLES_MOST);
    size_t number = 0;
    while (areas->items[number] != area)
        number++;
    g_autofree char *key = diagram_map_key(map, &site);
    xmlNode *node = tree_element(section, "map");
    tree_number(node, "area", (int64_t)number);
    tree_attribute(node, "key", key);
    tree_flag(node, "levels", form == MAP_WHOLE);
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

void
part_draw_maps(struct sheet *sheet)
{
    for (xmlNode *section = sheet->root->children; section != NULL; section = section->next)
        for (xmlNode *node = section->children; node != NULL; node = node->next)
            if (node->type == XML_ELEMENT_NODE && g_str_equal(section->name, "section") &&
                g_str_equal(node->name, "map"))
                draw(sheet, node);
}
