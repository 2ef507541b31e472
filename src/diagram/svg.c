/* svg.c - writes a finished picture down. Decides nothing. */
#include "diagram/svg.h"

#include "catalog/shown.h"
#include "markup/tree.h"

#include <stdlib.h>

enum {
    RADIUS = 8,
    REGION_RADIUS = 12,
    REGION_BASELINE = 24,
    WIDE = 720,  /* from here on the theme lets the picture scroll rather than shrink */
    INDENT = 12, /* of names and types */
    ROW_INDENT = 26,
    GLYPH = 14, /* before a name */
    ICON_INDENT = 9,
    ICON = 12,
    BASELINE = 4, /* below the middle of a row */
};

/* A colour never stands alone. */
static const struct {
    const char *box;
    const char *row;
    const char *line;
    const char *glyph;
} drawn_words[] = {
    [DRAWN_SAME] = {"er-t", "er-row", "er-e", NULL},
    [DRAWN_ADDED] = {"er-t er-add", "er-row er-r-add", "er-e er-add", "+"},
    [DRAWN_REMOVED] = {"er-t er-del", "er-row er-r-del", "er-e er-del", "−"},
    [DRAWN_CHANGED] = {"er-t er-chg", "er-row er-r-chg", "er-e", "~"},
};

/* Half pixels without a locale's comma. */
static void
append_half(GString *path, int halves)
{
    g_string_append_printf(path, "%d%s", halves / 2, halves % 2 == 0 ? "" : ".5");
}

/* A point `ahead` half pixels before the box and `below` half pixels under the end of a line. */
static void
append_near(GString *path, const char *command, const struct end *end, int ahead, int below)
{
    g_string_append(path, command);
    append_half(path, 2 * end_x(end) + (int)end->side * ahead);
    g_string_append_c(path, ' ');
    append_half(path, 2 * end_y(end) + below);
}

/* The point on the way from one corner to another, `distance` after it. */
static struct point
towards(struct point from, struct point to, int distance)
{
    int x = to.x - from.x;
    int y = to.y - from.y;
    return (struct point){from.x + (x > 0) * distance - (x < 0) * distance,
                          from.y + (y > 0) * distance - (y < 0) * distance};
}

static int
length(struct point from, struct point to)
{
    return abs(to.x - from.x) + abs(to.y - from.y);
}

static void
append_corner(GString *path, struct point before, struct point corner, struct point after)
{
    int radius = MIN(RADIUS, MIN(length(before, corner), length(corner, after)) / 2);
    struct point in = towards(corner, before, radius);
    struct point out = towards(corner, after, radius);
    g_string_append_printf(path, "L%d %dQ%d %d %d %d", in.x, in.y, corner.x, corner.y, out.x,
                           out.y);
}

static void
append_course(xmlNode *group, const struct line *line)
{
    g_autoptr(GString) path = g_string_new(NULL);
    const struct point *points = line->points;
    size_t last = line->point_count - 1;
    g_string_append_printf(path, "M%d %d", points[0].x, points[0].y);
    for (size_t i = 1; i < last; i++)
        append_corner(path, points[i - 1], points[i], points[i + 1]);
    g_string_append_printf(path, "L%d %d", points[last].x, points[last].y);
    tree_attribute(tree_element(group, "path"), "d", path->str);
}

/* Strokes of an end: a crow's foot for many, a bar for one, another for at least one. */
static void
append_strokes(GString *path, const struct end *end)
{
    if (end->cardinality & AT_MOST_MANY) {
        append_near(path, "M", end, 0, -12);
        append_near(path, "L", end, 24, 0);
        append_near(path, "L", end, 0, 12);
    }
    if (end->cardinality & AT_MOST_ONE) {
        append_near(path, "M", end, 14, -10);
        g_string_append(path, "v10");
    }
    if (end->cardinality & AT_LEAST_ONE) {
        append_near(path, "M", end, 22, -10);
        g_string_append(path, "v10");
    }
}

static void
append_circle(xmlNode *group, const struct end *end)
{
    if (!(end->cardinality & AT_LEAST_NONE))
        return;
    xmlNode *circle = tree_element(group, "circle");
    g_autoptr(GString) x = g_string_new(NULL);
    append_half(x, 2 * end_x(end) + (int)end->side * (end->cardinality & AT_MOST_ONE ? 29 : 31));
    tree_attribute(circle, "class", "er-o");
    tree_attribute(circle, "cx", x->str);
    tree_number(circle, "cy", end_y(end));
    tree_attribute(circle, "r", "3.5");
}

