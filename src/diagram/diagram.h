/* diagram.h - the picture of a table and its neighbours, as an <svg> tree with classes only: the
 * theme gives it colours. Places are multiples of 8; same model, same bytes.
 *
 * Left: what a row here needs; middle: the table with its keys; right: what needs a row here. A
 * table that is both has a box on both sides: the sentence stays true, and no line runs around the
 * middle. A foreign key is one line, also when it has several columns. Its ends are crow's feet;
 * where lines with different ends share a row, the end shows what they agree on.
 *
 * Partitions count for their root. A foreign key that leads out of the catalog is left out.
 *
 * For scripts: .er-t[data-t] is a table, .er-row[data-c] its column, .er-e a line from data-a to
 * data-b with the child's columns in data-ac, apart by spaces. All are numbers, not names: hostile
 * names cannot break a selector. */
#ifndef DBDOC_DIAGRAM_H
#define DBDOC_DIAGRAM_H

#include "model/model.h"

#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

struct area;

/* What became of something, in a picture of changes. */
enum drawn_as { DRAWN_SAME, DRAWN_ADDED, DRAWN_REMOVED, DRAWN_CHANGED };

/* How much a map says about each table, or area. */
enum detail {
    DETAIL_NAMES,   /* one arrow between two tables */
    DETAIL_KEYS,    /* columns of keys; of an area, its main tables */
    DETAIL_COLUMNS, /* all columns, as far as there is room for them; of an area, its tables */
    DETAILS,
};

/* What the site knows about pages. */
struct diagram_site {
    /* From the page that shows the picture, as new memory; NULL: the object has no page. */
    char *(*href)(void *data, const struct object *object);
    char *(*area_href)(void *data, const struct area *area); /* likewise; NULL without maps */
    unsigned (*hue)(void *data, const char *schema);         /* 1 … 6 */
    void *data;
};

/* Appends the <svg>; false (and nothing appended) when no foreign key touches the table. Above
 * NEIGHBOURS_SHOWN tables on a side the rest is one box that says how many more there are, and
 * leads to #columns (left) or #referenced-by (right). The elements have no namespace: in HTML the
 * parser gives them SVG's. */
enum { NEIGHBOURS_SHOWN = 12 };
bool diagram_neighbourhood(const struct model *model, const struct table *table,
                           const struct diagram_site *site, xmlNode *parent);

/* What an object reads, with the columns (left), and what uses it (right); arrows point to what is
 * used. Only what PostgreSQL proves is drawn. Appends the <svg>; false (and nothing appended) when
 * there is neither. Above NEIGHBOURS_SHOWN boxes on a side the rest is one that leads to #reads or
 * #used-by. */
bool diagram_lineage(const struct model *model, const struct object *object,
                     const struct diagram_site *site, xmlNode *parent);

/* The maps of an area (areas.h), one for each detail. When the area has more than `most` tables
 * (at most AREA_TABLES_MOST) and has parts, they show the parts as boxes; else its tables, with the
 * parts around them. Nothing is laid out before the first map is appended. */
struct diagram_map;
struct diagram_map *diagram_map_new(const struct model *model, const struct area *area,
                                    size_t most);
void diagram_map_free(struct diagram_map *map);

bool diagram_map_shows_parts(const struct diagram_map *map);

/* Foreign keys between the parts that have no line, so that something can be seen. */
size_t diagram_map_hidden(const struct diagram_map *map);

/* Equal for maps that are drawn alike up to this detail, as far as tables and areas decide it. Free
 * with g_free. */
char *diagram_map_key(const struct diagram_map *map, enum detail detail,
                      const struct diagram_site *site);

/* Appends the <svg>. */
void diagram_map_append(struct diagram_map *map, enum detail detail,
                        const struct diagram_site *site, xmlNode *parent);

/* Whether, in what was appended, the order of the boxes is a simple one, because a better one would
 * have taken too long. */
bool diagram_map_is_simple(const struct diagram_map *map);

/* A picture of what changes. */
struct diagram_row {
    const char *name;
    const char *type; /* NULL: none is shown */
    enum drawn_as drawn;
};
struct diagram_table {
    const struct table *table; /* of the model; REMOVED: of the one before */
    enum drawn_as drawn;
    size_t row_count;
    const struct diagram_row *rows; /* those that change; of ADDED, all columns are shown */
};

/* Appends the <svg> of these tables and of what new ones point to; false (and nothing appended)
 * when there are none, or too many for one picture. */
bool diagram_changes(const struct model *model, const struct diagram_table *tables, size_t count,
                     const struct diagram_site *site, xmlNode *parent);

/* A foreign key as the picture understands it, for those who say the same in words. */
struct diagram_edge {
    const struct constraint *foreign_key;
    const struct table *child;  /* the root when the foreign key is a partition's */
    const struct table *parent; /* likewise */
    bool optional;              /* a child row may have no parent row */
    bool unique;                /* a parent row has one child row at most */
};

/* All foreign keys that touch the table, each once, also those that the picture has no room for:
 * what the table needs in the order of its columns, then its references to itself, then what needs
 * it, its own schema first. Items are struct diagram_edge; free with g_array_unref. */
GArray *diagram_edges(const struct model *model, const struct table *table);

#endif
