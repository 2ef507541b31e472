/* catalog.h - the database as data: structs made from kinds.h, and the same facts as tables for
 * everything that treats all kinds alike (reading, snapshot, diff, views).
 * Everything lives in the arena of one struct database; after database_finish it is const. */
#ifndef DBDOC_CATALOG_H
#define DBDOC_CATALOG_H

#include "base/arena.h"
#include "catalog/kinds.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A yes-or-no fact; what an older server cannot say is unknown, not no. */
enum truth { UNKNOWN, NO, YES };

/* No number of a catalog: INT64_MIN and the one above it are where descending sequences end. */
#define NUMBER_UNKNOWN (INT64_MIN + 2)

/* How the path of an object is made of its names (SQL-quoted where needed, see address.h). */
enum path_rule {
    PATH_NONE,      /* the root */
    PATH_NAME,      /* name */
    PATH_SCHEMA,    /* schema.name */
    PATH_SIBLING,   /* schema of the parent, then the name: indexes */
    PATH_PARENT,    /* path of the parent, then the name */
    PATH_ARGUMENTS, /* schema.name(argument types), see object_arguments */
    PATH_REF,       /* the path of the object observed */
};

enum field_type { TEXT, SQL, BOOL, NUMBER, ENUM, NAMES, REF, REFS, LIST };

enum field_flag {
    KEY = 1 << 0,       /* part of the identity */
    SHAPE = 1 << 1,     /* counts in a comparison */
    ORDER = 1 << 2,     /* the order among siblings; reported apart */
    LITERALS = 1 << 3,  /* may hold literals of the team's data */
    REQUIRED = 1 << 4,  /* NULL from the server means that the object vanished meanwhile */
    STORED = 1 << 5,    /* read from rows: none means not known, for dumps often carry no rows */
    ACCESS = 1 << 6,    /* who may do what: compared only where both sides were read alike */
    SUPERUSER = 1 << 7, /* only a superuser makes them; see known.h */
    WITHHELD = 1 << 8,  /* no structure (see structure.h), as are ACCESS, LITERALS and these: */
    BODY = 1 << 9,      /* a text that holds what somebody programmed */
    ROUNDED = 1 << 10,  /* how much there is, which tells of a business */
};
#define SINCE(major)   ((unsigned)(major) << 16) /* older servers do not know it */
#define TOLD_IN(minor) ((unsigned)(minor) << 24) /* files of an older format do not hold it */

struct enumeration {
    const char *name;
    unsigned count; /* with the unknown value 0 */
    const char *const *words;
};

struct kind;

struct field {
    const char *name;
    const char *title;
    enum field_type type;
    unsigned flags;
    size_t offset;
    const struct kind *child;              /* LIST */
    const char *target;                    /* REF, REFS: the word of what it refers to */
    const struct enumeration *enumeration; /* ENUM */
};

struct kind {
    const char *name;
    const char *plural;
    const char *title;
    const char *word;
    enum path_rule rule;
    size_t size;
    const struct field *fields;
    size_t field_count;
};

/* What every object begins with. */
struct object {
    const struct kind *kind;
    const struct object *parent; /* NULL for the root */
    const char *path;            /* unique among the objects of its word */
};

/* A named object elsewhere; `object` is NULL when it is not in the catalog. */
struct ref {
    const char *path; /* NULL: no reference */
    const void *object;
};

struct refs {
    size_t count;
    struct ref *items;
};

/* Any list: `items` points to `count` structs of kind->size bytes. */
struct list {
    size_t count;
    void *items;
};

#define ENUM_CONSTANT(constant, word) constant,
#define DECLARE_ENUM(name, VALUES)    enum name { name##_UNKNOWN, VALUES(ENUM_CONSTANT) };
ENUMERATIONS(DECLARE_ENUM)

#define DECLARE_LIST(of, plural, title, word, rule, FIELDS)                                        \
    struct of;                                                                                     \
    struct of##_list {                                                                             \
        size_t count;                                                                              \
        struct of *items;                                                                          \
    };