/* Numbers of all columns of the foreign key. */
static void
append_child_columns(xmlNode *group, const struct line *line)
{
    g_autoptr(GString) numbers = g_string_new(NULL);
    const struct names *columns = &line->foreign_key->columns;
    const struct box *box = line->child.box;
    for (size_t i = 0; i < columns->count; i++)
        for (size_t row = 0; row < box->row_count; row++)
            if (g_str_equal(box->rows[row].name, columns->items[i]))
                g_string_append_printf(numbers, "%s%zu", numbers->len == 0 ? "" : " ",
                                       box->rows[row].number);
    tree_attribute(group, "data-ac", numbers->str);
}

static void
append_arrow(xmlNode *group, const struct end *end)
{
    g_autoptr(GString) strokes = g_string_new(NULL);
    append_near(strokes, "M", end, 12, -8);
    append_near(strokes, "L", end, 2, 0);
    append_near(strokes, "L", end, 12, 8);
    tree_attribute(tree_element(group, "path"), "d", strokes->str);
}

static void
append_feet(xmlNode *group, const struct line *line)
{
    g_autoptr(GString) strokes = g_string_new(NULL);
    append_strokes(strokes, &line->child);
    append_strokes(strokes, &line->parent);
    if (strokes->len > 0)
        tree_attribute(tree_element(group, "path"), "d", strokes->str);
    append_circle(group, &line->child);
    append_circle(group, &line->parent);
}

static void
append_line(xmlNode *edges, const struct line *line, enum notation notation)
{
    xmlNode *group = tree_element(edges, "g");
    tree_attribute(group, "class", drawn_words[line->drawn].line);
    tree_number(group, "data-a", line->child.box->number);
    tree_number(group, "data-b", line->parent.box->number);
    if (line->foreign_key != NULL)
        append_child_columns(group, line);
    append_course(group, line);
    if (notation == ARROWS)
        append_arrow(group, &line->parent);
    else
        append_feet(group, line);
}

static xmlNode *
append_rectangle(xmlNode *group, const struct box *box, const char *class)
{
    xmlNode *rectangle = tree_element(group, "rect");
    tree_attribute(rectangle, "class", class);
    tree_number(rectangle, "x", box->x);
    tree_number(rectangle, "y", box->y);
    tree_number(rectangle, "width", box->width);
    tree_number(rectangle, "height", box->height);
    tree_number(rectangle, "rx", RADIUS);
    return rectangle;
}

static xmlNode *
append_text(xmlNode *group, const char *class, int x, int y)
{
    xmlNode *text = tree_element(group, "text");
    tree_attribute(text, "class", class);
    tree_number(text, "x", x);
    tree_number(text, "y", y);
    return text;
}

static const struct {
    const char *class;
    const char *path;
} icons[] = {
    [MARK_PRIMARY_KEY] = {"er-key", "M6.6 6H12M10 6v2.6"},
    [MARK_FOREIGN_KEY] = {"er-fk", "M2 9.5 9 2.8M4.6 2.6H9.2V7.2"},
};

static void
append_icon(xmlNode *group, enum mark mark, int x, int y)
{
    if (mark == MARK_NONE)
        return;
    xmlNode *icon = tree_element(group, "g");
    tree_attribute(icon, "class", icons[mark].class);
    tree_format(icon, "transform", "translate(%d %d)", x, y);
    if (mark == MARK_PRIMARY_KEY) {
        xmlNode *ring = tree_element(icon, "circle");
        tree_attribute(ring, "cx", "4");
        tree_attribute(ring, "cy", "6");
        tree_attribute(ring, "r", "2.6");
    }
    tree_attribute(tree_element(icon, "path"), "d", icons[mark].path);
}

/* A tint over the whole row, and the glyph where keys have their icon. */
static void
append_row_sign(xmlNode *group, const struct box *box, enum drawn_as drawn, int middle)
{
    xmlNode *tint = tree_element(group, "rect");
    tree_attribute(tint, "class", "er-rbg");
    tree_number(tint, "x", box->x + 1);
    tree_number(tint, "y", middle - ROW / 2 + 1);
    tree_number(tint, "width", box->width - 2);
    tree_number(tint, "height", ROW - 1);
    tree_text(append_text(group, "er-gl", box->x + ICON_INDENT + 1, middle + BASELINE),
              drawn_words[drawn].glyph);
}

