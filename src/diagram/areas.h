/* areas.h - the tables of a database as trees of areas: whatever the size of the database, each
 * area has few enough parts for one picture.
 *
 * The areas are the groups of dbdoc.yml (tables in none of them make one more), else the schemas.
 * What is too large, or stands in one schema alone, is divided along its foreign keys. Partitions
 * count for their root. Where groups divide the database, each schema is the top of a tree of its
 * own. */
#ifndef DBDOC_AREAS_H
#define DBDOC_AREAS_H

#include "model/model.h"

#include <stddef.h>

enum {
    AREA_TABLES_MOST = 80, /* an area with more tables shows its parts instead */
    AREA_PARTS_MOST = 80,  /* parts of one area */
};

enum area_origin {
    AREA_DATABASE,
    AREA_VIEWPOINT, /* of dbdoc.yml; stands at the top as the database does */
    AREA_GROUP,     /* of dbdoc.yml */
    AREA_OTHERS,    /* tables in no group */
    AREA_SCHEMA,    /* a whole schema: `object` */
    AREA_EXTRACT,   /* what a viewpoint has of the schema `object` */
    AREA_AROUND,    /* a table, `object`, and what hangs together with it */
    AREA_SPAN,      /* things that hang together with nothing, `object` the first of them */
};

struct area {
    enum area_origin origin;
    const char *name;                         /* for people: "billing", "Around posts" */
    const struct object *object;              /* NULL where the catalog does not know the schema */
    const struct config_viewpoint *viewpoint; /* of AREA_VIEWPOINT */
    const char *schema;                       /* of all its tables; NULL: of several */
    unsigned depth;            /* 0: its parts, if any, are not divided any further */
    const struct area *parent; /* NULL: a top */
    size_t table_count;
    const struct table *const *tables; /* all of them, in the catalog's order */
    size_t part_count;                 /* 0: a leaf */
    struct area *const *parts;
};

struct areas {
    struct arena *arena;
    const struct area *database;
    size_t viewpoint_count;
    const struct area *const *viewpoints; /* in the order of dbdoc.yml */
    size_t count;
    const struct area *const *items; /* all areas, each before its parts */
};

struct areas *areas_new(const struct model *model);
void areas_free(struct areas *areas);

#endif
