/* draft.h - a runbook that is being written. For runbook/ alone. */
#ifndef DBDOC_RUNBOOK_DRAFT_H
#define DBDOC_RUNBOOK_DRAFT_H

#include "runbook/procedure.h"
#include "runbook/tools.h"

struct draft_part {
    GArray *lines; /* struct runbook_line */
    GArray *steps; /* struct runbook_step */
};

struct draft {
    const struct procedure_sources *sources;
    struct arena *arena;
    const struct span *span;
    const struct proof *proof; /* NULL: none */
    struct runbook *runbook;
    struct draft_part parts[PHASES];
    const char *fingerprint; /* number of the step with its query; NULL: there is none */
};

void draft_line(struct draft *draft, enum runbook_phase phase, const char *head, const char *format,
                ...) G_GNUC_PRINTF(4, 5);

/* What a person wrote in a file. */
void draft_quote(struct draft *draft, const char *head, const char *file, const char *text);

/* A step without code; the pointer holds until the next one is begun. */
struct runbook_step *draft_step(struct draft *draft, enum runbook_phase phase, enum step_role role,
                                const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Gives it code: texts of the arena, which ends with NULL. */
void draft_code(struct draft *draft, struct runbook_step *step, enum runbook_language language,
                const GPtrArray *texts);
void draft_query(struct draft *draft, struct runbook_step *step, const char *sql);

/* "a", "a and b", "a, b and 3 more": each in backquotes. */
const char *draft_list(struct draft *draft, const GPtrArray *names);

/* ---- the parts, in the order of the page ---- */

void write_decision(struct draft *draft);
void write_blast(struct draft *draft);
void write_before(struct draft *draft);
void write_down(struct draft *draft);
void write_check(struct draft *draft);
void write_wrong(struct draft *draft);
void write_forward(struct draft *draft);
void write_people(struct draft *draft);

/* ---- questions that several parts ask ---- */

/* The evidence of the newest and of the oldest migration that goes. */
const struct migration_evidence *draft_newest(const struct draft *draft);
const struct migration_evidence *draft_oldest(const struct draft *draft);

/* The version that is the last one applied when all is done; NULL: none is. */
const char *draft_version_before(const struct draft *draft);

const char *draft_tool(const struct draft *draft); /* the key of struct migrations */

/* Whether every way down runs in a transaction. */
bool draft_is_atomic(const struct draft *draft);

/* The repository that the generator of Ecto's migrations names in their modules; NULL: not known.
 */
const char *draft_repo(struct draft *draft);

/* A text of the tool's with its marks replaced; `name` is that of a new migration, or NULL. */
const char *draft_command(struct draft *draft, const char *text, const struct rollback_tool *tool,
                          const char *name);

/* Quoted where a shell would take it for more than a word; NULL from NULL. */
const char *draft_word(struct draft *draft, const char *value);

/* The SQL of one statement as a page shows it: without passwords, ended. */
const char *draft_statement(struct draft *draft, const char *sql);

#endif
