/* subject.h - everything about one SOURCE: what was read, what people wrote about it, the
 * migrations that lead to it, and what the rules found. */
#ifndef DBDOC_SUBJECT_H
#define DBDOC_SUBJECT_H

#include "checks/checks.h"
#include "commands/drift.h"
#include "commands/planned.h"
#include "commands/reading.h"
#include "model/model.h"
#include "rehearsal/rehearsal.h"
#include "workload/workload.h"

#include <glib.h>
#include <stdbool.h>

enum migrations_origin { MIGRATIONS_NAMED, MIGRATIONS_FOUND };

/* Whether queries are planned where a throw-away database is at hand. */
enum planning { PLAN_NOTHING, PLAN_QUERIES };

/* Whether git is asked who wrote migrations and words. */
enum authors { AUTHORS_UNKNOWN, AUTHORS_ASKED };

struct subject {
    struct reading reading;
    struct notes notes;
    struct note_problems problems;
    struct note_records records;
    struct workload workload;
    enum planning planning; /* set before subject_read; by itself nothing is planned … */
    enum authors authors;   /* … and git is not asked */
    struct source_visit visit;
    struct planned planned;
    bool has_schemas;
    const char *code_root;         /* where they are, with has_schemas */
    struct schema_modules schemas; /* Ecto's, of the project that goes with the SOURCE */
    struct model *model;
    struct drift_reading drift;
    bool has_migrations; /* set before subject_read when they have been read */
    enum migrations_origin migrations_origin;
    struct migrations migrations;
    struct rehearsal rehearsal; /* not run, unless that was asked for */
    struct findings *findings;  /* as of today */
};

/* Reads the configuration alone. Whatever happens then, close the subject. */
bool subject_begin(const struct invocation *invocation, struct subject *subject, GError **error);

/* Then the migrations that dbdoc.yml names, else those that go with the SOURCE, and the SOURCE
 * among the arguments, or what stands in for it; prints the warnings, and rehearses when the
 * options say so. */
bool subject_read(const struct invocation *invocation, struct subject *subject, GError **error);

/* The same without a SOURCE: notes and migrations alone, and no model. */
bool subject_read_words(const struct invocation *invocation, struct subject *subject,
                        GError **error);
void subject_close(struct subject *subject);

/* NULL: no migrations are known. */
const struct rehearsal *subject_rehearsal(const struct subject *subject);

/* Whether a finding that nobody accepted is as bad as this, or worse. */
bool subject_reaches(const struct subject *subject, enum severity severity);

#endif
