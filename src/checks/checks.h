/* checks.h - rules about the model. A rule is one row: slug, severity, title, help, and a function
 * that reports. The catalogue of rules is the table `rules`; their help texts are
 * checks/help/SLUG.md. */
#ifndef DBDOC_CHECKS_H
#define DBDOC_CHECKS_H

#include "model/finding.h"
#include "model/model.h"
#include "rehearsal/evidence.h"

#include <glib.h>

struct check_run; /* what a rule reports into */

/* What there must be for a rule to find anything. */
enum rule_basis {
    ON_DATABASE,
    ON_CODE,
    ON_MIGRATIONS,
    ON_REHEARSAL,
    ON_COSTS,  /* plans of queries by statistics */
    ON_CHANGE, /* plans of queries on both sides of one */
};

/* Whether a rule speaks under every profile, or is a matter of taste. */
enum rule_scope { FOR_ALL, FOR_STRICT };

struct rule {
    const char *slug;
    enum severity severity;               /* usual one; a finding may be milder */
    const char *title;                    /* "Foreign key without an index" */
    void (*check)(struct check_run *run); /* NULL: found while acceptances are applied */
    enum rule_basis basis;
    enum rule_scope scope;
};
extern const struct rule rules[]; /* by slug; the last one has a NULL slug */

const struct rule *rule_find(const char *slug); /* NULL: no such rule */

/* Markdown without a title; its sections begin with "##": why it matters, when it is fine, a bad
 * and a good example, the source. */
const char *rule_help(const struct rule *rule);

struct findings {
    size_t count;
    const struct finding *items; /* worst first, then by slug and address; accepted ones last */
    size_t past_count;
    const struct finding *past; /* of migrations that the database has applied: nobody can prevent
                                   them any more. In the same order */
    GHashTable
        *by_object; /* struct object, migration or query → GPtrArray of const struct finding * */
};

/* Runs all rules and applies config->acceptances (those that accept nothing are findings too).
 * `rehearsal` may be NULL: no migrations are known. `today` is "YYYY-MM-DD" for acceptances that
 * end; NULL: none has ended yet. */
struct findings *findings_new(const struct model *model, const struct rehearsal *rehearsal,
                              const char *today);
void findings_free(struct findings *findings);

/* Leaves of `findings` those that are among the others, too, in the same words about the same
 * object of the database. */
void findings_restrict(struct findings *findings, const struct findings *others,
                       const struct database *database);

/* Findings of one object and of what lies within it (a table: its columns, indexes …), of one
 * query, or of one migration, past ones too; may be empty. The array belongs to the caller:
 * g_ptr_array_unref. */
GPtrArray *findings_of(const struct findings *findings, const void *object);

size_t findings_count(const struct findings *findings, enum severity severity); /* not accepted */

#endif
