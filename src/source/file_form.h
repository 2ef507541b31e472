/* file_form.h - what a file is, told by its first bytes. */
#ifndef DBDOC_SOURCE_FILE_FORM_H
#define DBDOC_SOURCE_FILE_FORM_H

#include "source/choice.h"

#include <glib.h>
#include <stdbool.h>

/* Looks at the file without moving its position. `name` is for messages and, by its ending, a hint.
 * FAILURE_USAGE for what is neither SQL text nor a snapshot: says what it looks like. */
bool file_form_find(int descriptor, const char *name, enum source_form *form, GError **error);

#endif
