/* annotate.h - what people wrote, attached to what they wrote about. For model/ alone. */
#ifndef DBDOC_ANNOTATE_H
#define DBDOC_ANNOTATE_H

#include "model/model.h"

/* Fills annotations, orphans and broken links of a model from its notes, its intro and the comments
 * in the database. */
void annotate(struct model *model);

#endif
