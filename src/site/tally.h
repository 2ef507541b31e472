/* tally.h - how much there is and how much of it is explained, for the overview and the index list.
 */
#ifndef DBDOC_SITE_TALLY_H
#define DBDOC_SITE_TALLY_H

#include "model/tally.h"
#include "site/links.h"
#include "site/sheet.h"

/* Tiles with "28 of 31" and a bar. */
xmlNode *tally_tile(xmlNode *tiles, const char *title, size_t part, size_t whole, const char *text);
void tally_foreign_key_tile(const struct sheet *sheet, xmlNode *tiles, const struct tally *tally);

#endif
