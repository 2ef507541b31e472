/* renamed_form.h - how an object or a fact reads once names are taken out or replaced: two objects
 * of one form are the same but for their names. For renames.c alone. */
#ifndef DBDOC_RENAMED_FORM_H
#define DBDOC_RENAMED_FORM_H

#include "catalog/catalog.h"

#include <glib.h>
#include <stdbool.h>

/* Objects of the catalog before → what they have become; only those with another name. */
struct renamed {
    GHashTable *objects; /* struct object → struct object */
    GHashTable
        *paths; /* path → path: tables, views, types, sequences, functions without arguments */
    GHashTable *columns; /* "path of the table, then the column" before → name after */
};

void renamed_begin(struct renamed *renamed);
void renamed_end(struct renamed *renamed);
void renamed_add(struct renamed *renamed, const struct object *before, const struct object *after);

/* Where an object of the catalog before lies now, if it is there still. Free with g_free. */
char *renamed_path(const struct renamed *renamed, const struct object *object);

/* The object without its own name, its comment and, for tables, what may come and go on its own:
 * foreign keys, triggers, policies. `renamed` (NULL for the catalog after) replaces names in it.
 * NULL: it has too little in it to be known again. Free with g_free. */
char *renamed_form(const struct renamed *renamed, const struct object *object);

/* Whether a fact of `before` is that of `after` once renamed. */
bool renamed_explains(const struct renamed *renamed, const struct field *field,
                      const struct object *before, const struct object *after);

#endif
