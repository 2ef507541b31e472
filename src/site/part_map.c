/* part_map.c - maps of areas. A view holds only the key of a map; the picture is put in when the
 * page is really made, because a layout costs far more than the rest of a page. */
#include "site/parts.h"

#include "diagram/diagram.h"
#include "site/skin.h"

#include <stdlib.h>
#include <string.h>

#define SVG_END "</svg>"

/* As the theme calls them: "lvl-names" … */
static const char *const detail_words[DETAILS] = {"names", "keys", "all"};

static char *
object_href(void *data, const struct object *object)
{
    const struct sheet *sheet = data;
    return plan_href(sheet->site->plan, sheet->page, object);
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
    if (area->parent == NULL)
        return g_strconcat("Map of the schema: ", area->name, NULL);
    g_autofree char *above = part_area_title(area->parent);
    return g_strconcat(above, area->parent->origin == AREA_DATABASE ? ": " : " / ", area->name,
                       NULL);
}

struct diagram_site
part_diagram_site(struct sheet *sheet)
{
    return (struct diagram_site){object_href, area_href, schema_hue, sheet};
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
    enum detail most = form == MAP_WHOLE ? DETAIL_COLUMNS : DETAIL_NAMES;
    g_autofree char *key = diagram_map_key(map, most, &site);
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

void
part_map_preview(struct sheet *sheet, const struct area *area)
{
    if (area->table_count < 2)
        return;
    xmlNode *section = sheet_section(sheet, "map", "Map", -1);
    xmlNode *more = tree_text_element(section, "more", "Larger, with columns");
    g_autofree char *href = plan_href_area(sheet->site->plan, sheet->page, area);
    tree_attribute(more, "href", href);
    part_map(sheet, section, area, MAP_NAMES);
}

/* A <map> that gets its pictures. */
struct drawing {
    struct sheet *sheet;
    const struct area *area;
    const GString *published;
    const char *key;         /* of the map */
    struct diagram_map *map; /* NULL: no picture had to be drawn yet */
};

/* "9f86…-keys": equal for pictures that are drawn in the same way, by the same program. */
static char *
picture_mark(const struct drawing *drawing, int detail)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)drawing->sheet->site->skin->key, -1);
    g_checksum_update(sum, (const guchar *)drawing->key, -1);
    char *mark = g_strdup_printf("%.32s-%s", g_checksum_get_string(sum), detail_words[detail]);
    g_checksum_free(sum);
    return mark;
}

/* The published picture with this mark; NULL when there is none. There is no <svg> in it. */
static xmlNode *
take_published(const GString *published, const char *mark, xmlNode *level)
{
    g_autofree char *sign = g_strdup_printf(" data-map=\"%s\"", mark);
    const char *place = published == NULL ? NULL : strstr(published->str, sign);
    const char *start = place == NULL
                            ? NULL
                            : g_strrstr_len(published->str, place - published->str, "<svg");
    const char *end = start == NULL ? NULL : strstr(place, SVG_END);
    if (end == NULL)
        return NULL;
    return tree_parse(level, start, (size_t)(end + strlen(SVG_END) - start));
}

static xmlNode *
draw_anew(struct drawing *drawing, enum detail detail, const char *mark, xmlNode *level)
{
    const struct diagram_site site = part_diagram_site(drawing->sheet);
    if (drawing->map == NULL)
        drawing->map = diagram_map_new(drawing->sheet->site->model, drawing->area,
                                       AREA_TABLES_MOST);
    diagram_map_append(drawing->map, detail, &site, level);
    xmlNode *picture = level->last;
    tree_attribute(picture, "data-map", mark);
    tree_flag(picture, "data-simple", diagram_map_is_simple(drawing->map));
    return picture;
}

static void
draw(struct sheet *sheet, xmlNode *node, const GString *published)
{
    g_autofree char *number = (char *)xmlGetNoNsProp(node, BAD_CAST "area");
    g_autofree char *key = (char *)xmlGetNoNsProp(node, BAD_CAST "key");
    bool levels = xmlHasProp(node, BAD_CAST "levels") != NULL;
    bool simple = false;
    struct drawing drawing = {.sheet = sheet, .published = published, .key = key};
    drawing.area = sheet->site->plan->areas->items[strtoul(number, NULL, 10)];
    for (int detail = 0; detail < (levels ? DETAILS : 1); detail++) {
        g_autofree char *mark = picture_mark(&drawing, detail);
        xmlNode *level = tree_element(node, "level");
        tree_attribute(level, "detail", detail_words[detail]);
        xmlNode *picture = take_published(published, mark, level);
        if (picture == NULL)
            picture = draw_anew(&drawing, (enum detail)detail, mark, level);
        simple = simple || xmlHasProp(picture, BAD_CAST "data-simple") != NULL;
    }
    tree_flag(node, "simple", simple);
    diagram_map_free(drawing.map);
}

static void
collect_maps(GPtrArray *maps, xmlNode *node)
{
    for (; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE && g_str_equal(node->name, "map"))
            g_ptr_array_add(maps, node);
}

/* Maps stand on their own, or in a section. */
static GPtrArray *
maps_of(const xmlNode *view)
{
    GPtrArray *maps = g_ptr_array_new();
    collect_maps(maps, view->children);
    for (const xmlNode *node = view->children; node != NULL; node = node->next)
        if (node->type == XML_ELEMENT_NODE && g_str_equal(node->name, "section"))
            collect_maps(maps, node->children);
    return maps;
}

bool
part_has_maps(const xmlNode *view)
{
    g_autoptr(GPtrArray) maps = maps_of(view);
    return maps->len > 0;
}

void
part_draw_maps(struct sheet *sheet, const GString *published)
{
    g_autoptr(GPtrArray) maps = maps_of(sheet->root);
    for (guint i = 0; i < maps->len; i++)
        draw(sheet, maps->pdata[i], published);
}