static void
append_row(xmlNode *parent, const struct box *box, size_t number)
{
    const struct row *row = &box->rows[number];
    int middle = box->y + HEAD + (int)number * ROW + ROW / 2;
    xmlNode *group = tree_element(parent, "g");
    tree_attribute(group, "class", drawn_words[row->drawn].row);
    tree_number(group, "data-c", (int64_t)row->number);
    tree_attribute(group, "aria-hidden", "true");
    g_autofree char *name = shown_name(row->name);
    if (!g_str_equal(row->label, name))
        tree_text_element(group, "title", name);
    if (row->drawn == DRAWN_SAME)
        append_icon(group, row->mark, box->x + ICON_INDENT, middle - ICON / 2);
    else
        append_row_sign(group, box, row->drawn, middle);
    const char *class = row->mark == MARK_PRIMARY_KEY ? "er-col er-strong" : "er-col";
    int indent = box->area != NULL ? INDENT : ROW_INDENT;
    tree_text(append_text(group, class, box->x + indent, middle + BASELINE), row->label);
    if (row->type_label == NULL)
        return;
    xmlNode *type = append_text(group, "er-type", box->x + box->width - INDENT, middle + BASELINE);
    tree_attribute(type, "text-anchor", "end");
    tree_text(type, row->type_label);
}

/* The name of the box in its middle, or in the middle of its head. */
static void
append_name(xmlNode *group, const struct box *box)
{
    int middle = box->height == PLAIN ? PLAIN / 2 : HEAD / 2;
    int indent = INDENT;
    if (box->drawn != DRAWN_SAME) {
        tree_text(append_text(group, "er-gl", box->x + INDENT, box->y + middle + BASELINE),
                  drawn_words[box->drawn].glyph);
        indent += GLYPH;
    }
    xmlNode *name = append_text(group, "er-name", box->x + indent, box->y + middle + BASELINE);
    if (box->schema_label != NULL) {
        g_autofree char *prefix = g_strconcat(box->schema_label, ".", NULL);
        tree_attribute(tree_text_element(name, "tspan", prefix), "class", "er-pre");
    }
    tree_text(name, box->name_label);
    if (box->note == NULL)
        return;
    xmlNode *note = append_text(group, "er-type", box->x + box->width - INDENT,
                                box->y + middle + BASELINE);
    tree_attribute(note, "text-anchor", "end");
    tree_text(note, box->note);
}

static void
append_head(xmlNode *group, const struct box *box)
{
    xmlNode *head = tree_element(group, "path");
    tree_attribute(head, "class", "er-head");
    tree_format(head, "d", "M%d %dv-%dq0-8 8-8h%dq8 0 8 8v%dz", box->x, box->y + HEAD,
                HEAD - RADIUS, box->width - 2 * RADIUS, HEAD - RADIUS);
    append_name(group, box);
}

static void
append_more(xmlNode *group, const struct box *box)
{
    if (box->more == 0)
        return;
    int middle = box->y + HEAD + (int)box->row_count * ROW + ROW / 2;
    int indent = box->area != NULL ? INDENT : ROW_INDENT;
    xmlNode *text = append_text(group, "er-more", box->x + indent, middle + BASELINE);
    tree_attribute(text, "aria-hidden", "true");
    g_autofree char *words = g_strdup_printf("+ %zu more %s%s", box->more,
                                             box->area != NULL ? "table" : "column",
                                             box->more == 1 ? "" : "s");
    tree_text(text, words);
}

/* As a title, when a part of it was cut. */
static void
append_whole_name(xmlNode *group, const struct box *box)
{
    g_autofree char *schema = box->schema_label != NULL ? shown_name(object_schema(box->object))
                                                        : NULL;
    g_autofree char *name = box->area != NULL ? g_strdup(box->area->name)
                                              : shown_name(object_name(box->object));
    if (g_str_equal(box->name_label, name) &&
        (schema == NULL || g_str_equal(box->schema_label, schema)))
        return;
    xmlNode *title = tree_element(group, "title");
    if (schema != NULL) {
        tree_text(title, schema);
        tree_text(title, ".");
    }
    tree_text(title, name);
}

/* In the hue of the schema; of several schemas, in none. */
static void
append_class(xmlNode *group, const char *class, const char *schema, const struct diagram_site *site)
{
    tree_format(group, "class", "%s hue-%u", class,
                schema == NULL ? 0 : site->hue(site->data, schema));
}

