/* ends.h - how many rows belong together, at both ends of every line. Pure. */
#ifndef DBDOC_ENDS_H
#define DBDOC_ENDS_H

#include "diagram/picture.h"

/* Fills in the cardinality of all ends; their sides must be known. */
void ends_agree(struct picture *picture);

#endif
