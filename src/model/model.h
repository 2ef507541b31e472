/* model.h - everything a run knows, const once model_new returns. Checks, diagrams, pages and
 * reports read it and nothing else. */
#ifndef DBDOC_MODEL_H
#define DBDOC_MODEL_H

#include "catalog/catalog.h"
#include "config/config.h"
#include "elixir/schema_module.h"
#include "model/drift.h"
#include "notes/notes.h"
#include "notes/record.h"

#include <glib.h>
#include <stdbool.h>

/* What people wrote about one object, in the order of the pages: files before comments. */
struct annotation {
    size_t count;
    const struct note *const *notes;
};

/* A decision that people wrote down, and what it is about. */
struct decided {
    const struct note *note; /* with a decision */
    size_t object_count;
    const struct object *const *objects; /* those that are there, in the order of the note */
    const struct decided *successor;     /* what took its place; NULL: nothing that is known */
};

/* The decisions that name one object, or partitions of a table, or sequences of a schema; the
 * newest first. */
struct decisions {
    size_t count;
    const struct decided *const *items;
};

/* A note that names no object of the catalog, or names none at all; or a decision that is in force,
 * and one of the objects that it names: then `note` has its word and path. */
struct orphan_note {
    const struct note *note;
    const char *nearest; /* address that may be meant; NULL for none */
    bool ambiguous;      /* its name fits several objects */
};

/* A link of a note, such as (table:blog.psots), that leads nowhere. In the introduction, `note` has
 * its file and names no object. */
struct broken_link {
    const struct note *note;
    unsigned line;       /* in the note's file; in a comment from 1 */
    const char *target;  /* "table:blog.psots" */
    const char *nearest; /* NULL for none */
    bool ambiguous;      /* fits several objects */
};

/* Foreign keys that point to one table. */
struct references {
    size_t count;
    const struct constraint *const *items; /* by address */
};

struct dependants;  /* see catalog/dependants.h */
struct workload;    /* workload/workload.h */
struct query_plans; /* planner/planner.h */
struct series;      /* model/series.h */

struct model {
    struct arena *arena;
    const struct config *config;
    const struct database *database;
    const struct catalog *catalog;           /* of the database */
    const struct observations *observations; /* NULL: none */
    struct series *series;                   /* of all observations; NULL: none */
    const struct notes *notes;
    const struct note_problems *note_problems;
    const struct note_records *records;   /* NULL: none */
    const char *intro;                    /* Markdown of the overview page; NULL for none */
    const struct drift *drift;            /* against what the migrations make; NULL: not known */
    const struct schema_modules *schemas; /* Ecto's, of the project; NULL: not known */
    const struct workload *workload;      /* NULL: not known */
    const struct query_plans *plans;      /* of its queries; NULL: not known */
    const struct query_plans *base_plans; /* of the same before a change; NULL: there is none */

    size_t decision_count;
    struct decided *decisions; /* the newest first */
    size_t orphan_count;
    const struct orphan_note *orphans;
    size_t broken_link_count;
    const struct broken_link *broken_links;

    struct dependants *dependants; /* who needs what */
    GHashTable *annotations;       /* struct object → struct annotation */
    GHashTable *decided;           /* struct object → struct decisions */
    GHashTable *references;        /* struct table → struct references */
    GHashTable *partitions;        /* struct table → struct tables, direct partitions */
    GHashTable *readers;           /* struct table or view → struct views that read it */
    GHashTable *observed;          /* struct object → its struct …_observation */
    GHashTable *owners;            /* struct column → struct sequence it owns */
    GHashTable *modules;           /* struct table → struct table_modules */
    GHashTable *module_tables;     /* struct schema_module → its struct table */
    GHashTable *query_relations;   /* struct query, table or view → struct query_relations */
    GHashTable *query_plans;       /* struct query → struct query_plan */
    GHashTable *planned_uses;      /* struct index → struct planned_uses */
};

/* The parts that the readers found; the model keeps the pointers, and owns none of them. */
struct model_parts {
    const struct config *config;
    const struct database *database;
    const struct notes *notes;
    const struct note_problems *note_problems;
    const struct note_records *records;
    const char *intro;
    const struct drift *drift;
    const struct schema_modules *schemas;
    const struct workload *workload;
    const struct query_plans *plans;
    const struct query_plans *base_plans;
};