/* The group itself when there is nowhere to lead to. */
static xmlNode *
append_link(xmlNode *group, char *href)
{
    xmlNode *link = group;
    if (href != NULL) {
        link = tree_element(group, "a");
        tree_attribute(link, "href", href);
    }
    g_free(href);
    return link;
}

/* A table, or an area that stands for its tables. */
static void
append_box(xmlNode *svg, const struct box *box, const struct diagram_site *site)
{
    bool is_focus = box->standing == STANDS_MIDDLE;
    const char *class = box->area != NULL ? "er-t er-part"
                        : is_focus        ? "er-t er-focus"
                                          : drawn_words[box->drawn].box;
    xmlNode *group = tree_element(svg, "g");
    append_class(group, class, box->area != NULL ? box->area->schema : object_schema(box->object),
                 site);
    tree_number(group, "data-t", box->number);
    xmlNode *link = append_link(group, box->area != NULL ? site->area_href(site->data, box->area)
                                                         : site->href(site->data, box->object));
    if (link != group)
        tree_attribute(link, "aria-current", is_focus ? "page" : NULL);
    append_whole_name(link, box);
    append_rectangle(link, box, "er-bg");
    if (box->height == PLAIN)
        append_name(link, box);
    else
        append_head(link, box);
    for (size_t i = 0; i < box->row_count; i++)
        append_row(link, box, i);
    append_more(link, box);
    append_rectangle(link, box, "er-box");
}

/* The box for all tables that have none. */
static void
append_rest(xmlNode *svg, const struct box *box)
{
    xmlNode *group = tree_element(svg, "g");
    tree_attribute(group, "class", "er-t er-rest");
    xmlNode *link = tree_element(group, "a");
    tree_attribute(link, "href", box->rest_href);
    append_rectangle(link, box, "er-bg");
    xmlNode *text = append_text(link, "er-more", box->x + INDENT,
                                box->y + box->height / 2 + BASELINE);
    g_autofree char *words = g_strdup_printf("+ %zu more table%s", box->more,
                                             box->more == 1 ? "" : "s");
    tree_text(text, words);
    append_rectangle(link, box, "er-box");
}

static void
append_region(xmlNode *svg, const struct region *region, const struct diagram_site *site)
{
    xmlNode *group = tree_element(svg, "g");
    append_class(group, "er-area", region->area->schema, site);
    xmlNode *rectangle = tree_element(group, "rect");
    tree_number(rectangle, "x", region->x);
    tree_number(rectangle, "y", region->y);
    tree_number(rectangle, "width", region->width);
    tree_number(rectangle, "height", region->height);
    tree_number(rectangle, "rx", REGION_RADIUS);
    xmlNode *link = append_link(group, site->area_href(site->data, region->area));
    if (!g_str_equal(region->label, region->area->name))
        tree_text_element(link, "title", region->area->name);
    xmlNode *name = tree_text_element(link, "text", region->label);
    tree_number(name, "x", region->x + REGION_INDENT);
    tree_number(name, "y", region->y + REGION_BASELINE);
}

void
svg_append(const struct picture *picture, const struct diagram_site *site, xmlNode *parent)
{
    xmlNode *svg = tree_element(parent, "svg");
    tree_attribute(svg, "class", picture->width > WIDE ? "er er-wide" : "er");
    tree_format(svg, "viewBox", "0 0 %d %d", picture->width, picture->height);
    tree_number(svg, "width", picture->width);
    tree_number(svg, "height", picture->height);
    tree_attribute(svg, "role", "group");
    tree_format(svg, "aria-labelledby", "diagram-%s", picture->id);
    xmlNode *title = tree_text_element(svg, "title", picture->title);
    tree_format(title, "id", "diagram-%s", picture->id);
    for (size_t i = 0; i < picture->region_count; i++)
        append_region(svg, &picture->regions[i], site);
    xmlNode *edges = tree_element(svg, "g");
    tree_attribute(edges, "class", "er-edges");
    for (size_t i = 0; i < picture->line_count; i++)
        append_line(edges, &picture->lines[i], picture->notation);
    for (size_t i = 0; i < picture->box_count; i++) {
        if (picture->boxes[i]->object == NULL && picture->boxes[i]->area == NULL)
            append_rest(svg, picture->boxes[i]);
        else
            append_box(svg, picture->boxes[i], site);
    }
}
