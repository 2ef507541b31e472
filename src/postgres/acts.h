/* acts.h - what an SQL statement does to the schema, as PostgreSQL's own grammar reads it. The only
 * user of libpg_query beside shape.c, which has the grammar of PostgreSQL 15: what is newer, longer
 * than 32 KB, or no SQL at all, has no acts. They add to what a rehearsal saw, and decide nothing
 * by themselves.
 */
#ifndef DBDOC_POSTGRES_ACTS_H
#define DBDOC_POSTGRES_ACTS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum act_kind {
    ACT_OTHER,
    ACT_ADD_CHECK,
    ACT_ADD_COLUMN,
    ACT_ADD_EXCLUSION,
    ACT_ADD_FOREIGN_KEY,
    ACT_ADD_PRIMARY_KEY,
    ACT_ADD_UNIQUE,
    ACT_ATTACH_PARTITION,
    ACT_CLUSTER,         /* and VACUUM FULL */
    ACT_CREATE_FUNCTION, /* and procedures: `relation` is its path, without arguments */
    ACT_CREATE_INDEX,
    ACT_CREATE_POLICY,
    ACT_CREATE_TABLE, /* and CREATE MATERIALIZED VIEW */
    ACT_CREATE_TRIGGER,
    ACT_CREATE_VIEW,
    ACT_DELETE,
    ACT_DETACH_PARTITION,
    ACT_DOMAIN_CONSTRAINT,
    ACT_DROP_COLUMN,
    ACT_DROP_CONSTRAINT,
    ACT_DROP_INDEX,
    ACT_DROP_NOT_NULL,
    ACT_DROP_SCHEMA,
    ACT_DROP_TABLE,
    ACT_ENUM_VALUE,
    ACT_INSERT,
    ACT_REFRESH,
    ACT_REINDEX,
    ACT_RENAME_COLUMN,
    ACT_RENAME_ENUM_VALUE,
    ACT_RENAME_SCHEMA,
    ACT_RENAME_TABLE,
    ACT_SET, /* a parameter of the session or transaction: `name` */
    ACT_SET_DEFAULT,
    ACT_SET_NOT_NULL,
    ACT_SET_PERSISTENCE,
    ACT_SET_TYPE,
    ACT_TRANSACTION, /* BEGIN, COMMIT, ROLLBACK … */
    ACT_TRUNCATE,
    ACT_UPDATE,
    ACT_VALIDATE,
    ACT_KINDS
};

enum act_flag {
    ACT_CASCADE = 1 << 0,
    ACT_CONCURRENTLY = 1 << 1,
    ACT_EVERY_ROW = 1 << 2, /* UPDATE and DELETE without WHERE */
    ACT_GENERATED = 1 << 3, /* always from an expression, stored */
    ACT_GUARDED = 1 << 4,   /* IF EXISTS, IF NOT EXISTS, OR REPLACE */
    ACT_IDENTITY = 1 << 5,
    ACT_NOT_NULL = 1 << 6,
    ACT_NOT_VALID = 1 << 7,
    ACT_PLACED = 1 << 8, /* an enum value BEFORE or AFTER another */
    ACT_SERIAL = 1 << 9, /* serial, bigserial, smallserial */
    ACT_USING_INDEX = 1 << 10,
    ACT_WITH_DEFAULT = 1 << 11,
    ACT_OF_JSON = 1 << 12,      /* a column of the type json */
    ACT_UNIQUE = 1 << 13,       /* an index */
    ACT_MATERIALIZED = 1 << 14, /* the table is a materialized view */
};

struct act {
    enum act_kind kind;
    unsigned flags;
    const char *relation; /* a path, as address.h writes it, without a schema where none is written;
                             for indexes: their table, for DROP and REINDEX the index. NULL: none */
    const char *name; /* of the column, constraint, index, trigger, schema, parameter; or NULL */
    const char *new_name; /* of the table, column or schema that is renamed, as it is; or NULL */
    const char *other;    /* the table that a foreign key points to, the partition; or NULL */
    struct names columns; /* of UPDATE: those that it sets */
};

struct acts {
    size_t count;
    const struct act *items;
};

/* Whether a path of an act names this relation, which has its schema: a path without one names it
 * in any. Either may be NULL. */
bool act_path_names(const char *path, const char *relation);

/* In the order of the text, which may hold several statements. All memory is the arena's. */
struct acts acts_of(struct arena *arena, const char *sql);

#endif
