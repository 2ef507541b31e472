/* record.h - notes/.dbdoc-notes.json: for each note that somebody accepted, the definition that its
 * object had then. */
#ifndef DBDOC_NOTES_RECORD_H
#define DBDOC_NOTES_RECORD_H

#include "base/arena.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#define NOTE_RECORDS_FILE ".dbdoc-notes.json"

struct note_record {
    const char *word; /* "index" */
    const char *path; /* "blog.posts_slug_index" */
    const char *file; /* of the note, relative to the root */
    const char *definition;
};

struct note_records {
    const char *file; /* relative to the root */
    size_t count;
    const struct note_record *items; /* by word and path */
};

/* A missing file gives none; one that is not ours is FAILURE_USAGE. */
bool note_records_read(struct arena *arena, const char *root, const char *folder,
                       struct note_records *records, GError **error);

/* The file's text, in order; free with g_string_free. */
GString *note_records_write(struct note_record *records, size_t count);

/* NULL: there is none for that object. */
const struct note_record *note_record_find(const struct note_records *records, const char *word,
                                           const char *path);

#endif
