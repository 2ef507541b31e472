/* alike.h - schemas of one structure, such as one per tenant: told by what is in them alone, never
 * by their names. The same structure means that everything that a diff compares is the same once
 * the name of the schema is taken out (placing.h), but for the comment on the schema itself. */
#ifndef DBDOC_ALIKE_H
#define DBDOC_ALIKE_H

#include "catalog/catalog.h"

#include <glib.h>

enum { ALIKE_LEAST = 3 }; /* so many schemas of one structure are documented once */

/* Schemas that are almost as the others, and differ from them in one way: at least half of the
 * tables have the same name and columns. */
struct variant {
    struct names schemas; /* the first has pages of what differs */
    GPtrArray *changes;   /* struct change *, from the structure of the others to that of the first,
                             as if all had its name */
    struct database *usual; /* what the changes point into */
    struct database *own;
};

struct alike {
    const char *schema;    /* the one that is documented: public, or the first by name */
    struct names schemas;  /* all of exactly this structure, with the documented one, by name */
    const char **comments; /* those on these schemas; of two databases not known */
    const char *like; /* of two databases: the schema on both sides that has the structure of these,
                         which are on one side alone; NULL for none */
    size_t variant_count;
    struct variant *variants;
};

/* Takes out of a finished database what is documented once: all schemas of a structure but one, and
 * of variants all that is as in the others. The numbers observed of what goes are kept with what
 * stands for it (observed_fold.h). What goes is found by its own address still, as what stands for
 * it. The database is finished again; pointers into it from before are void. */
void database_fold(struct database *database);

/* Of two databases that are compared, keeps one of the schemas that have one structure in the first
 * and one in the second, so that each difference is told once; and of schemas that only one of them
 * has, of the same structure as one of both, nothing but the schema. The second one knows who is
 * alike; otherwise as database_fold. */
void databases_fold(struct database *before, struct database *after);

/* Tells each change between these databases that is the same in at least ALIKE_LEAST schemas once,
 * where it is first, and says in which schemas. */
void changes_join_schemas(GPtrArray *changes, const struct database *after);

/* "in 200 schemas: a, b, c, d, e and 195 more", "of the structure of a"; NULL for NULL. Free with
 * g_free. */
char *alike_words(const struct alike *alike);

/* Whether both say the same of which schemas; NULL is the same as NULL. */
bool alike_is_same(const struct alike *one, const struct alike *other);

/* Takes out of another database what was taken out of this one. */
void database_fold_as(struct database *database, const struct database *folded);

/* What is said of a schema; NULL: nothing. In *variant the one whose documented schema it is, or
 * NULL. */
const struct alike *alike_of_schema(const struct database *database, const char *schema,
                                    const struct variant **variant);

/* The schemas whose objects are documented in this one, with itself; NULL: no others are. */
const struct names *alike_names(const struct database *database, const char *schema);

/* Whether something of this address was taken out. */
bool database_has_folded(const struct database *database, const struct object *object);

/* For alike_pair.c: notes that it goes, with what stands for it and what lies in it. */
void alike_take_out(struct database *database, GHashTable *gone, const struct object *object,
                    const char *from, const char *to);

/* For database_free alone. */
void alikes_clear(struct alikes *alikes);

#endif
