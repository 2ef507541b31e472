/* modules.h - which table the rows of an Ecto schema module are in. */
#ifndef DBDOC_MODEL_MODULES_H
#define DBDOC_MODEL_MODULES_H

#include "model/model.h"

/* Fills model->modules and model->module_tables. */
void modules_fill(struct model *model);

#endif