/* Of dates and numbers; never NULL. */
const struct language *model_language(const struct model *model);

struct model *model_new(const struct model_parts *parts);
void model_free(struct model *model);

/* Never NULL: an object without words has an annotation of none. */
const struct annotation *model_annotation(const struct model *model, const void *object);

/* Never NULL. They are no words about the object itself. */
const struct decisions *model_decisions(const struct model *model, const void *object);

/* What a decision names; NULL: it is not there, or could be several objects. */
const struct object *decision_object_find(const struct model *model,
                                          const struct decision_object *named);

/* Foreign keys that point to the table, without the copies that the server makes for partitions;
 * never NULL. */
const struct references *model_references(const struct model *model, const struct table *table);

/* Direct partitions of a table, by name; never NULL. */
struct tables {
    size_t count;
    const struct table *const *items;
};
const struct tables *model_partitions(const struct model *model, const struct table *table);

/* The table and everything below it in the tree of partitions; free with g_ptr_array_unref. */
GPtrArray *table_family(const struct model *model, const struct table *root);

/* Views that read a table or view, by path; never NULL. */
struct views {
    size_t count;
    const struct view *const *items;
};
const struct views *model_readers(const struct model *model, const void *relation);

/* Ecto schema modules whose rows are in a table, in the order of their source; never NULL. */
struct table_modules {
    size_t count;
    const struct schema_module *const *items;
};
const struct table_modules *model_modules(const struct model *model, const struct table *table);

/* The table of a module; NULL when it is embedded, or none in the catalog is surely it. */
const struct table *model_module_table(const struct model *model,
                                       const struct schema_module *module);

/* What was observed of it; NULL: nothing. */
const struct table_observation *model_observed_table(const struct model *model,
                                                     const void *relation);
const struct column_observation *model_observed_column(const struct model *model,
                                                       const struct column *column);
const struct index_observation *model_observed_index(const struct model *model,
                                                     const struct index *index);

/* The sequence that a serial or identity column owns; NULL for none. */
const struct sequence *model_sequence(const struct model *model, const struct column *column);

/* Tables with pages: all but partitions, which are folded under their root. */
bool table_is_partition(const struct table *table);
const struct table *table_root(const struct table *table); /* itself for an ordinary table */

/* The table of a column, constraint, index (NULL when it is a materialized view's), trigger … */
const struct table *object_table(const void *object);
const struct column *table_column(const struct table *table, const char *name);
const struct constraint *table_primary_key(const struct table *table); /* NULL: it has none */
bool column_is_in_primary_key(const struct column *column);

/* What the index is for, as far as the catalog proves it. */
enum index_role {
    INDEX_PRIMARY_KEY = 1 << 0,
    INDEX_CONSTRAINT = 1 << 1, /* unique or exclusion constraint stands on it */
    INDEX_UNIQUE = 1 << 2,
    INDEX_PARTIAL = 1 << 3,
    INDEX_FOREIGN_KEY_TARGET = 1 << 4, /* a foreign key elsewhere points to its columns */
    INDEX_FOREIGN_KEY_SUPPORT = 1 << 5 /* finds the rows of a foreign key of this table */
};
unsigned index_roles(const struct model *model, const struct index *index);

/* Whether the index finds all rows of a foreign key: its first columns are the key's in any order,
 * and it covers every row (no predicate, or only "column IS NOT NULL" of the key's columns). */
bool index_supports(const struct index *index, const struct constraint *foreign_key);

/* Whether an index finds the rows of a foreign key: one of its table, or one of each partition. */
bool foreign_key_has_index(const struct model *model, const struct constraint *foreign_key);

/* The constraint that owns the index; NULL for none. */
const struct constraint *index_constraint(const struct index *index);

/* Its definition ends with NOT ENFORCED (PostgreSQL 18): then nobody means to check it. */
bool constraint_is_not_enforced(const struct constraint *constraint);

/* A child row may do without a parent: a column may be NULL (MATCH FULL: all columns). */
bool foreign_key_is_optional(const struct constraint *foreign_key);
/* A parent row has at most one child row. */
bool foreign_key_is_unique(const struct constraint *foreign_key);

#endif
