/* library.h - what is in the database because a library of the program keeps it there: its own, not
 * the team's. Tables of extensions are not in the catalog at all. */
#ifndef DBDOC_MODEL_LIBRARY_H
#define DBDOC_MODEL_LIBRARY_H

#include "model/model.h"

/* The library that gives such names: "Oban"; NULL: none that is known. */
const char *library_of_name(const char *name);

/* The library whose the object is, or what it lies in; NULL: none, or dbdoc.yml wants libraries
 * among all else. */
const char *model_library(const struct model *model, const void *object);

#endif
