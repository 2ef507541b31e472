/* notes.h - what people wrote about objects, as found: Markdown files beside the code. Knows
 * nothing of URLs and attaches nothing; model/annotate does.
 *
 * A file may open with front matter between two lines "---": `object: table blog.posts` (or
 * `object: database`), owner:, tags:, since:, review-by:, deprecated:, links:, queries:, accept:,
 * or with private: true, and then it is as if it were not there. A
 * file with `decision:` is no note about one object: it says what was decided, and names objects. A
 * comment (<!-- … -->) alone is no note. It holds one note about its object, and one for each part
 * of it under a heading of level 2: "## Column author_id", "## Index posts_slug_index", "##
 * Constraint",
 * "## Trigger", "## Policy", "## Attribute"; right below it, a block "```yaml" with the same keys
 * says of the part what front matter says of the object. Keys without words are a note whose text
 * is empty; model/annotate attaches none of those. Names with spaces are quoted or stand in a code
 * span. A heading of level 1 or 2 about anything else ends such a part; what follows it is one more
 * note about the object. */
#ifndef DBDOC_NOTES_H
#define DBDOC_NOTES_H

#include "base/arena.h"
#include "base/authors.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum note_origin {
    NOTE_FILE,      /* notes folder, in a Markdown file */
    NOTE_COMMENT,   /* COMMENT ON in the database; made by model/annotate */
    NOTE_MIGRATION, /* above a statement of a migration; made by model/reasons */
    NOTE_MODULE,    /* @moduledoc of an Ecto schema module; made by model/annotate */
};

/* What the front matter says of the file's object, besides its words. */
struct note_facts {
    const char *owner; /* NULL for none, as all texts here */
    struct names tags;
    const char *since;      /* "2024", "2024-05-01": as written */
    const char *review_by;  /* "2027-03-31" */
    const char *deprecated; /* why, or what to use instead */
    struct names links;
    struct names queries;
    struct names accept; /* "fk-without-index: a few hundred rows" */
};

enum decision_status {
    DECISION_PROPOSED,
    DECISION_ACCEPTED,
    DECISION_REJECTED,
    DECISION_DEPRECATED,
    DECISION_SUPERSEDED,
};
extern const char *const decision_status_words[]; /* "proposed" … */

/* An object that a decision names, as it is written. */
struct decision_object {
    const char *word;
    const char *path; /* NULL with the word "database" */
    unsigned line;    /* in the file */
};

struct decision {
    enum decision_status status;
    const char *title; /* plain: the heading that the text begins with, else the file's name */
    const char *date;  /* "2025-05-06" */
    struct names alternatives;
    const char *superseded_by; /* a file, as seen from the note's folder; NULL: none is named */
    unsigned superseded_line;
    size_t object_count;
    const struct decision_object *objects;
};

struct note {
    enum note_origin origin;
    const char *file;  /* relative to the root: "notes/blog/posts.md"; NULL for comments */
    unsigned line;     /* of the first line of `text` in the file, from 1 */
    const char *word;  /* "table", "column" …; NULL when the file does not say what it is about */
    const char *path;  /* as written, completed with the table's: "blog.posts.author_id" */
    unsigned named_at; /* line where word and path stand */
    const char *text;  /* Markdown; clean UTF-8, never NULL */
    struct note_facts facts;           /* of the object, or the part */
    const struct decision *decision;   /* NULL: it is none; else it has no word and no path */
    const struct authorship *authored; /* NULL: nobody asked git, or it does not tell */
};

struct notes {
    size_t count;
    struct note *items; /* in order of file and line */
};

/* A file that is not used as a note, and why: a symbolic link, no UTF-8, too large, bad front
 * matter. */
struct note_problem {
    const char *file;
    unsigned line; /* 0: the file as a whole */
    const char *words;
};

struct note_problems {
    size_t count;
    struct note_problem *items;
};

/* Reads all *.md below `folder` (relative to `root`). A missing folder gives no notes. What is
 * wrong with one file is a problem, not an error; FAILURE_USAGE only when the folder cannot be
 * read. */
bool notes_read(struct arena *arena, const char *root, const char *folder, struct notes *notes,
                struct note_problems *problems, GError **error);

#endif
