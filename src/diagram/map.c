/* map.c - from an area to its maps: the order once, places and lines for each detail. */
#include "diagram/diagram.h"

#include "diagram/ends.h"
#include "diagram/lanes.h"
#include "diagram/map_graph.h"
#include "diagram/map_place.h"
#include "diagram/sketch.h"
#include "diagram/svg.h"

#include <string.h>

struct diagram_map {
    struct arena *arena;
    struct subject subject;
    const struct picture *fullest; /* nothing that a map shows is missing there */
    const struct sketch *sketch;   /* NULL: not made yet */
};

struct diagram_map *
diagram_map_new(const struct model *model, const struct area *area, size_t most)
{
    struct arena *arena = arena_new();
    struct diagram_map *map = arena_alloc(arena, sizeof *map);
    *map = (struct diagram_map){.arena = arena, .subject = {model, area, most}};
    map->fullest = map_graph(&map->subject, DETAIL_COLUMNS, arena);
    return map;
}

void
diagram_map_free(struct diagram_map *map)
{
    if (map != NULL)
        arena_free(map->arena);
}

bool
diagram_map_shows_parts(const struct diagram_map *map)
{
    return subject_shows_parts(&map->subject);
}

size_t
diagram_map_hidden(const struct diagram_map *map)
{
    return map->fullest->hidden;
}

/* ---- the key ---- */

/* Each text ends with a zero byte; takes the text. */
static void
key_add(GChecksum *checksum, char *text)
{
    if (text != NULL)
        g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text));
    g_checksum_update(checksum, (const guchar *)"", 1);
    g_free(text);
}

static void
key_add_area(GChecksum *checksum, const struct area *area, const struct diagram_site *site)
{
    unsigned hue = area->schema == NULL ? 0 : site->hue(site->data, area->schema);
    key_add(checksum, g_strdup_printf("%u %zu", hue, area->table_count));
    key_add(checksum, g_strdup(area->name));
    key_add(checksum, site->area_href(site->data, area));
}

static void
key_add_box(GChecksum *checksum, const struct box *box, const struct diagram_site *site)
{
    key_add(checksum, g_strdup_printf("box %zu %zu %zu", box->region, box->row_count, box->more));
    if (box->area != NULL) {
        key_add_area(checksum, box->area, site);
    } else {
        key_add(checksum, g_strdup_printf("%u", site->hue(site->data, object_schema(box->object))));
        key_add(checksum, g_strdup(box->object->path));
        key_add(checksum, site->href(site->data, box->object));
    }
    for (size_t i = 0; i < box->row_count; i++) {
        const struct row *row = &box->rows[i];
        key_add(checksum, g_strdup_printf("%zu %u", row->number, row->mark));
        key_add(checksum, g_strdup(row->name));
        key_add(checksum, g_strdup(row->type));
    }
}

static void
key_add_line(GChecksum *checksum, const struct line *line)
{
    key_add(checksum, g_strdup_printf("line %u %zu %u %zu %d %d %zu", line->child.box->number,
                                      line->child.row, line->parent.box->number, line->parent.row,
                                      line->optional, line->unique, line->count));
    for (size_t i = 0; line->foreign_key != NULL && i < line->foreign_key->columns.count; i++)
        key_add(checksum, g_strdup(line->foreign_key->columns.items[i]));
}

static void
key_add_picture(GChecksum *checksum, const struct picture *picture, const struct diagram_site *site)
{
    key_add_area(checksum, picture->area, site);
    for (size_t i = 0; i < picture->region_count; i++)
        key_add_area(checksum, picture->regions[i].area, site);
    for (size_t i = 0; i < picture->box_count; i++)
        key_add_box(checksum, picture->boxes[i], site);
    for (size_t i = 0; i < picture->line_count; i++)
        key_add_line(checksum, &picture->lines[i]);
}

/* Names stand where there is room for keys. */
char *
diagram_map_key(const struct diagram_map *map, enum detail detail, const struct diagram_site *site)
{
    GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
    struct arena *arena = arena_new();
    key_add_picture(checksum, map_graph(&map->subject, DETAIL_KEYS, arena), site);
    arena_free(arena);
    if (detail == DETAIL_COLUMNS)
        key_add_picture(checksum, map->fullest, site);
    char *key = g_strdup(g_checksum_get_string(checksum));
    g_checksum_free(checksum);
    return key;
}

/* ---- the pictures ---- */

/* Who hangs together is seen best where there is one line for two boxes; how much room there is,
 * with keys. */
static const struct sketch *
draw_up(const struct diagram_map *map)
{
    struct sketch *sketch = sketch_new(map_graph(&map->subject, DETAIL_NAMES, map->arena));
    map_decide(map_graph(&map->subject, DETAIL_KEYS, map->arena), sketch);
    return sketch;
}

void
diagram_map_append(struct diagram_map *map, enum detail detail, const struct diagram_site *site,
                   xmlNode *parent)
{
    if (map->sketch == NULL)
        map->sketch = draw_up(map);
    struct arena *arena = arena_new();
    struct picture *picture = map_graph(&map->subject, detail, arena);
    place_map(picture, map->sketch);
    lanes_route(picture);
    if (picture->notation == CROWS_FEET)
        ends_agree(picture);
    svg_append(picture, site, parent);
    arena_free(arena);
}

bool
diagram_map_is_simple(const struct diagram_map *map)
{
    return map->sketch != NULL && map->sketch->simple;
}
