/* draft.h - small models for tests, a line for each table and foreign key:
 *
 *     draft_table(draft, "blog.posts", "id* author_id cover_id? title:text");
 *     draft_reference(draft, "blog.posts", "author_id", "accounts.users", "id");
 *
 * A star makes a column part of the primary key, a question mark lets it be NULL, a colon precedes
 * the type ("bigint" without). Names with spaces, dots or worse go through draft_named_table and
 * draft_column. Tables are named by their path (address.h). */
#ifndef DBDOC_TEST_DRAFT_H
#define DBDOC_TEST_DRAFT_H

#include "model/model.h"

#include <jansson.h>
#include <stdbool.h>

struct draft {
    json_t *tables;
    json_t *views;
    const struct config *config; /* NULL: none */
    struct database *database;   /* from draft_finish */
    struct model *model;
};

struct draft *draft_new(void);
void draft_free(struct draft *draft);

json_t *draft_table(struct draft *draft, const char *path, const char *columns);
json_t *draft_named_table(struct draft *draft, const char *schema, const char *name);
void draft_column(json_t *table, const char *name, const char *type, bool not_null);

/* The columns as a list, written with spaces between them. */
json_t *draft_words(const char *words);

/* Takes `columns`. Returned constraints can be refined with jansson. */
json_t *draft_constraint(json_t *table, const char *kind, json_t *columns);
void draft_unique(struct draft *draft, const char *path, const char *columns);
json_t *draft_reference(struct draft *draft, const char *child, const char *columns,
                        const char *parent, const char *referenced);
void draft_partition(struct draft *draft, const char *path, const char *parent);

/* A view without columns that uses these columns, paths with spaces between them. */
void draft_view(struct draft *draft, const char *path, const char *reads, const char *uses);

/* Reads the draft; nothing can be added any more. */
const struct model *draft_finish(struct draft *draft);
const struct table *draft_get(const struct draft *draft, const char *path);

#endif
