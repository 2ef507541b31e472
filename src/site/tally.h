/* tally.h - how much there is and how much of it is explained; for the overview and the index list.
 */
#ifndef DBDOC_SITE_TALLY_H
#define DBDOC_SITE_TALLY_H

#include "model/size.h"
#include "site/links.h"
#include "site/sheet.h"

struct tally {
    size_t tables; /* partitions are not counted anywhere */
    size_t described_tables;
    size_t columns;
    size_t described_columns;
    size_t views;
    size_t functions;
    size_t foreign_keys;
    size_t supported_foreign_keys; /* an index finds their rows */
    size_t indexes;
    size_t needing_reason;
    size_t reasons;
    int64_t index_bytes; /* NUMBER_UNKNOWN: not observed */
    int64_t bytes;       /* tables with indexes */
};

/* Of one schema, or of all for NULL. */
struct tally tally_schema(const struct sheet *sheet, const char *schema);

/* Tiles with "28 of 31" and a bar. */
xmlNode *tally_tile(xmlNode *tiles, const char *title, size_t part, size_t whole, const char *text);
void tally_foreign_key_tile(const struct sheet *sheet, xmlNode *tiles, const struct tally *tally);

#endif
