/* picture.h - boxes and lines of a diagram on their way from the catalog to the SVG: graph says
 * what is shown, place where the boxes stand, lanes where the lines run, ends how they end, svg
 * writes it down. Lengths are CSS pixels.
 *
 * The grid: x, y and width of a box are multiples of GRID; the middle of a row, and so every
 * horizontal lane, is GRID / 2 below one: a line leaves its row without a jog. */
#ifndef DBDOC_PICTURE_H
#define DBDOC_PICTURE_H

#include "base/arena.h"
#include "diagram/areas.h"
#include "diagram/diagram.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    GRID = 8,
    HEAD = 32,   /* of a box: schema and name */
    ROW = 24,    /* a column */
    FOOT = 4,    /* below the last row */
    PLAIN = 40,  /* height of a box with nothing but a name */
    MARGIN = 16, /* around everything */
    STUB = 24,   /* beside a box, where a line shows its end: no other line comes there */
    STUB_ARROW = 16,
};

enum mark { MARK_NONE, MARK_PRIMARY_KEY, MARK_FOREIGN_KEY };

struct row {
    const char *name; /* the column's, or the table's in FORM_AREA */
    const char *type; /* as the catalog says; NULL: not known */
    size_t number;    /* of the column in its table, from 0 */
    enum mark mark;
    enum drawn_as drawn;
    const char *label; /* what fits, see place.h */
    const char *type_label;
};

/* Where a box stands in a neighbourhood, or that it is no part of one. */
enum standing { STANDS_LEFT, STANDS_MIDDLE, STANDS_RIGHT, STANDS_IN_MAP };

/* What a box looks like. */
enum form {
    FORM_ROWS,  /* a head, and a row for each column */
    FORM_PLAIN, /* a name; lines come in above and go out below its middle */
    FORM_AREA,  /* as FORM_PLAIN, and a row for some of the tables */
};

struct box {
    const struct object *object; /* NULL: stands for an area, or for what is not shown */
    const struct table *table;   /* the same when it is one that shows its own columns */
    const struct area *area;
    const char *rest_href; /* of what is not shown */
    size_t region;         /* around it, in a map; region_count: none */
    enum standing standing;
    enum form form;
    enum drawn_as drawn;
    unsigned number; /* of the table: two boxes of one table share it */
    size_t row_count;
    struct row *rows;         /* in the table's order */
    size_t more;              /* columns that are not shown; without a table: tables or areas */
    int ports;                /* of all boxes before this one */
    const char *schema_label; /* NULL: not shown */
    const char *name_label;
    const char *note; /* at the other end of the head; NULL for none */
    int x, y, width, height;
};

enum {
    REGION_HEAD = 40,   /* above the boxes of an area: its name */
    REGION_INDENT = 16, /* of the name, and around the boxes */
    REGION_CELL = 9,    /* no letter of the name is wider */
};

/* An area of a map, drawn around its boxes. */
struct region {
    const struct area *area;
    const char *label; /* what fits */
    int x, y, width, height;
};

/* Of a box; also the direction in which a line leaves there. */
enum side { SIDE_LEFT = -1, SIDE_RIGHT = 1 };

/* How many rows there belong to one row at the other end: a lower and an upper bound. Lines that
 * share a port keep the bounds on which they agree. */
enum cardinality {
    AT_LEAST_NONE = 1 << 0,
    AT_LEAST_ONE = 1 << 1,
    AT_MOST_ONE = 1 << 2,
    AT_MOST_MANY = 1 << 3,
};

enum plain_row { PLAIN_ROW_PARENT, PLAIN_ROW_CHILD, PLAIN_ROWS };

/* Where a line meets a box. */
struct end {
    struct box *box;
    size_t row; /* the row behind the last is that of "more"; but for FORM_ROWS an enum plain_row */
    enum side side;
    unsigned cardinality; /* of enum cardinality */
};

struct point {
    int x, y;
};

/* A foreign key: rows of the child's table point to rows of the parent's. */
struct line {
    const struct constraint *foreign_key; /* NULL: the line stands for all of these two boxes */
    bool optional;                        /* a child row may have no parent row */
    bool unique;                          /* a parent row has one child row at most */
    size_t count;                         /* foreign keys that it stands for */
    enum drawn_as drawn;
    struct end child;
    struct end parent;
    int lane; /* x at which it best runs up or down; 0: anywhere */
    size_t point_count;
    struct point *points; /* corners, from the child's box to the parent's */
};

/* How lines end. */
enum notation {
    CROWS_FEET,
    ARROWS, /* to the parent */
};

struct picture {
    struct arena *arena;
    const struct table *focus; /* of a neighbourhood of tables */
    const struct area *area;   /* of a map */
    const char *title;
    const char *id; /* unique on the page */
    enum notation notation;
    size_t region_count;
    struct region *regions;
    size_t box_count;
    struct box **boxes; /* in reading order */
    size_t line_count;
    struct line *lines;
    size_t hidden; /* foreign keys between shown boxes that have no line */
    int width, height;
};

int end_x(const struct end *end);
int end_y(const struct end *end);

/* Equal for ends at the same side of the same row, and for no others. */
int end_port(const struct end *end);

/* How far from a box its lines show their ends. */
int picture_stub(const struct picture *picture);

/* Tells the boxes how many ports come before theirs; rows must be known. */
void picture_number_ports(struct picture *picture);

#endif
