/* brief.h - a review on its way, and what its parts share. For review/ alone. */
#ifndef DBDOC_REVIEW_BRIEF_H
#define DBDOC_REVIEW_BRIEF_H

#include "postgres/acts.h"
#include "review/review.h"

struct dependants;

struct brief {
    struct arena *arena;
    const struct review_sources *sources;
    struct review *review;
    const struct dependants *dependants; /* of what is before */
    GHashTable *acts; /* struct statement_evidence → struct acts, as they are asked for */
};

/* Each fills its part of the review, in this order. */
void review_list_changes(struct brief *brief);
void review_list_locks(struct brief *brief);
void review_list_indexes(struct brief *brief);
void review_list_gone_indexes(struct brief *brief);
void review_list_findings(struct brief *brief);
void review_list_questions(struct brief *brief);

/* Parts of sentences, in arena memory: `text`; 184,213; "One", "Two" … "11" */
const char *brief_code(const struct brief *brief, const char *text);
const char *brief_number(const struct brief *brief, int64_t number);
const char *brief_count_word(const struct brief *brief, size_t count);

/* Which queries a new index helps, a sentence each; none where plans are not known. */
struct names brief_helps(const struct brief *brief, const struct index *index);

/* What an object lies in that lies in nothing else: a table, a type … Itself, when it is that. */
const struct object *brief_owner(const struct object *object);

/* What a statement of a migration does; its text is parsed once. */
const struct acts *brief_acts(const struct brief *brief,
                              const struct statement_evidence *statement);

/* Whether a new migration drops the table, whatever comes after. */
bool brief_drops(const struct brief *brief, const char *table);

/* Whether it is something that people list: no row of a history, no index of a
 * constraint, no sequence of a column. */
bool change_is_told(const struct change *change);

/* Where in a new migration an object was made or changed last; false when that is not seen. */
bool brief_place(const struct brief *brief, const struct object *object, const char **file,
                 unsigned *line);

#endif