KINDS(DECLARE_LIST)

#define MEMBER_TEXT                                     const char *
#define MEMBER_SQL                                      const char *
#define MEMBER_BOOL                                     enum truth
#define MEMBER_NUMBER                                   int64_t
#define MEMBER_NAMES                                    struct names
#define MEMBER_ENUM(name)                               enum name
#define MEMBER_REF(word)                                struct ref
#define MEMBER_REFS(word)                               struct refs
#define MEMBER_LIST(kind)                               struct kind##_list
#define DECLARE_MEMBER(owner, type, name, title, flags) MEMBER_##type name;
#define DECLARE_STRUCT(of, plural, title, word, rule, FIELDS)                                      \
    struct of {                                                                                    \
        struct object object;                                                                      \
        FIELDS(DECLARE_MEMBER)                                                                     \
    };                                                                                             \
    extern const struct kind kind_##of;
KINDS(DECLARE_STRUCT)

extern const struct kind *const all_kinds[]; /* ends with NULL */

/* Schemas of one structure that are documented once (alike.h); by the name of that one. */
struct alikes {
    size_t count;
    struct alike *items;
};

/* A catalog, what was observed of it, and the memory of both. */
struct database {
    struct arena *arena;
    struct catalog *catalog;
    struct observations *observations; /* NULL: nothing was observed */
    struct observations_list series;   /* others: earlier ones and of other nodes, oldest first */
    GHashTable *directory;             /* "word path" → struct object */
    GHashTable *short_names;           /* the same for shorter paths; NULL: for several */
    GHashTable *left_out;              /* both as they were before database_narrow; keys only */
    GHashTable *stand_ins;             /* address → address of what is documented in its place */
    struct alikes alikes;
};

struct database *database_new(void);
void database_free(struct database *database);

/* Makes an object of the kind with every number unknown. */
void *object_new(struct arena *arena, const struct kind *kind, const struct object *parent);
void object_init(void *object, const struct kind *kind, const struct object *parent);

/* After all facts are filled in: sorts every list, makes paths, resolves references. */
void database_finish(struct database *database);

/* All that were observed: the series, then `observations`. */
size_t database_observed(const struct database *database);
struct observations *database_observation(const struct database *database, size_t i);

/* The object of that word ("table", "relation", …) and path; NULL when there is none. */
const void *database_find(const struct database *database, const char *word, const char *path);

/* Generic access to one fact of any object. */
const struct field *kind_field(const struct kind *kind, const char *name); /* NULL: no such fact */
const char *field_text(const struct field *field, const void *object);     /* TEXT, SQL */
enum truth field_truth(const struct field *field, const void *object);     /* BOOL */
int64_t field_number(const struct field *field, const void *object);       /* NUMBER */
const char *field_word(const struct field *field, const void *object);     /* ENUM; NULL: unknown */
const struct names *field_names(const struct field *field, const void *object);
const struct ref *field_ref(const struct field *field, const void *object);
const struct refs *field_refs(const struct field *field, const void *object);
const struct list *field_list(const struct field *field, const void *object);
const void *list_item(const struct list *list, const struct kind *kind, size_t i);

/* The word's number in an enumeration, 0 for none. */
unsigned enumeration_value(const struct enumeration *enumeration, const char *word);

/* Calls `visit` for the object and all below it, in the catalog's order. */
void object_walk(const void *object, void (*visit)(const struct object *object, void *data),
                 void *data);

/* The name people call it by: the last part of its identity, unquoted. */
const char *object_name(const void *object);

/* What stands in brackets behind the names of a PATH_ARGUMENTS object: the last part of its
 * identity, a function's argument types or an operator class's access method. */
const char *object_arguments(const void *object);

/* The schema an object belongs to; NULL for extensions and the root. */
const char *object_schema(const void *object);

#endif
