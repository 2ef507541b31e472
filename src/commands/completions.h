/* completions.h - scripts that teach a shell the verbs and options, made from their tables. */
#ifndef DBDOC_COMPLETIONS_H
#define DBDOC_COMPLETIONS_H

#include "commands/command.h"

#include <glib.h>

/* A shell, and the script for it; free with g_string_free. */
struct shell {
    const char *name;
    GString *(*script)(void);
};

extern const struct shell shells[]; /* the last one has a NULL name */

GString *completions_bash(void);
GString *completions_zsh(void);
GString *completions_fish(void);

/* The words that a shell offers for an argument, with spaces between them; "" for files and for
 * nothing. Free with g_free. */
char *completions_words(enum completion completion);

/* What it offers for the value of an option: OFFER_WORDS are those of the option. */
enum offer { OFFER_NOTHING, OFFER_FILES, OFFER_FOLDERS, OFFER_WORDS };
enum offer completions_offer(const struct option *option);
char *completions_values(const struct option *option); /* with spaces between them; g_free */

#endif
