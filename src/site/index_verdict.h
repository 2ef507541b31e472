/* index_verdict.h - what the catalog proves about an index, in sentences. */
#ifndef DBDOC_SITE_INDEX_VERDICT_H
#define DBDOC_SITE_INDEX_VERDICT_H

#include "site/sheet.h"

/* "Foreign key, unique": what it does; "Not proved" when nothing says. */
char *index_job(const struct model *model, const struct index *index);

/* The one tinted panel. */
void index_add_verdict(struct sheet *sheet, const struct index *index);

/* One <row tone> per proved role, and one for what is not known. */
void index_add_proof(struct sheet *sheet, xmlNode *proof, const struct index *index);

/* Section "How to drop it": why not now, the way that blocks least, and the way back. */
void index_add_drop(struct sheet *sheet, const struct index *index);

/* "since 6 Mar 2026, on the primary alone": what counted scans are worth; NULL: none were counted.
 * Free with g_free. */
char *index_counted_words(const struct model *model);

/* Columns whose update writes to the index: keys, INCLUDE; "a column" for expressions alone. */
char *index_written_columns(const struct index *index);

#endif
