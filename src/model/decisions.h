/* decisions.h - what people decided, and which objects each decision names. For model/ alone;
 * model.h has what others ask. */
#ifndef DBDOC_MODEL_DECISIONS_H
#define DBDOC_MODEL_DECISIONS_H

#include "model/model.h"

void decisions_fill(struct model *model);

#endif
