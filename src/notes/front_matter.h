/* front_matter.h - what a file says about itself between two lines "---" at its start. For notes/
 * alone. */
#ifndef DBDOC_FRONT_MATTER_H
#define DBDOC_FRONT_MATTER_H

#include "base/arena.h"
#include "notes/notes.h"

#include <stdbool.h>
#include <stddef.h>

struct front_matter {
    const char *word; /* NULL: it names no object */
    const char *path; /* NULL with the word "database" */
    unsigned named_at;
    bool is_private; /* it is for who reads the file alone */
    struct note_facts facts;
    struct decision *decision; /* NULL: it is none */
    size_t end;                /* where the text begins, in bytes … */
    unsigned next_line;        /* … and in which line, from 1 */
};

/* What is wrong with a file, and where. */
struct complaint {
    unsigned line; /* 0: with all of it */
    const char *words;
};

/* Reads the front matter of a clean text; a text without any is fine. */
bool front_matter_read(struct arena *arena, const char *text, struct front_matter *front,
                       struct complaint *complaint);

/* Reads the keys that a part of an object can have, from YAML between other lines of the file. */
bool front_matter_read_part(struct arena *arena, const char *yaml, size_t length, unsigned line,
                            struct note_facts *facts, struct complaint *complaint);

#endif
