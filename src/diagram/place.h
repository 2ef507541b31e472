/* place.h - where boxes stand and how large they are. Pure; the lines run later. */
#ifndef DBDOC_PLACE_H
#define DBDOC_PLACE_H

#include "diagram/picture.h"

/* Three columns: boxes in the order of the rows that lines lead to, the outer columns shifted so
 * that their middle lines run straight, the gaps as wide as the lines between need. Also cuts long
 * names: the more, the wider the picture would be. */
void place_neighbourhood(struct picture *picture);

#endif
