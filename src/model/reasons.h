/* reasons.h - "-- Why: …" and "# Why: …" right above a statement of a migration, as notes about
 * what the statement makes. */
#ifndef DBDOC_REASONS_H
#define DBDOC_REASONS_H

#include "migrations/migration.h"
#include "notes/notes.h"

/* Adds them behind the notes that are there; with the author and the day of the commit, where git
 * says. What a statement made and a later one took away is attached to nothing. */
void reasons_collect(struct arena *arena, const struct migrations *migrations, struct notes *notes);

#endif
