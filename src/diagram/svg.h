/* svg.h - a finished picture as an <svg> tree: classes and places, no colour, no style. */
#ifndef DBDOC_SVG_H
#define DBDOC_SVG_H

#include "diagram/diagram.h"
#include "diagram/picture.h"

void svg_append(const struct picture *picture, const struct diagram_site *site, xmlNode *parent);

#endif
