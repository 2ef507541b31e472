/* reading.h - the first steps that most verbs share: dbdoc.yml, then a SOURCE. */
#ifndef DBDOC_READING_H
#define DBDOC_READING_H

#include "commands/command.h"
#include "config/config.h"
#include "source/source.h"

#include <glib.h>
#include <stdbool.h>

struct reading {
    struct arena *arena; /* of the configuration */
    struct config *config;
    enum command_choice commands;
    const struct source_visit *visit; /* set before the SOURCE is read; NULL: none */
    struct source_result source;
};

/* Reads the configuration alone. */
bool reading_begin(const struct invocation *invocation, struct reading *reading, GError **error);

/* Then the SOURCE (NULL: none was given), and prints the warnings. */
bool reading_read(const struct invocation *invocation, const char *source, struct reading *reading,
                  GError **error);

/* Both. */
bool reading_open(const struct invocation *invocation, const char *source, struct reading *reading,
                  GError **error);
/* Both for each of the two arguments. */
bool reading_open_two(const struct invocation *invocation, struct reading *first,
                      struct reading *second, GError **error);
void reading_close(struct reading *reading);

/* The SOURCE among the arguments; NULL when it was left out. */
const char *invocation_source(const struct invocation *invocation);

#endif
